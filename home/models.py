"""What is set once for the whole site, in the CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.permission_policies import ModelPermissionPolicy

from branches.permissions import scope_of
from search.text_fields import Sanitized

if TYPE_CHECKING:
    from branches.models import User


class ProvincialPolicy(ModelPermissionPolicy):
    """Administrators and provincial moderators, by their memberships."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return scope_of(user).is_provincial

    def user_has_any_permission(self, user: User, actions: Any) -> bool:
        return scope_of(user).is_provincial


@register_setting(icon="site")
class SiteSettings(Sanitized, BaseGenericSetting):
    """What the law asks every site to show, and a word at its foot."""

    icp = models.CharField(
        _("ICP 备案号"), max_length=50, blank=True, help_text=_("例如 吉ICP备00000000号。")
    )
    police_filing = models.CharField(
        _("公安备案号"),
        max_length=50,
        blank=True,
        help_text=_("例如 吉公网安备 00000000000000号。"),
    )
    police_filing_url = models.URLField(_("公安备案链接"), blank=True)
    accessibility = RichTextField(
        _("无障碍说明"),
        blank=True,
        features=["bold", "ol", "ul"],
        help_text=_("网站怎样照顾视力、听力或行动不便的读者，遇到困难找谁。不填就显示通用的说明。"),
    )
    footer_note = RichTextField(_("页脚附言"), blank=True, features=["bold", "ol", "ul"])

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("icp"), FieldPanel("police_filing"), FieldPanel("police_filing_url")],
            heading=_("备案"),
        ),
        FieldPanel("accessibility"),
        FieldPanel("footer_note"),
    ]

    class Meta:
        verbose_name = _("网站设置")
        verbose_name_plural = _("网站设置")

    @classmethod
    def get_permission_policy(cls) -> ProvincialPolicy:
        return ProvincialPolicy(cls)

    @classmethod
    def current(cls) -> SiteSettings:
        """The settings; empty ones while nobody has saved any. Never writes."""
        return cls.objects.first() or cls()
