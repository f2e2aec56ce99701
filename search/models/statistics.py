from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_QUERY_LENGTH = 60


class SearchWeek(models.Model):
    """How often one query was asked in one week. Nothing finer, and nothing of who asked.

    :ivar week: the Monday on which the week began, where the province is.
    :ivar query: as it is compared (see `search.folding.fold`).
    :ivar empty: how many of the searches found nothing.
    :ivar clicks: how many results of it were opened.
    """

    week = models.DateField(_("周"))
    language = models.CharField(_("语言"), max_length=12)
    query = models.CharField(_("搜索词"), max_length=MAX_QUERY_LENGTH)
    searches = models.PositiveIntegerField(_("搜索次数"), default=0)
    empty = models.PositiveIntegerField(_("没有结果的次数"), default=0)
    clicks = models.PositiveIntegerField(_("点开的次数"), default=0)

    class Meta:
        verbose_name = _("搜索统计")
        verbose_name_plural = _("搜索统计")
        default_permissions: ClassVar[tuple[str, ...]] = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["week", "language", "query"], name="one_count_a_week")
        ]

    def __str__(self) -> str:
        return self.query

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES).get(self.language, self.language)


class SharedQuery(models.Model):
    """A query that the province lets readers see: among suggestions, and where nothing is found.

    Whatever is searched may be said by somebody on purpose, so none is shown without a decision.
    """

    language = models.CharField(_("语言"), max_length=12)
    query = models.CharField(_("搜索词"), max_length=MAX_QUERY_LENGTH)

    class Meta:
        verbose_name = _("给读者看的搜索词")
        verbose_name_plural = _("给读者看的搜索词")
        default_permissions: ClassVar[tuple[str, ...]] = ("change",)
        ordering = ("query", "language")
        constraints = [
            models.UniqueConstraint(fields=["language", "query"], name="query_shared_once")
        ]

    def __str__(self) -> str:
        return self.query
