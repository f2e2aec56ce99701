"""Pieces for the search page: what readers may find, how it looks, what is named outright."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from branches.best_bets import best_bets
from branches.routing import Addresses, restricted_paths
from branches.rows import branch_rows
from search.registry import Hit, SearchSource
from stories import law_articles
from stories.law_articles import Article
from stories.models import ContentPage, ExplainerPage
from stories.pictures import PICTURE_FIELDS, THUMBNAIL, picture_of, prefetch_renditions
from stories.plain_text import plain_text
from stories.querysets import ContentPageQuerySet
from stories.search_filters import FILTERS

MOST_BETS = 3
SHOWN_OF_EXPLAINERS = ("pk", "law", "articles", "branch__lineage", "listed_on")
#: The fields of a piece that a hit is made of.
SHOWN = (
    *("title", "url_path", "content_type", "branch", "date", "summary", "body"),
    *(f"explainerpage__{field}" for field in ("answer", "questions")),
    *(f"lead_image__{field}" for field in PICTURE_FIELDS),
)


def public_pieces(language: str) -> ContentPageQuerySet:
    """Filtered only by fields that an index of any engine can be filtered by. One query, for what
    not everybody may see."""
    public = ContentPage.objects.live().filter(locale__language_code=language)
    for path in restricted_paths():
        public = public.exclude(path__startswith=path)
    return public


def searched_pieces(language: str) -> ContentPageQuerySet:
    return as_hits(public_pieces(language))


def as_hits(pieces: ContentPageQuerySet) -> ContentPageQuerySet:
    """`pieces`, read with what a hit shows and no more: they have a hundred fields."""
    return pieces.select_related("lead_image", "explainerpage").only(*SHOWN)


def present(pieces: Sequence[ContentPage], language: str) -> list[Hit]:
    """As readers see them. Three queries at most: pictures, branches, the site's address."""
    if not pieces:
        return []
    prefetch_renditions((piece.lead_image for piece in pieces), THUMBNAIL)
    addresses = Addresses.in_language(language)
    branches = {row.pk: row for row in branch_rows()}
    return [
        Hit(
            title=piece.title,
            url=addresses.of(piece.url_path),
            kind=str(piece.specific_class._meta.verbose_name),
            branch_name=branches[piece.branch_id].short_name_in(language),
            date=piece.date,
            picture=thumbnail(piece),
            text=" ".join(texts_of(piece)),
        )
        for piece in pieces
    ]


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
    texts = [piece.summary, plain_text(piece.body)]
    explainer = getattr(piece, "explainerpage", None)
    return [explainer.answer, *texts, plain_text(explainer.questions)] if explainer else texts


def named_outright(query: str, language: str, frame: str) -> list[Hit]:
    """A branch, a door of one, or the explainers of an article of a law."""
    return [*best_bets(query, language, frame), *article_bets(query, language)][:MOST_BETS]


def article_bets(query: str, language: str) -> list[Hit]:
    """Explainers of the article, those that are about it before those that mention it."""
    asked = law_articles.asked_for(query)
    if asked is None:
        return []
    public = ExplainerPage.objects.readable().filter(locale__language_code=language)
    fitting = []
    rows = public.exclude(articles="").values_list(*SHOWN_OF_EXPLAINERS)
    for pk, law, named, lineage, listed_on in rows:
        articles = list(law_articles.named_in(named, law_articles.OF_KIND.get(law, "")))
        if asked in articles:
            place = (lineage.count("/"), len(articles), -listed_on.toordinal())
            fitting.append((*distance(asked, articles), *place, pk))
    best = [pk for *_order, pk in sorted(fitting)[:MOST_BETS]]
    pieces = as_hits(ContentPage.objects.all()).in_bulk(best)
    return present([pieces[pk] for pk in best if pk in pieces], language)


def distance(asked: Article, articles: Sequence[Article]) -> tuple[bool, bool]:
    """How far `asked` is from what an explainer of `articles` is about: whether its law is not the
    first one there, whether it is not the first article of its law."""
    of_law = [article for article in articles if article.law == asked.law]
    return articles[0].law != asked.law, of_law[0] != asked


SOURCE = SearchSource(
    queryset=searched_pieces,
    present=present,
    filters=FILTERS,
    best_bets=named_outright,
    newest_first=("-listed_on", "-id"),
)
