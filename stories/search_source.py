"""Pieces for the search page: all that is public in a language, and how it can be narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from search.registry import Hit, SearchFilter, SearchSource
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage, Topic, Venue
from stories.models.subjects import Subject
from stories.plain_text import plain_text
from stories.querysets import ContentPageQuerySet

TYPES: dict[str, type[ContentPage]] = {
    "story": StoryPage,
    "news": NewsPage,
    "explainer": ExplainerPage,
}
Options = Sequence[tuple[str, str]]
Narrow = Callable[[Any, str], Any]

about: Narrow = ContentPageQuerySet.about
reaching: Narrow = ContentPageQuerySet.reaching
in_year: Narrow = ContentPageQuerySet.in_year


def public_pieces(language: str) -> ContentPageQuerySet:
    """Filtered only by fields that an index of any engine can be filtered by, and read with all
    that a hit shows."""
    public = ContentPage.objects.live().filter(locale__language_code=language)
    return public.for_listing().defer(None).select_related("explainerpage")


def present(pieces: Sequence[ContentPage]) -> list[Hit]:
    return [hit(piece) for piece in pieces]


def hit(piece: ContentPage) -> Hit:
    model = apps.get_model(piece._meta.app_label, piece.listed_type)
    return Hit(
        title=piece.title,
        url=piece.url,
        kind=str(model._meta.verbose_name),
        branch_name=piece.branch.short_name,
        date=piece.date,
        text=" ".join(texts_of(piece)),
    )


def texts_of(piece: ContentPage) -> list[str]:
    """What is searched of `piece`, in the order in which a reader meets it."""
    texts = [piece.summary]
    explainer = getattr(piece, "explainerpage", None)
    if explainer is None:
        return [*texts, plain_text(piece.body)]
    return [explainer.answer, *texts, plain_text(piece.body), plain_text(explainer.questions)]


def branch_options(language: str) -> Options:
    return [
        (branch.slug, name_in_list(branch, language))
        for branch in Branch.objects.open().filter(pages__locale__language_code=language)
    ]


def name_in_list(branch: Branch, language: str) -> str:
    name = branch.name_in(language)
    return branch.division if name == branch.name else name


def in_branch(pieces: Any, slug: str) -> Any:
    return pieces.found_by(Branch.objects.get(slug=slug))


def type_options(language: str) -> Options:
    return [(name, str(model._meta.verbose_name)) for name, model in TYPES.items()]


def of_type(pieces: Any, name: str) -> Any:
    return pieces.of_type(TYPES[name])


def topic_options(language: str) -> Options:
    return named(Topic.objects.all(), language)


def venue_options(language: str) -> Options:
    return named(Venue.objects.all(), language)


def named(subjects: Iterable[Subject], language: str) -> Options:
    return [(subject.slug, subject.name_in(language)) for subject in subjects]


def year_options(language: str) -> Options:
    public = ContentPage.objects.public_in(language)
    years = public.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), gettext("%(year)s年") % {"year": year}) for year in years]


SOURCE = SearchSource(
    queryset=public_pieces,
    present=present,
    filters=[
        SearchFilter("branch", _("分会"), branch_options, in_branch),
        SearchFilter("type", _("类型"), type_options, of_type),
        SearchFilter("topic", _("主题"), topic_options, about),
        SearchFilter("venue", _("走进"), venue_options, reaching),
        SearchFilter("year", _("年份"), year_options, in_year),
    ],
)
