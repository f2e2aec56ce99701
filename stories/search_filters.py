"""How a search for pieces can be narrowed: by type, branch, topic, venue and year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.names import name_in
from branches.rows import BranchRow, branch_rows
from search.dates import read_year
from search.registry import Option, SearchFilter
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage, Topic, Venue
from stories.models.subjects import Subject

TYPES: dict[str, type[ContentPage]] = {
    "story": StoryPage,
    "news": NewsPage,
    "explainer": ExplainerPage,
}
Options = Sequence[Option]
#: That of the Red Cross Society's founding.
OLDEST_YEAR = 1904


def branch_options(language: str) -> Options:
    """The cities with the counties below them. A city stands for these too, and each for what
    the branches above offer to it; the province stands for its own pieces."""
    branches = sorted(branch_rows(), key=official_order)
    by_code = {branch.code: branch for branch in branches}
    lines = {branch.code: above(branch, by_code) for branch in branches}
    below = {branch.code: {branch.pk} for branch in branches}
    for branch in branches:
        for each in lines[branch.code]:
            if each.parent_id is not None:
                below[each.code].add(branch.pk)
    return [
        branch_option(branch, lines[branch.code], below[branch.code], language)
        for branch in branches
        if not branch.is_closed
    ]


def branch_option(
    branch: BranchRow, line: list[BranchRow], below: set[int], language: str
) -> Option:
    return Option(
        branch.slug,
        name_in_list(branch, language),
        frozenset(below),
        frozenset(each.pk for each in line),
        line[-1].slug if len(line) > 1 else "",
    )


def official_order(branch: BranchRow) -> tuple[bool, str]:
    """By code; those that the standard has no code for come last."""
    return not branch.code.isdecimal(), branch.code


def above(branch: BranchRow, by_code: dict[str, BranchRow]) -> list[BranchRow]:
    """Those whom `branch` reports to, the province first."""
    codes = branch.lineage.strip("/").split("/")[:-1]
    return [by_code[code] for code in codes if code in by_code]


def name_in_list(branch: BranchRow, language: str) -> str:
    if branch.parent_id is None and branch.name_in(language) == branch.name:
        return gettext("省本级")
    return branch.short_name_in(language)


def type_options(language: str) -> Options:
    types = ContentType.objects.get_for_models(*TYPES.values())
    return [
        Option(name, str(model._meta.verbose_name), frozenset({types[model].pk}))
        for name, model in TYPES.items()
    ]


def topic_options(language: str) -> Options:
    return named(Topic.objects.all(), language)


def venue_options(language: str) -> Options:
    return named(Venue.objects.all(), language)


def named(subjects: QuerySet[Subject], language: str) -> Options:
    return [
        Option(slug, name_in(language, name, names), frozenset({pk}))
        for pk, slug, name, names in subjects.values_list("pk", "slug", "name", "names")
    ]


def year_options(language: str) -> Options:
    """All years that there may be; those without a piece are not shown."""
    return years_since(OLDEST_YEAR, timezone.localdate().year + 1, gettext("%(year)s年"))


@lru_cache
def years_since(first: int, last: int, label: str) -> Options:
    years = range(last, first - 1, -1)
    return [Option(str(year), label % {"year": year}, frozenset({year})) for year in years]


FILTERS = (
    SearchFilter("type", _("类型"), "content_type_id", type_options),
    SearchFilter(
        "branch",
        _("分会"),
        "branch_id",
        branch_options,
        shared=Q(audience="below"),
        frame=True,
        everywhere=_("全省"),
    ),
    SearchFilter("topic", _("主题"), "topics", topic_options),
    SearchFilter("venue", _("走进"), "venues", venue_options),
    SearchFilter("year", _("年份"), "year", year_options, read=read_year),
)
