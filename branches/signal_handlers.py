"""What follows a change: groups follow memberships, a moved page its new branch."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished, post_page_move

from branches.accounts import end_sessions
from branches.media import publicity_follows
from branches.models import Branch, BranchTreePage, Membership, User
from branches.slug_history import record
from branches.suggestions import follow_branch, follow_branch_page
from branches.workflow import send_on_soon

#: Fields of a page that say where it is found, and whether.
FOUND_BY = {"path", "slug", "url_path", "live"}


def join_group(instance: Membership, **kwargs: Any) -> None:
    if group := group_of(instance):
        instance.user.groups.add(group)


def leave_group(instance: Membership, **kwargs: Any) -> None:
    if group := group_of(instance):
        instance.user.groups.remove(group)


def follow_account(
    instance: User, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Who is deactivated is signed out, and no step waits for them. (Signing in saves the user as
    well.)"""
    if update_fields is None or "is_active" in update_fields:
        send_on_soon()
        if not instance.is_active:
            end_sessions(instance)


def leave_former_group(instance: Membership, **kwargs: Any) -> None:
    """A membership that changes hands or branch takes its group along."""
    former = Membership.objects.filter(pk=instance.pk).select_related("user", "branch").first()
    if former is not None:
        leave_group(former)


def group_of(membership: Membership) -> Any:
    branch: Branch = membership.branch
    is_editor = membership.role == Membership.Role.EDITOR
    return branch.editors if is_editor else branch.reviewers


def remember_branch(instance: Membership, **kwargs: Any) -> None:
    """Keep for which branch somebody worked last; see `members.may_enlist`."""
    User.objects.filter(pk=instance.user_id).update(last_branch=instance.branch_id)
    instance.user.last_branch_id = instance.branch_id


def follow_move(instance: Page, **kwargs: Any) -> None:
    """Give a moved page its new branch, and index it and all below it again."""
    for page in instance.get_descendants(inclusive=True).specific().iterator(chunk_size=200):
        if isinstance(page, BranchTreePage):
            before = page.branch_id
            page.place_in_branch()
            if page.branch_id != before:
                type(page).objects.filter(pk=page.pk).update(branch=page.branch_id)
        index.insert_or_update_object(page)


def remember_slug(
    instance: Any, raw: bool, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Where a page has been found, nothing else ever is. (A move saves a page without its type,
    so this listens to them all.)"""
    is_found_anew = update_fields is None or not FOUND_BY.isdisjoint(update_fields)
    if isinstance(instance, Page) and is_found_anew and not raw:
        record(instance)


def follow_publicity(instance: Page, **kwargs: Any) -> None:
    publicity_follows(instance)


def connect() -> None:
    pre_save.connect(leave_former_group, sender=Membership)
    post_save.connect(join_group, sender=Membership)
    post_delete.connect(leave_group, sender=Membership)
    for change in (post_save, post_delete):
        change.connect(send_on_soon, sender=Membership)
        change.connect(remember_branch, sender=Membership)
    post_save.connect(follow_account, sender=User)
    post_save.connect(remember_slug)
    post_page_move.connect(follow_move)
    post_save.connect(follow_branch, sender=Branch)
    page_published.connect(follow_branch_page)
    page_published.connect(follow_publicity)
    page_unpublished.connect(follow_publicity)
