from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from branches.models.branch import Branch
from search.languages import main_language
from search.text_fields import Sanitized


class ServiceQuerySet(models.QuerySet["Service"]):
    def offered_to(self, branch: Branch, locale: Locale) -> list[Service]:
        """For each kind, what `branch` says itself, else the nearest branch above. One query.

        What nobody says in the language of `locale` comes in the site's main language.
        """
        codes = branch.lineage.strip("/").split("/")
        main = models.Q(locale__language_code=main_language())
        found = self.filter(main | models.Q(locale=locale), branch__code__in=codes)
        return list(nearest_by_kind(found.select_related("branch", "locale"), codes, locale))


def nearest_by_kind(
    services: Iterable[Service], codes: list[str], locale: Locale
) -> Iterator[Service]:
    """The service of each kind whose branch is lowest in `codes` (province first); one in the
    language of `locale` goes before all others."""
    ordered = sorted(services, key=lambda s: (s.locale_id == locale.pk, codes.index(s.branch.code)))
    by_kind = {service.kind: service for service in ordered}
    return (by_kind[kind] for kind in Service.Kind.values if kind in by_kind)


class Service(Sanitized, models.Model):
    """Something that a person can do at a branch. A branch that says nothing offers what
    the branch above it offers."""

    class Kind(models.TextChoices):
        LEARN = "learn", _("学急救")
        BLOOD = "blood", _("献血")
        DONOR = "donor", _("登记捐献")
        VOLUNTEER = "volunteer", _("做志愿者")
        HELP = "help", _("求助")

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="services")
    locale = models.ForeignKey(Locale, verbose_name=_("语言"), on_delete=models.PROTECT)
    kind = models.CharField(_("事项"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=30)
    lead = models.CharField(_("一句话说明"), max_length=120)
    steps = models.TextField(_("怎么做"), blank=True, help_text=_("一行一步，最多五步。"))
    note = models.CharField(_("提醒"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=50, blank=True)
    address = models.CharField(_("地点"), max_length=200, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["branch__code", "kind"]
        verbose_name = _("服务事项")
        verbose_name_plural = _("服务事项")
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "locale", "kind"],
                name="one_service_of_a_kind",
                violation_error_message=_("这个分会已经有这一项了。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.branch.short_name} · {self.title}"

    def title_in(self, language: str) -> str:
        """Its title; in a language other than its own, the name of its kind."""
        own = self.locale.language_code == language
        return self.title if own else str(self.get_kind_display())

    @property
    def step_list(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]
