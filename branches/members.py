"""Who may say who works for a branch.

A reviewer of a city does so for the city and its counties, a provincial moderator for all;
reviewers of a county for nobody. Nobody changes the own memberships, and nobody but an
administrator touches an administrator, so nobody can raise the own rights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from branches.models import Branch, Membership, User
from branches.permissions import Scope, scope_of
from search.folding import fold

if TYPE_CHECKING:
    from branches.querysets import BranchQuerySet

JOIN = "branches.join"
LEAVE = "branches.leave"
PASSWORD_LINK = "branches.password_link"  # noqa: S105  # the name of an action
ACTIVATE = "branches.activate"
DEACTIVATE = "branches.deactivate"


def people_like(text: str) -> list[int]:
    """The keys of the users whose user name, e-mail address or name, family name first, has `text`.

    All names are read, some hundred in a province: no database tells 張 from 张 as a search does.
    """
    wanted = "".join(fold(text).split())
    users = User.objects.values_list("pk", "username", "email", "last_name", "first_name")
    return [
        pk
        for pk, username, email, last_name, first_name in users
        if any(
            wanted in "".join(fold(each).split())
            for each in (username, email, last_name + first_name)
        )
    ]


def manages_members(user: User) -> bool:
    scope = scope_of(user)
    return scope.is_provincial or bool(lineages_of_cities(scope))


def lineages_of_cities(scope: Scope) -> list[str]:
    """Lineages of the cities for which the user reviews."""
    found = Branch.objects.filter(lineage__in=scope.reviews, level=Branch.Level.CITY)
    return list(found.values_list("lineage", flat=True)) if scope.reviews else []


def managed_branches(user: User) -> BranchQuerySet:
    """The branches whose members `user` manages."""
    scope = scope_of(user)
    if scope.is_provincial:
        return Branch.objects.all()
    within = Q(pk=None)
    for lineage in lineages_of_cities(scope):
        within |= Q(lineage__startswith=lineage)
    return Branch.objects.filter(within)


def may_change_membership(manager: User, membership: Membership) -> bool:
    """Whether `manager` may end `membership`."""
    return may_touch(manager, membership.user) and (
        managed_branches(manager).filter(pk=membership.branch_id).exists()
    )


def may_touch(manager: User, person: User) -> bool:
    """Nobody changes the own rights, and administrators only each other's."""
    return manager != person and (manager.is_superuser or not person.is_superuser)


def may_enlist(manager: User, person: User) -> bool:
    """Whether `manager` may give `person`, who has an account, one more duty.

    Else whoever guesses user names would learn whose they are, and one line of branches could take
    over who has left another: so only who works for one of the branches of `manager`, or worked
    there last, or never worked anywhere. All others are the province's to add.
    """
    if not may_touch(manager, person):
        return False
    managed = managed_branches(manager)
    if person.memberships.exists():
        return person.memberships.filter(branch__in=managed).exists()
    return person.last_branch_id is None or managed.filter(pk=person.last_branch_id).exists()


def may_manage_account(manager: User, person: User) -> bool:
    """Whether `manager` may deactivate `person` or give them a new password.

    That reaches everything that the person may do, so all of it must lie within what the
    manager manages: every membership, and no right that comes from elsewhere.
    """
    if not may_touch(manager, person):
        return False
    if manager.is_superuser:
        return True
    branches = set(person.memberships.values_list("branch_id", flat=True))
    managed = set(managed_branches(manager).values_list("pk", flat=True))
    return bool(branches) and branches <= managed and not has_other_rights(person)


def has_other_rights(person: User) -> bool:
    """Whether `person` has rights that come from no membership."""
    from_memberships = Q(edits_for__isnull=False) | Q(reviews_for__isnull=False)
    others = Group.objects.filter(user=person).exclude(from_memberships)
    return others.exists() or person.user_permissions.exists()


def facts(membership: Membership) -> dict[str, str]:
    """What is said, and kept in the log, about `membership`."""
    return {
        "who": str(membership.user),
        "branch": membership.branch.name,
        "role": membership.get_role_display(),
    }


@transaction.atomic
def join(membership: Membership, manager: User) -> None:
    """Let the user of `membership` work for its branch."""
    allowed = managed_branches(manager).open().filter(pk=membership.branch_id).exists()
    if not (allowed and may_enlist(manager, membership.user)):
        raise PermissionDenied
    membership.save()
    log(instance=membership.user, action=JOIN, user=manager, data=facts(membership))


@transaction.atomic
def leave(membership: Membership, manager: User) -> None:
    """End `membership`."""
    if not may_change_membership(manager, membership):
        raise PermissionDenied(_("不能改自己的职责，也不能改管理范围以外的成员。"))
    membership.delete()
    log(instance=membership.user, action=LEAVE, user=manager, data=facts(membership))


@transaction.atomic
def switch_account(person: User, manager: User) -> None:
    """Deactivate the account of `person`, or activate it again."""
    check_account(manager, person)
    person.is_active = not person.is_active
    person.save(update_fields=["is_active"])
    log(instance=person, action=ACTIVATE if person.is_active else DEACTIVATE, user=manager)


def check_account(manager: User, person: User) -> None:
    if not may_manage_account(manager, person):
        raise PermissionDenied(_("这个账号在别的分会也有职责，或者不归你管理。"))
