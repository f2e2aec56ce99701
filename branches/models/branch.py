from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from branches.names import NamedInLanguages, short_name
from branches.pinyin import pinyin_keys
from branches.querysets import BranchQuerySet
from branches.reserved import validate_not_reserved


class Branch(NamedInLanguages):
    """One Red Cross organisation: the province, a city or a county.

    Not a page: it is the same branch in every language. Its page trees, groups and
    collections are made by :mod:`branches.provisioning` and follow what is written here.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级")

    class Status(models.TextChoices):
        OPEN = "open", _("开放")
        CLOSED = "closed", _("已撤并")

    code = models.CharField(
        _("代码"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z-]+$", _("只用数字、字母和连字符。"))],
        help_text=_("六位行政区划代码（GB/T 2260）；没有代码的用自编代码。"),
    )
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    lineage = models.CharField(max_length=100, editable=False, db_index=True)
    division = models.CharField(
        _("行政区划"), max_length=50, help_text=_("例如 农安县。列表和导航里用它作简称。")
    )
    slug = models.CharField(
        _("网址名"),
        max_length=50,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("只用小写字母、数字和连字符。")),
            validate_not_reserved,
        ],
        help_text=_("出现在网址里，用拼音，例如 nongan。改了以后旧网址会自动转到新网址。"),
    )
    pinyin = models.CharField(max_length=200, editable=False, default="")

    logo = models.ForeignKey(
        "branches.BranchImage",
        verbose_name=_("会徽"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("红十字标志受法律保护，请上传本会依法有权使用的会徽。"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("办公电话"), max_length=50, blank=True)
    hours = models.CharField(
        _("办公时间"),
        max_length=100,
        blank=True,
        help_text=_("例如 工作日 8:30–11:30，13:30–16:30。"),
    )
    email = models.EmailField(_("电子邮箱"), blank=True)
    wechat = models.CharField(_("微信公众号"), max_length=50, blank=True)
    officer = models.CharField(_("宣传联系人"), max_length=50, blank=True)
    officer_phone = models.CharField(_("联系人电话"), max_length=50, blank=True)

    status = models.CharField(_("状态"), max_length=10, choices=Status.choices, default=Status.OPEN)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("并入"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text=_("撤并之后，读者应该去找哪个分会。"),
    )
    closed_on = models.DateField(_("撤并日期"), null=True, blank=True)

    editors = models.OneToOneField(
        Group, on_delete=models.SET_NULL, null=True, editable=False, related_name="edits_for"
    )
    reviewers = models.OneToOneField(
        Group, on_delete=models.SET_NULL, null=True, editable=False, related_name="reviews_for"
    )
    collection = models.OneToOneField(
        Collection, on_delete=models.SET_NULL, null=True, editable=False, related_name="branch"
    )
    media_collection = models.OneToOneField(
        Collection, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = BranchQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("分会")
        verbose_name_plural = _("分会")
        constraints = [
            models.UniqueConstraint(
                fields=["level"],
                condition=models.Q(level="province"),
                name="one_province",
                violation_error_message=_("只能有一个省级红十字会。"),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.level == self.Level.PROVINCE and self.parent_id:
            raise ValidationError({"parent": _("省级红十字会没有上级。")})
        if self.level != self.Level.PROVINCE and not self.parent_id:
            raise ValidationError({"parent": _("请选择上级红十字会。")})
        if self.parent and self.pk and self.pk in {b.pk for b in self.parent.line()}:
            raise ValidationError({"parent": _("上级不能是自己，也不能是自己的下级。")})
        if self.parent and self.parent.level == self.Level.COUNTY:
            raise ValidationError({"parent": _("上级应是省级或市级红十字会。")})
        if self.successor_id and self.successor_id == self.pk:
            raise ValidationError({"successor": _("不能并入自己。")})
        self.clean_slug()

    def clean_slug(self) -> None:
        """ValidationError where the slug was another branch's: old addresses still lead there."""
        if former := Branch.objects.former_owner(self.slug, self.code):
            message = _("“%(slug)s”以前是%(name)s的网址名，旧网址还通向那里，请换一个。")
            params = {"slug": self.slug, "name": former.name}
            raise ValidationError({"slug": ValidationError(message, params=params)})

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]  # as Django's
        before = self.lineage
        self.lineage = f"{self.parent.lineage if self.parent else '/'}{self.code}/"
        self.pinyin = pinyin_keys(self.division)
        super().save(*args, **kwargs)
        if before and before != self.lineage:
            Branch.objects.replace_lineage(before, self.lineage)

    @property
    def short_name(self) -> str:
        """What lists and navigation call it in the language of the page."""
        return short_name(self.local_name, self.name, self.division)

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    def line(self) -> list[Branch]:
        """Itself and those above it, lowest first: county, city, province. One query."""
        codes = self.lineage.strip("/").split("/")
        above = {b.code: b for b in Branch.objects.filter(code__in=codes)}
        return [self if code == self.code else above[code] for code in reversed(codes)]
