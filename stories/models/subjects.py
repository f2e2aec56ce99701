"""What a piece is about, and where it reached people. The rows come with a migration."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.names import NamedInLanguages


class Subject(NamedInLanguages):
    slug = models.SlugField(_("网址名"), max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        abstract = True
        ordering = ["order"]


class Topic(Subject):
    """One of the ten topics of the province's publicity work plan."""

    class Meta(Subject.Meta):
        verbose_name = _("主题")
        verbose_name_plural = _("主题")


class Venue(Subject):
    """One of the five kinds of places that the work plan wants to reach."""

    class Meta(Subject.Meta):
        verbose_name = _("走进")
        verbose_name_plural = _("走进")
