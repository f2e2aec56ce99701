"""Pieces for the search page: what readers may find, how it looks, what is named outright."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from branches.models import BranchPage
from branches.naming import branches_named
from branches.rows import branch_rows
from search.registry import Hit, SearchSource
from stories import law_articles
from stories.models import ContentPage, ExplainerPage
from stories.pictures import PICTURE_FIELDS, THUMBNAIL, picture_of, prefetch_renditions
from stories.plain_text import plain_text
from stories.querysets import ContentPageQuerySet
from stories.search_filters import FILTERS

MOST_BETS = 3
#: The fields of a piece that a hit is made of.
SHOWN = (
    *("title", "url_path", "content_type", "locale__language_code"),
    *("summary", "date", "body", "explainerpage__answer", "explainerpage__questions"),
    *(f"branch__{field}" for field in ("name", "names", "division")),
    *(f"lead_image__{field}" for field in PICTURE_FIELDS),
)


def public_pieces(language: str) -> ContentPageQuerySet:
    """Filtered only by fields that an index of any engine can be filtered by."""
    return ContentPage.objects.live().filter(locale__language_code=language)


def searched_pieces(language: str) -> ContentPageQuerySet:
    """The public ones, read with what a hit shows and no more: they have a hundred fields."""
    related = ("branch", "lead_image", "locale", "explainerpage")
    return public_pieces(language).select_related(*related).only(*SHOWN)


def present(pieces: Sequence[ContentPage]) -> list[Hit]:
    prefetch_renditions((piece.lead_image for piece in pieces), THUMBNAIL)
    return [hit(piece) for piece in pieces]


def hit(piece: ContentPage) -> Hit:
    return Hit(
        title=piece.title,
        url=piece.url,
        kind=str(piece.specific_class._meta.verbose_name),
        branch_name=piece.branch.short_name,
        date=piece.date,
        picture=thumbnail(piece),
        text=" ".join(texts_of(piece)),
    )


def thumbnail(piece: ContentPage) -> SafeString | None:
    """A small picture; without words, since the title stands beside it."""
    picture = picture_of(piece.lead_image)
    if picture is None:
        return None
    return format_html(
        '<img src="{}" srcset="{}" sizes="8rem" width="{}" height="{}" alt=""'
        ' loading="lazy" decoding="async">',
        picture.src,
        picture.webp_srcset or picture.srcset,
        picture.width,
        picture.height,
    )


def texts_of(piece: ContentPage) -> list[str]:
    """What is searched of `piece`, in the order in which a reader meets it."""
    texts = [piece.summary]
    explainer = getattr(piece, "explainerpage", None)
    if explainer is None:
        return [*texts, plain_text(piece.body)]
    return [explainer.answer, *texts, plain_text(piece.body), plain_text(explainer.questions)]


def best_bets(query: str, language: str) -> list[Hit]:
    """The branch, or the explainers of the article of a law, that `query` names outright."""
    return [*branch_bets(query, language), *article_bets(query, language)][:MOST_BETS]


def branch_bets(query: str, language: str) -> list[Hit]:
    named = branches_named(query, [row for row in branch_rows() if not row.is_closed])
    if not named:
        return []
    keys = [row.pk for row in named]
    pages = BranchPage.objects.live().filter(branch__in=keys, locale__language_code=language)
    return [
        Hit(
            title=page.branch.name_in(language),
            url=page.url,
            kind=gettext("红十字会"),
            text=" ".join(filter(None, (page.branch.address, page.branch.phone))),
        )
        for page in pages.select_related("branch").order_by("depth", "branch__code")
    ]


def article_bets(query: str, language: str) -> list[Hit]:
    """Explainers of the article, those of the law itself and of few articles first."""
    asked = law_articles.asked_for(query)
    if asked is None:
        return []
    public = ExplainerPage.objects.live().filter(locale__language_code=language)
    labels = dict(ExplainerPage.Law.choices)
    fitting = []
    for pk, law, named in public.exclude(articles="").values_list("pk", "law", "articles"):
        of_law = str(labels.get(law, law))
        articles = list(law_articles.named_in(named, of_law))
        if asked in articles:
            fitting.append((of_law not in asked.law, len(articles), pk))
    best = [pk for *_order, pk in sorted(fitting)[:MOST_BETS]]
    pieces = searched_pieces(language).in_bulk(best)
    return present([pieces[pk] for pk in best if pk in pieces])


SOURCE = SearchSource(
    queryset=searched_pieces,
    present=present,
    filters=FILTERS,
    best_bets=best_bets,
    newest_first=("-date", "-id"),
)
