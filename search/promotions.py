"""What editors have pinned to a query: it comes before what is found.

The picks themselves are Wagtail's (`wagtail.contrib.search_promotions`); its counters of queries
are not used, see `search.statistics`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models import Q
from wagtail.models import PageViewRestriction

from search.folding import fold, runs, visible
from search.registry import Hit

if TYPE_CHECKING:
    from wagtail.contrib.search_promotions.models import SearchPromotion

MOST_PICKS = 10
#: The fields that a hit is made of.
SHOWN = (
    *("description", "external_link_text", "external_link_url"),
    *(f"page__{field}" for field in ("title", "path", "url_path", "locale__language_code")),
)
# As Wagtail's `Query` holds.
MAX_QUERY_LENGTH = 255


def are_installed() -> bool:
    """Whether the site has Wagtail's search promotions: without them nothing is pinned."""
    return apps.is_installed("wagtail.contrib.search_promotions")


def picks(query: str, language: str) -> list[Hit]:
    """What is pinned to `query`, in the order of its editors: public pages in `language`, and
    addresses elsewhere. One query where nothing is pinned, three at most."""
    wanted = normalised(query)
    if not wanted or not are_installed():
        return []
    from wagtail.contrib.search_promotions.models import Query, SearchPromotion

    asked = Query.objects.filter(query_string__in={wanted, as_written(query)})
    pks = list(asked.values_list("pk", flat=True))
    if not pks:
        return []
    public = Q(page=None) | Q(page__live=True, page__locale__language_code=language)
    pinned = SearchPromotion.objects.filter(public, query__in=pks)
    pinned = pinned.select_related("page__locale").only(*SHOWN)
    found = [hit(pick) for pick in not_restricted(pinned)]
    return [each for each in found if each.url][:MOST_PICKS]


def not_restricted(pinned: Iterable[SearchPromotion]) -> list[SearchPromotion]:
    """Those of `pinned` that everybody may see."""
    found = list(pinned)
    if not any(pick.page for pick in found):
        return found
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return [pick for pick in found if not (pick.page and pick.page.path.startswith(restricted))]


def normalised(query: str) -> str:
    """`query` as it is stored: what is searched of it, in simplified characters and without spaces
    but those between two words in Latin letters. Empty where it says nothing."""
    text = before = ""
    for run in runs(fold(visible(query[: 4 * MAX_QUERY_LENGTH]))):
        text += f" {run.text}" if before == run.kind == "word" else run.text
        before = run.kind
    return text[:MAX_QUERY_LENGTH]


def as_written(query: str) -> str:
    """`query` as it was stored before spaces and marks were left out. Such rows are found by what
    is written in them, until they are saved again."""
    return " ".join(fold(query[: 4 * MAX_QUERY_LENGTH]).split())[:MAX_QUERY_LENGTH]


def hit(pick: SearchPromotion) -> Hit:
    """A pick as a reader sees it; of an address elsewhere they are told to which site it leads."""
    if pick.page:
        return Hit(title=pick.title, url=pick.page.url or "", text=pick.description)
    url = pick.external_link_url
    site = (urlsplit(url).hostname or "").removeprefix("www.")
    return Hit(title=pick.title, url=url, kind=site, text=pick.description)
