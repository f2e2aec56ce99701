"""What editors have pinned to a query: it comes before what is found.

The picks themselves are Wagtail's (`wagtail.contrib.search_promotions`), and so are the queries
that they stand under: stored as they were typed, where its own template tag finds them, and
compared as they are read here. Its counters of queries are not used, see `search.statistics`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
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
    from wagtail.contrib.search_promotions.models import SearchPromotion

    pks = [pk for pk, typed in pinned_to() if normalised(typed) == wanted]
    if not pks:
        return []
    public = Q(page=None) | Q(page__live=True, page__locale__language_code=language)
    pinned = SearchPromotion.objects.filter(public, query__in=pks)
    pinned = pinned.select_related("page__locale").only(*SHOWN)
    found = [hit(pick) for pick in not_restricted(pinned)]
    return [each for each in found if each.url][:MOST_PICKS]


def pinned_to() -> list[tuple[int, str]]:
    """The queries to which something is pinned, as they were typed: primary keys and texts. Editors
    pin to some dozens, so that to read them all is sooner done than to keep a second spelling."""
    from wagtail.contrib.search_promotions.models import Query

    pinned = Query.objects.filter(editors_picks__isnull=False)
    return list(pinned.order_by("pk").values_list("pk", "query_string").distinct())


def typed_before(query: str, besides: int | None = None) -> str:
    """What somebody typed who has pinned something to a query that readers mean with `query`, but
    for the one with the primary key `besides`; else `query`."""
    wanted = normalised(query)
    others = (typed for pk, typed in pinned_to() if pk != besides)
    return next((typed for typed in others if normalised(typed) == wanted), query)


def not_restricted(pinned: Iterable[SearchPromotion]) -> list[SearchPromotion]:
    """Those of `pinned` that everybody may see."""
    found = list(pinned)
    if not any(pick.page for pick in found):
        return found
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return [pick for pick in found if not (pick.page and pick.page.path.startswith(restricted))]


@lru_cache(maxsize=2000)
def normalised(query: str) -> str:
    """`query` as it is compared: what is searched of it, in simplified characters and without
    spaces but those between two words in Latin letters. Empty where it says nothing."""
    text = before = ""
    for run in runs(fold(visible(query[: 4 * MAX_QUERY_LENGTH]))):
        text += f" {run.text}" if before == run.kind == "word" else run.text
        before = run.kind
    return text[:MAX_QUERY_LENGTH]


def hit(pick: SearchPromotion) -> Hit:
    """A pick as a reader sees it; of an address elsewhere they are told to which site it leads."""
    if pick.page:
        return Hit(title=pick.title, url=pick.page.url or "", text=pick.description)
    url = pick.external_link_url
    site = (urlsplit(url).hostname or "").removeprefix("www.")
    return Hit(title=pick.title, url=url, kind=site, text=pick.description)
