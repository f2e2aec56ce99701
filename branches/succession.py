"""Succession: the texts of a closed branch are in the hands of the branch that it was merged into.

What came back from review, and what was never submitted, needs somebody who can go on with it.
Where the successor was closed later itself, that is the one after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Page

from branches.models import Branch, BranchPage, Membership

if TYPE_CHECKING:
    from branches.models import User


def heir_of(branch: Branch) -> Branch | None:
    """The open branch that goes on with the texts of the closed `branch`."""
    seen = {branch.pk}
    heir = branch.successor
    while heir is not None and heir.is_closed and heir.pk not in seen:
        seen.add(heir.pk)
        heir = heir.successor
    return None if heir is None or heir.is_closed else heir


def inherited_by(branches: Iterable[Branch]) -> list[Branch]:
    """The closed branches of which one of `branches` is the heir. (A closed one is of none.)"""
    found: dict[int, Branch] = {}
    wave = [branch.pk for branch in branches if not branch.is_closed]
    while wave:
        closed = Branch.objects.filter(status=Branch.Status.CLOSED, successor__in=wave)
        fresh = {each.pk: each for each in closed.exclude(pk__in=found)}
        found |= fresh
        wave = list(fresh)
    return list(found.values())


def caretakers_of(page: Page) -> QuerySet[User]:
    """The editors who go on with `page` where its branch is closed; nobody where it is open."""
    home = BranchPage.objects.owning(page.path).select_related("branch").first()
    heir = heir_of(home.branch) if home and home.branch.is_closed else None
    duties = Membership.objects.filter(branch=heir, role=Membership.Role.EDITOR)
    return get_user_model().objects.filter(is_active=True, memberships__in=duties)
