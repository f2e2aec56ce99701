"""How a search for pieces can be narrowed: by type, branch, topic, venue and year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
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
    branches = list(Branch.objects.filter(pages__locale__language_code=language))
    by_lineage = {branch.lineage: branch for branch in branches}
    return [
        branch_option(branch, branches, by_lineage, language)
        for branch in branches
        if not branch.is_closed
    ]


def branch_option(
    branch: Branch, branches: Iterable[Branch], by_lineage: dict[str, Branch], language: str
) -> Option:
    codes = branch.lineage.strip("/").split("/")
    above = [by_lineage.get(f"/{'/'.join(codes[:depth])}/") for depth in range(1, len(codes))]
    below = (each for each in branches if each.lineage.startswith(branch.lineage))
    keys = {branch.pk} if branch.parent_id is None else {each.pk for each in below}
    parent = above[-1] if len(above) > 1 else None
    return Option(
        branch.slug,
        name_in_list(branch, language),
        frozenset(keys),
        frozenset(each.pk for each in above if each),
        parent.slug if parent else "",
    )


def name_in_list(branch: Branch, language: str) -> str:
    name = branch.name_in(language)
    if branch.parent_id is None and name == branch.name:
        return gettext("省本级")
    return branch.division if name == branch.name else name


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


def named(subjects: Iterable[Subject], language: str) -> Options:
    return [
        Option(subject.slug, subject.name_in(language), frozenset({subject.pk}))
        for subject in subjects
    ]


def year_options(language: str) -> Options:
    """All years that there may be; those without a piece are not shown."""
    return [
        Option(str(year), gettext("%(year)s年") % {"year": year}, frozenset({year}))
        for year in range(timezone.localdate().year + 1, OLDEST_YEAR - 1, -1)
    ]


FILTERS = (
    SearchFilter("type", _("类型"), "content_type_id", type_options),
    SearchFilter("branch", _("分会"), "branch_id", branch_options, shared=Q(audience="below")),
    SearchFilter("topic", _("主题"), "topics", topic_options),
    SearchFilter("venue", _("走进"), "venues", venue_options),
    SearchFilter("year", _("年份"), "year", year_options),
)
