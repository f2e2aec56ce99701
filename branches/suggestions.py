"""Branches, as they are proposed to somebody who types a query, or has mistyped one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from wagtail.models import Page, Site

from branches.models import Branch, BranchPage
from branches.naming import names_of
from branches.routing import Addresses, is_restricted
from branches.rows import branch_rows
from search import suggestions
from search.suggestions import Entry, Source

WEIGHTS = {Branch.Level.PROVINCE: 85, Branch.Level.CITY: 82, Branch.Level.COUNTY: 80}
#: Fields of a branch that matter here.
SHOWN = {"name", "names", "level", "status"}


def addresses_by_language() -> dict[str, Addresses]:
    """What makes addresses, for each language in which the site is open."""
    codes = {root.language_code for root in Site.get_site_root_paths()}
    return {code: Addresses.in_language(code) for code in sorted(codes)}


def branches(references: Collection[str] | None) -> Iterator[Entry]:
    """Open branches, in every language in which they have a site."""
    for language, addresses in addresses_by_language().items():
        pages = BranchPage.objects.live().exclude(is_restricted()).select_related("branch")
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


def follow_branch(
    instance: Branch, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    if update_fields is None or not SHOWN.isdisjoint(update_fields):
        suggestions.update("branch", str(instance.pk))


def follow_branch_page(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BranchPage):
        suggestions.update("branch", str(instance.branch_id))


SOURCE = Source("branch", branches)
