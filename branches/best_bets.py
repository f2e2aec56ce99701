"""What a query names outright of a branch: the branch itself, or one of its doors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from branches import doors
from branches.models import BranchPage, Service
from branches.naming import branches_named, read
from branches.routing import is_restricted
from branches.rows import BranchRow, branch_rows
from branches.sections import all_sections, section_at
from branches.templatetags.telephone import dialled
from search.languages import main_language
from search.registry import Hit

#: Branches may share a name: 通化 is a city and a county.
MOST_PLACES = 2
#: The slug of the section of services.
SERVICES = "services"


def best_bets(query: str, language: str, frame: str) -> list[Hit]:
    """What `query` names: of the branch that it names too, else of the one with the slug `frame`,
    else of the province. Two queries for a branch, up to two more for its doors."""
    branches = [row for row in branch_rows() if not row.is_closed]
    if named := branches_named(query, branches):
        return [branch_hit(page, language) for page in pages_of(named, language)]
    asked = doors.read(query)
    places = places_of(asked.place, branches, frame) if asked.doors else []
    pages = pages_of(places[:MOST_PLACES], language) if places else []
    return [hit for page in pages for hit in hits_at(page, asked.doors, language)]


def places_of(place: str, branches: list[BranchRow], frame: str) -> list[BranchRow]:
    """The branches that `place` names; where it says nothing, the one that is searched in. None
    where it says something else."""
    if read(place).text:
        return branches_named(place, branches)
    framing = [branch for branch in branches if branch.slug == frame]
    return framing or [branch for branch in branches if branch.parent_id is None]


def pages_of(branches: Iterable[BranchRow], language: str) -> list[BranchPage]:
    """The public page of each of `branches`, the highest first: in `language`, or in the main one
    where there is none in that."""
    languages = (language, main_language())
    readable = BranchPage.objects.readable()
    found = readable.filter(
        branch__in=[row.pk for row in branches], locale__language_code__in=languages
    )
    best: dict[int, BranchPage] = {}
    for page in found.select_related("branch", "locale").order_by("depth", "branch__code"):
        if page.locale.language_code == language or page.branch_id not in best:
            best[page.branch_id] = page
    return list(best.values())


def hits_at(page: BranchPage, meant: Iterable[doors.Door], language: str) -> Iterator[Hit]:
    """The doors that are `meant`, as far as the branch of `page` has them."""
    names = [door.name for door in meant]
    if doors.CONTACT in names:
        yield branch_hit(page, language)
    if kinds := [name for name in names if name in Service.Kind.values]:
        yield from service_hits(page, kinds, language)
    for section in all_sections():
        if section.slug in names and (found := section_page(page, section.slug)):
            yield hit_below(page, language, title=section.title_in(language), url=found.url)


def branch_hit(page: BranchPage, language: str) -> Hit:
    branch = page.branch
    return Hit(
        title=branch.name_in(language),
        url=page.url,
        kind=gettext("红十字会"),
        text=branch.address,
        phone=branch.phone,
        dialled=dialled(branch.phone),
        language=other_language(page, language),
    )


def service_hits(page: BranchPage, kinds: Collection[str], language: str) -> Iterator[Hit]:
    """What is offered of these `kinds`."""
    below = section_page(page, SERVICES)
    if below is None:
        return
    for service in Service.objects.offered_to(page.branch, page.locale):
        if service.kind in kinds:
            yield service_hit(page, below, service, language)


def service_hit(page: BranchPage, below: Page, service: Service, language: str) -> Hit:
    """`service` on the page `below`, with the telephone to ask at. What it says in another
    language than that page is left out."""
    phone = service.phone or page.branch.phone
    return hit_below(
        page,
        language,
        title=service.title_in(language),
        url=f"{below.url}#{service.kind}",
        kind=section_at(SERVICES).title_in(language),
        text=service.lead if service.locale_id == page.locale_id else "",
        phone=phone,
        dialled=dialled(phone),
    )


def section_page(page: BranchPage, slug: str) -> Page | None:
    """The section below `page`, if it is public."""
    below = Page.objects.child_of(page).live().exclude(is_restricted())
    return below.filter(slug=slug).first()


def hit_below(page: BranchPage, language: str, **values: Any) -> Hit:
    """A hit for something that stands below `page`."""
    name, other = page.branch.short_name, other_language(page, language)
    return Hit(branch_name=name, language=other, **values)


def other_language(page: BranchPage, language: str) -> str:
    """The code of the language of `page`, where that is not `language`."""
    code: str = page.locale.language_code
    return code if code != language else ""
