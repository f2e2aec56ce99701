"""What happens to a branch: it is added, changed, opened in a language, closed, opened again.

Each is one transaction in which pages, groups and collections follow, and is logged.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from branches.models import Branch, BranchPage
from branches.provisioning import grant_editors, provision
from branches.succession import heir_of
from branches.workflow import skip_steps_without_reviewer

if TYPE_CHECKING:
    from branches.models.user import User

CLOSE = "branches.close"
REOPEN = "branches.reopen"
OPEN_IN_LANGUAGE = "branches.open_in_language"


@transaction.atomic
def add(branch: Branch, user: User) -> None:
    branch.save()
    provision(branch)
    log(instance=branch, action="wagtail.create", user=user)


@transaction.atomic
def change(branch: Branch, user: User) -> None:
    """Save `branch` and carry what is new to its trees, groups and collections."""
    branch.save()
    provision_everywhere(branch)
    log(instance=branch, action="wagtail.edit", user=user)


def provision_everywhere(branch: Branch) -> None:
    """Provision `branch` in every language in which it is open."""
    for page in BranchPage.objects.filter(branch=branch).select_related("locale"):
        provision(branch, page.locale)


@transaction.atomic
def open_in_language(branch: Branch, language: str, user: User) -> None:
    """Make the tree of `branch` in `language` (a code), and those of the branches above it."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    provision(branch, locale)
    log(instance=branch, action=OPEN_IN_LANGUAGE, user=user, data={"language": language})


def may_close(branch: Branch) -> None:
    """ValidationError where `branch` cannot be closed."""
    if branch.level == Branch.Level.PROVINCE:
        raise ValidationError(_("省级红十字会不能撤并。"))
    if Branch.objects.open().below(branch, inclusive=False).exists():
        raise ValidationError(_("它还有开放的下级。请先把下级转到别的上级，或者先撤并下级。"))


@transaction.atomic
def close(branch: Branch, successor: Branch, closed_on: date, user: User) -> None:
    """Close `branch`, which was merged into `successor`.

    What it published stays where it is and says where to go now; what is scheduled appears at its
    hour. Its editors write no more, and no step waits for its reviewers: that goes to the branch
    above. What was returned or is a draft goes to the editors of the successor.
    """
    may_close(branch)
    branch.status = Branch.Status.CLOSED
    branch.successor, branch.closed_on = successor, closed_on
    branch.save()
    provision_everywhere(branch)
    skip_steps_without_reviewer()
    log(instance=branch, action=CLOSE, user=user, data={"successor": successor.name})


@transaction.atomic
def reopen(branch: Branch, user: User) -> None:
    """Open `branch` again: who worked for it does so again, and its successor no more."""
    heir = heir_of(branch)
    branch.status = Branch.Status.OPEN
    branch.successor = branch.closed_on = None
    branch.save()
    provision_everywhere(branch)
    if heir:
        grant_editors(heir)
    log(instance=branch, action=REOPEN, user=user)
