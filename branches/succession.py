"""Succession: the texts of a closed branch are in the hands of the branch that it was merged into.

What came back from review, and what was never submitted, needs somebody who can go on with it.
Where the successor was closed later itself, that is the one after it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Page

from branches.models import Branch, BranchPage, Membership

if TYPE_CHECKING:
    from branches.models import User


def heir_of(branch: Branch) -> Branch | None:
    """The open branch that goes on with the texts of the closed `branch`."""
    closed = {each.pk: each for each in Branch.objects.filter(status=Branch.Status.CLOSED)}
    key = last_of(branch, closed)
    return Branch.objects.get(pk=key) if key else None


def inherited_by(branches: Collection[int]) -> list[Branch]:
    """The closed branches of which one of `branches` (their keys) is the heir, in one query."""
    found = Branch.objects.filter(status=Branch.Status.CLOSED)
    closed = {branch.pk: branch for branch in found}
    return [branch for branch in closed.values() if last_of(branch, closed) in branches]


def last_of(branch: Branch, closed: Mapping[int, Branch]) -> int | None:
    """The key of the open branch at which the successors of `branch` end."""
    seen: set[int] = set()
    key = branch.successor_id
    while key and key in closed and key not in seen:
        seen.add(key)
        key = closed[key].successor_id
    return None if key in seen else key


def caretakers_of(page: Page) -> QuerySet[User]:
    """The editors who go on with `page` where its branch is closed; nobody where it is open."""
    home = BranchPage.objects.owning(page.path).select_related("branch").first()
    heir = heir_of(home.branch) if home and home.branch.is_closed else None
    duties = Membership.objects.filter(branch=heir, role=Membership.Role.EDITOR)
    return get_user_model().objects.filter(is_active=True, memberships__in=duties)
