"""What follows a change: groups follow memberships, a moved page its new branch."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.search import index
from wagtail.signals import page_published, page_unpublished, post_page_move

from branches.media import publicity_follows
from branches.models import Branch, BranchDocument, BranchImage, BranchTreePage, Membership, User
from branches.models.media import PublicOnceUsed
from branches.suggestions import follow_branch, follow_branch_page


def join_group(instance: Membership, **kwargs: Any) -> None:
    if group := group_of(instance):
        instance.user.groups.add(group)


def leave_group(instance: Membership, **kwargs: Any) -> None:
    if group := group_of(instance):
        instance.user.groups.remove(group)


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


def follow_publicity(instance: Page, **kwargs: Any) -> None:
    publicity_follows(instance)


def keep_what_is_public(instance: PublicOnceUsed, **kwargs: Any) -> None:
    """A public file is not deleted under the page that shows it. PermissionDenied."""
    if instance.is_public:
        raise PermissionDenied(_("已经公开的文件不能删除，请先把用到它的稿件下线。"))


def connect() -> None:
    pre_save.connect(leave_former_group, sender=Membership)
    post_save.connect(join_group, sender=Membership)
    post_delete.connect(leave_group, sender=Membership)
    for signal in (post_save, post_delete):
        signal.connect(remember_branch, sender=Membership)
    post_page_move.connect(follow_move)
    post_save.connect(follow_branch, sender=Branch)
    page_published.connect(follow_branch_page)
    page_published.connect(follow_publicity)
    page_unpublished.connect(follow_publicity)
    pre_delete.connect(keep_what_is_public, sender=BranchImage)
    pre_delete.connect(keep_what_is_public, sender=BranchDocument)
