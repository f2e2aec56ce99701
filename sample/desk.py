"""The people of the sample site, and what lies on their desks: a draft, a submission, a return."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Locale

from branches.models import Branch, Membership, User
from sample.markup import parse
from sample.texts import read_accounts, read_desk
from stories.models import StoryPage, StorySection, Topic


@transaction.atomic
def load_accounts() -> dict[str, User]:
    """Make the sample accounts that are missing. Returns all of them by user name."""
    return {account["username"]: load_account(account) for account in read_accounts()}


def load_account(account: dict[str, str]) -> User:
    user = User.objects.filter(username=account["username"]).first()
    if user is None:
        user = User.objects.create_user(
            account["username"],
            email=f"{account['username']}@example.org",
            password=account["password"],
            last_name=account["family_name"],
            first_name=account["given_name"],
        )
    Membership.objects.get_or_create(
        user=user,
        branch=Branch.objects.get(code=account["branch"]),
        role=account["membership"],
    )
    return user


def load_desk(users: dict[str, User]) -> None:
    """Lay the pieces of ``_desk.toml`` on the desk of the county's editor."""
    for item in read_desk():
        lay(item, users["xianji"], users["shiji"])


@transaction.atomic
def lay(item: dict[str, Any], editor: User, reviewer: User) -> None:
    branch = Branch.objects.get(memberships__user=editor)
    section = StorySection.objects.get(branch=branch, locale=Locale.get_default())
    if StoryPage.objects.child_of(section).filter(title=item["title"]).exists():
        return
    page = StoryPage(
        title=item["title"],
        summary=item["summary"],
        body=parse(item["text"], lambda *_args: None),
        owner=editor,
        live=False,
    )
    section.add_child(instance=page)
    page.topics.set(Topic.objects.filter(slug__in=item["topics"]))
    page.save()
    page.save_revision(user=editor, clean=False)
    if item["state"] == "draft":
        return
    page.get_workflow().start(page, editor)
    if item["state"] == "returned":
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, reviewer, "reject", comment=item["comment"])
