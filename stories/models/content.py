from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from branches.models import BranchTreePage
from branches.slug_history import free_slug
from search import dates
from stories.blocks import ArticleBlock
from stories.dates import check_date
from stories.models.subjects import Topic, Venue
from stories.plain_text import plain_text
from stories.querysets import ContentPageQuerySet
from stories.references import at_hand

if TYPE_CHECKING:
    from stories.models.sections import ContentSection


class ContentPage(BranchTreePage):
    """What every piece has: story, news item or explainer.

    A concrete model, so that lists, feeds, facets, search and statistics are one query over
    one table. It is not created itself.
    """

    class Audience(models.TextChoices):
        OWN = "own", _("只在本会")
        BELOW = "below", _("本会和所有下级")

    is_creatable = False

    #: The field that says what kind of story, news or explainer it is.
    category_field: ClassVar[str] = ""
    #: By which of its own fields its lists can be filtered, by the name in the address.
    list_filters: ClassVar[dict[str, str]] = {}
    #: Read with a piece when its page is shown.
    route_related: ClassVar[tuple[str, ...]] = ("branch__logo", "lead_image")
    title_is_question: ClassVar[bool] = False

    summary = models.CharField(
        _("摘要"),
        max_length=200,
        help_text=_("一两句话说清楚写了什么。列表、搜索结果和微信转发时都显示它。"),
    )
    lead_image = models.ForeignKey(
        "branches.BranchImage",
        verbose_name=_("题图"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("放在最前面的一张。横的好过竖的，宽度最好有 1600 像素。"),
    )
    lead_caption = models.CharField(
        _("题图说明"), max_length=120, blank=True, help_text=_("谁、在做什么、在哪里。")
    )
    body = StreamField(ArticleBlock(), verbose_name=_("正文"), default=[("text", "")])
    topics = ParentalManyToManyField(
        Topic, verbose_name=_("主题"), related_name="pages", help_text=_("至少选一个。")
    )
    venues = ParentalManyToManyField(
        Venue, verbose_name=_("走进"), related_name="pages", blank=True
    )
    date = models.DateField(
        _("日期"),
        default=timezone.localdate,
        blank=True,
        db_index=True,
        help_text=_("印在稿件上的日期，不填就是今天。写以后的日期不会推迟公开，也不会排得更前。"),
    )
    year = models.PositiveSmallIntegerField(_("年份"), editable=False, db_index=True)
    listed_on = models.DateField(_("列表日期"), editable=False)
    source = models.CharField(
        _("供稿"), max_length=60, blank=True, help_text=_("不填就显示本会名称。")
    )
    author = models.CharField(_("作者"), max_length=60, blank=True)
    photographer = models.CharField(_("摄影"), max_length=60, blank=True)
    featured = models.BooleanField(
        _("重点推荐"), default=False, help_text=_("会排在本会首页最前面。")
    )
    audience = models.CharField(
        _("给谁看"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.OWN,
        help_text=_("选“本会和所有下级”，下级分会的同名栏目里也会出现这篇稿件，不用复制。"),
    )

    subject_panels: ClassVar[list[Any]] = [
        FieldPanel("topics", widget=CheckboxSelectMultiple, required_on_save=False),
        FieldPanel("venues", widget=CheckboxSelectMultiple),
    ]
    byline_panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
        FieldRowPanel([FieldPanel("author"), FieldPanel("photographer")]),
        FieldPanel("featured"),
        FieldPanel("audience"),
    ]
    subpage_types: ClassVar[list[str]] = []

    search_fields: ClassVar[list[Any]] = [
        *BranchTreePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("source"),
        index.SearchField("author"),
        index.SearchField("days_named"),
        index.RelatedFields(
            "branch",
            [index.SearchField("name"), index.SearchField("names"), index.SearchField("division")],
        ),
        index.RelatedFields("locale", [index.FilterField("language_code")]),
        index.FilterField("date"),
        index.FilterField("year"),
        index.FilterField("listed_on"),
        index.FilterField("featured"),
        index.FilterField("audience"),
        index.RelatedFields("topics", [index.SearchField("name"), index.SearchField("names")]),
        index.FilterField("topics"),
        index.FilterField("venues"),
    ]

    objects = PageManager.from_queryset(ContentPageQuerySet)()

    class Meta:
        verbose_name = _("稿件")
        verbose_name_plural = _("稿件")
        indexes = [models.Index(fields=["-listed_on", "-page_ptr"], name="content_newest_listed")]

    @classmethod
    def piece_panels(cls, *own: Any) -> list[Any]:
        """The editing form: what every piece needs, what only this type has, then the rest."""
        return [
            FieldPanel("title"),
            FieldPanel("summary"),
            MultiFieldPanel(
                [FieldPanel("lead_image"), FieldPanel("lead_caption")], heading=_("题图")
            ),
            *own,
            FieldPanel("body"),
            MultiFieldPanel(cls.subject_panels, heading=_("主题和走进")),
            MultiFieldPanel(cls.byline_panels, heading=_("署名和发布范围")),
            cls.window_panel,
        ]

    def derive_dates(self) -> None:
        """Set what follows from `date`; where that is left out, from today's.

        A date ahead does not put a piece before what has happened since: lists go by the day
        on which it became public, unless its date is an earlier one.
        """
        today = timezone.localdate()
        self.date = self.date or today
        self.year = self.date.year
        published = self.first_published_at
        self.listed_on = min(self.date, timezone.localdate(published) if published else today)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.derive_dates()
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> ContentPage:
        page = super().with_content_json(content)
        page.derive_dates()
        return page

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        self.derive_dates()
        return super().serve_preview(request, mode_name)

    def _set_core_field_defaults(self) -> None:
        """Addresses are date and number (20261123-2): short, in ASCII, and never to be renamed.

        A number is given for good while the piece is added, when the section is locked; what a
        form has been told before may be somebody else's by then.
        """
        section = getattr(self, "_cached_parent_obj", None) or self.get_parent()
        if self._state.adding and section:
            given = self.slug if (self.slug or "").isascii() else ""
            wanted = given or f"{timezone.localdate():%Y%m%d}"
            self.slug: str = free_slug(section, wanted, self)
        super()._set_core_field_defaults()

    def clean(self) -> None:
        super().clean()
        check_date("date", self.date)

    @property
    def texts(self) -> list[StreamValue]:
        """What is written in blocks."""
        return [self.body]

    def serve(
        self, request: HttpRequest, *args: Any, frame: ContentSection | None = None, **kwargs: Any
    ) -> HttpResponseBase:
        """The page; with `frame`, a section of a branch below, as that branch offers it.

        Rendered here, while what the texts refer to is at hand.
        """
        with at_hand(*self.texts):
            return super().serve(request, *args, frame=frame, **kwargs).render()

    def get_context(
        self, request: HttpRequest, *args: Any, frame: ContentSection | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        from stories.article import piece_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **piece_context(request, self, frame)}

    @classmethod
    def category_label(cls, value: str) -> str:
        """What readers call the category `value`; nothing where the type has no categories."""
        if not cls.category_field or not value:
            return ""
        return str(dict(cls._meta.get_field(cls.category_field).flatchoices).get(value, ""))

    @property
    def days(self) -> list[datetime.date]:
        """The days that it bears."""
        return [self.date]

    @property
    def days_named(self) -> str:
        """The days by which it is searched for: those that it bears, and those that its text says
        without their year, which readers know from its date."""
        text = " ".join((self.title, self.summary, *map(plain_text, self.texts)))
        near = self.date or timezone.localdate()
        days = dict.fromkeys((*self.days, *dates.with_year(text, near)))
        return " ".join(day.isoformat() for day in days if day)

    @property
    def byline_source(self) -> str:
        return self.source or self.branch.local_name

    @property
    def shared_name(self) -> str:
        """Its name in addresses of the branches below, unique over all branches above them."""
        return f"{self.branch.slug}-{self.slug}"
