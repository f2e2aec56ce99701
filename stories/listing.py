"""Lists of pieces with filters that combine and stay in the address.

Five queries whatever the length: topics and venues, a count by year (which also gives the
total), a page of pieces, their subjects, their pictures. What in an address makes no sense is
ignored, and a page beyond the end is the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _

from branches.routing import Addresses
from stories.cards import Card, Link, Place, make_cards
from stories.filters import Choice, Filter, address, choices_for, filter_of, wanted_of
from stories.models.content import ContentPage
from stories.querysets import ContentPageQuerySet
from stories.subject_index import SubjectIndex

PER_PAGE = 12


@dataclass(frozen=True)
class Listing:
    """A list of pieces as a request asks for it.

    :param pieces: the pieces that are asked for, newest first.
    :param years: how many pieces each year has, when all else that is asked holds.
    :param wanted: what is asked, by its name in the address.
    """

    pieces: ContentPageQuerySet
    choices: list[Choice]
    years: dict[int, int]
    wanted: dict[str, str]

    @property
    def total(self) -> int:
        year = self.wanted.get("year")
        return self.years.get(int(year), 0) if year else sum(self.years.values())

    def page(self, number: str | None) -> PageOfList[ContentPage]:
        """The page `number`, the first if there can be no such page, the last if beyond the end."""
        paginator = Paginator(self.pieces.for_listing(), PER_PAGE)
        paginator.count = self.total  # counted already
        counted = (number or "").lstrip("0")
        return paginator.get_page(counted if counted.isdecimal() else 1)

    def filters(self, path: str) -> list[Filter]:
        """The rows of choices of the list at `path`."""
        years = {**dict.fromkeys(self.years), int(self.wanted.get("year", 0)): None}
        labels = {str(year): _("%(year)s年") % {"year": year} for year in years if year}
        year = Choice("year", _("年份"), "year", labels)
        return [filter_of(choice, path, self.wanted) for choice in [*self.choices, year]]


def read_listing(
    request: HttpRequest,
    pieces: ContentPageQuerySet,
    model: type[ContentPage] | None = None,
    without: str = "",
) -> Listing:
    """The list of `pieces` that the address of `request` asks for. Two queries.

    :param model: the type of the pieces, for its own filters; None where types are mixed.
    :param without: the name of a filter that the list does not have.
    """
    choices = [c for c in choices_for(model, SubjectIndex.read([])) if c.name != without]
    wanted = wanted_of(request.GET.dict(), choices)
    for choice in choices:
        if choice.name in wanted:
            pieces = pieces.filter(**{choice.lookup: wanted[choice.name]})
    counted = pieces.order_by().values_list("year").annotate(Count("pk")).order_by("-year")
    years = dict(counted)
    if "year" in wanted:
        pieces = pieces.in_year(wanted["year"])
    return Listing(pieces.newest_first(), choices, years, wanted)


def list_context(
    request: HttpRequest, listing: Listing, place: Place | None = None
) -> dict[str, Any]:
    """What the template of a list needs. Three queries."""
    addresses = Addresses.of_request(request)
    path, page = request.path, listing.page(request.GET.get("page"))
    pieces = list(page.object_list) if listing.total else []
    subjects = SubjectIndex.read([piece.pk for piece in pieces])
    cards: list[Card] = make_cards(request, pieces, subjects, place)
    number = str(page.number) if page.number > 1 else ""
    return {
        "cards": cards,
        "page_obj": page,
        "total": listing.total,
        "filters": listing.filters(path),
        "wanted": listing.wanted,
        "page_links": page_links(page, path, listing.wanted),
        "feed_url": address(f"{path}feed/", listing.wanted),
        "canonical": addresses.absolute(address(path, listing.wanted, page=number)),
    }


def page_links(page: PageOfList[ContentPage], path: str, wanted: dict[str, str]) -> list[Link]:
    """Links to the pages of a list; a gap has no address. None where there is one page only."""
    if not page.has_other_pages():
        return []
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [page_link(number, page.number, path, wanted) for number in numbers]


def page_link(number: int | str, now: int, path: str, wanted: dict[str, str]) -> Link:
    if not isinstance(number, int):
        return Link("…", "")
    asked = str(number) if number > 1 else ""
    return Link(str(number), address(path, wanted, page=asked), current=number == now)
