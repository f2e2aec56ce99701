"""What editors have pinned to a query: it comes before what is found.

The picks themselves are Wagtail's (`wagtail.contrib.search_promotions`); its counters of queries
are not used, see `search.statistics`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import PageViewRestriction

from search.analysis import fold, runs
from search.registry import Hit

MOST_PICKS = 10
# As Wagtail's `Query` holds.
MAX_QUERY_LENGTH = 255


def are_installed() -> bool:
    """Whether the site has Wagtail's search promotions: without them nothing is pinned."""
    return apps.is_installed("wagtail.contrib.search_promotions")


def picks(query: str, language: str) -> list[Hit]:
    """What is pinned to `query`, in the order of its editors: public pages in `language`, and
    addresses elsewhere. Two queries at most, one where no page is pinned."""
    wanted = normalised(query)
    if not wanted or not are_installed():
        return []
    public = Q(page=None) | Q(page__live=True, page__locale__language_code=language)
    pinned = SearchPromotion.objects.filter(public, query__query_string=wanted)
    found = [hit(pick) for pick in not_restricted(pinned.select_related("page__locale"))]
    return [each for each in found if each.url][:MOST_PICKS]


def not_restricted(pinned: Iterable[SearchPromotion]) -> list[SearchPromotion]:
    """Those of `pinned` that everybody may see."""
    found = list(pinned)
    if not any(pick.page for pick in found):
        return found
    restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return [pick for pick in found if not (pick.page and pick.page.path.startswith(restricted))]


def normalised(query: str) -> str:
    """`query` as it is stored and looked up: traditional characters find simplified ones. Empty
    where it says nothing."""
    folded = fold(query[: 4 * MAX_QUERY_LENGTH])
    return " ".join(folded.split())[:MAX_QUERY_LENGTH] if any(runs(folded)) else ""


def hit(pick: SearchPromotion) -> Hit:
    url = pick.page.url if pick.page else pick.external_link_url
    return Hit(title=pick.title, url=url or "", text=pick.description)
