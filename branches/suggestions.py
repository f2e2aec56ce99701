"""Branches and their doors, proposed to somebody who types a query, or has mistyped one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from branches.doors import Door, vocabulary
from branches.models import Branch, BranchPage, Service
from branches.naming import names_of
from branches.routing import Addresses
from branches.rows import branch_rows
from search import suggestions
from search.suggestions import Entry, Source

WEIGHTS = {Branch.Level.PROVINCE: 85, Branch.Level.CITY: 82, Branch.Level.COUNTY: 80}
WEIGHT_OF_DOORS = 88
#: Fields of a branch that matter here.
SHOWN = {"name", "names", "level", "status"}


def addresses_by_language() -> dict[str, Addresses]:
    """What makes addresses, for each language in which the site is open."""
    codes = {root.language_code for root in Site.get_site_root_paths()}
    return {code: Addresses.in_language(code) for code in sorted(codes)}


def branches(references: Collection[str] | None) -> Iterator[Entry]:
    """Open branches, in every language in which they have a site."""
    for language, addresses in addresses_by_language().items():
        pages = BranchPage.objects.readable().select_related("branch")
        pages = pages.filter(locale__language_code=language, branch__in=Branch.objects.open())
        if references is not None:
            pages = pages.filter(branch__in=references)
        for page in pages:
            yield Entry(
                reference=str(page.branch_id),
                language=language,
                text=page.branch.name_in(language),
                url=addresses.of(page.url_path),
                weight=WEIGHTS[page.branch.level],
            )


def short_names() -> Iterator[str]:
    """What open branches are called in Chinese, with their kind and without: 农安县, 农安."""
    for branch in branch_rows():
        if branch.status == Branch.Status.OPEN:
            yield from names_of(branch).chinese


def doors(references: Collection[str] | None) -> Iterator[Entry]:
    """What people write who want a door. Each is searched for, and not an address, so that from
    the box of a branch the door of that branch is found."""
    for language in addresses_by_language():
        for door in open_doors():
            for number, text in enumerate(door.proposed.get(language, ())):
                reference = f"{door.name} {number}"
                if references is None or reference in references:
                    yield Entry(
                        reference=reference, language=language, text=text, weight=WEIGHT_OF_DOORS
                    )


def open_doors() -> list[Door]:
    """All but services that the province offers nowhere."""
    offered = Service.objects.filter(branch__parent=None).values_list("kind", flat=True)
    closed = set(Service.Kind.values).difference(offered)
    return [door for door in vocabulary().doors if door.name not in closed]


def follow_branch(
    instance: Branch, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    if update_fields is None or not SHOWN.isdisjoint(update_fields):
        suggestions.update("branch", str(instance.pk))


def follow_branch_page(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BranchPage):
        suggestions.update("branch", str(instance.branch_id))


SOURCES = (Source("branch", branches), Source("door", doors, _("我能做什么")))
