"""Finds a branch: all of them by prefecture, or those whose name somebody types."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from branches.models import Branch, BranchPage
from branches.routing import Addresses
from stories.cards import Link


@dataclass(frozen=True)
class Prefecture:
    """A branch that reports to the province, with those that report to it.

    ``note`` of each link holds what somebody may type to find it: pinyin and initials.
    """

    link: Link
    counties: list[Link]


def read_finder(request: HttpRequest) -> list[Prefecture]:
    """All open branches below the province, in the language of the address. One query."""
    addresses = Addresses.of_request(request)
    below = defaultdict(list)
    for page in branch_pages(request):
        below[page.branch.parent_id].append(page)
    cities = sorted(below.get(province_of(below), []), key=lambda p: is_single(p, below))
    return [
        Prefecture(
            branch_link(city, addresses),
            [branch_link(county, addresses) for county in below.get(city.branch_id, [])],
        )
        for city in cities
    ]


def branch_pages(request: HttpRequest) -> list[BranchPage]:
    """The page of every open branch in the language of the address, in order of codes."""
    language = request.LANGUAGE_CODE
    pages = BranchPage.objects.readable().filter(
        locale__language_code=language, branch__status=Branch.Status.OPEN
    )
    fields = [f"branch__{name}" for name in ("name", "names", "division", "pinyin", "level")]
    return list(
        pages.select_related("branch")
        .only("url_path", "branch__parent", *fields)
        .order_by("branch__code")
    )


def province_of(below: dict[int | None, list[BranchPage]]) -> int | None:
    top = below.get(None)
    return top[0].branch_id if top else None


def is_single(page: BranchPage, below: dict[int | None, list[BranchPage]]) -> bool:
    """Whether it is a county that reports to the province itself; those stand last."""
    return page.branch.level == Branch.Level.COUNTY and page.branch_id not in below


def branch_link(page: BranchPage, addresses: Addresses) -> Link:
    branch = page.branch
    return Link(branch.short_name, addresses.of(page.url_path), note=branch.pinyin.strip())


def find_branches(request: HttpRequest, text: str) -> list[Link]:
    """Branches whose name, pinyin or initials begin or contain `text`; closed ones say so."""
    if not text.strip():
        return []
    addresses = Addresses.of_request(request)
    language = request.LANGUAGE_CODE
    pages = BranchPage.objects.readable().filter(
        branch__in=Branch.objects.named_like(text), locale__language_code=language
    )
    return [
        Link(
            page.branch.local_name,
            addresses.of(page.url_path),
            note=str(_("已撤并")) if page.branch.is_closed else "",
        )
        for page in pages.select_related("branch").order_by("branch__code")
    ]
