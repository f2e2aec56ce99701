"""Who may do what, in one place: the table of ``docs/decisions/0003-permissions.md``.

Memberships are the source. Wagtail's grants (made by `branches.provisioning`) say who may
write where; nobody is granted Wagtail's right to publish. What is more than writing, that is
reviewing, taking offline and moving, is decided here from the memberships.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.models import Page, PagePermissionTester

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from branches.models import Branch, BranchTreePage, User


#: Values of `Branch.Level`, lowest first. Models import this module, so it imports none of them.
RANK = {"county": 0, "city": 1, "province": 2}


@dataclass(frozen=True)
class Scope:
    """What the memberships of one user reach.

    :param edits: primary keys of the branches for which the user writes.
    :param reviews: lineages of the branches for which the user reviews; those below are in it.
    :param paths: tree paths of the pages of the latter, in every language, with their level.
    :param everywhere: an administrator, whom memberships do not limit.
    """

    edits: frozenset[int] = frozenset()
    reviews: tuple[str, ...] = ()
    paths: tuple[tuple[str, str], ...] = ()
    everywhere: bool = False

    def reviews_page(self, page: Page, level: str = "county") -> bool:
        """Whether the user reviews `page`, for a branch of `level` or of one above it."""
        return self.everywhere or any(
            page.path.startswith(path) and RANK[own_level] >= RANK[level]
            for path, own_level in self.paths
        )

    def reviews_branch(self, branch: Branch) -> bool:
        """Whether `branch` is one for which the user reviews, or below one."""
        return self.everywhere or branch.lineage.startswith(self.reviews or ("-",))

    @property
    def is_provincial(self) -> bool:
        """A provincial moderator, or an administrator."""
        return self.everywhere or any(level == "province" for _path, level in self.paths)

    @property
    def is_reviewer(self) -> bool:
        return self.everywhere or bool(self.reviews)


def scope_of(user: User | AnonymousUser) -> Scope:
    """The scope of `user`, read once per request (it is kept on the user object).

    An inactive or anonymous user has an empty one.
    """
    if not user.is_active or user.is_anonymous:
        return Scope()
    if "_branch_scope" not in user.__dict__:
        user.__dict__["_branch_scope"] = read_scope(user)
    return user.__dict__["_branch_scope"]


def read_scope(user: User) -> Scope:
    from branches.models import BranchPage, Membership

    memberships = list(Membership.objects.filter(user=user).select_related("branch"))
    reviewed = [m.branch for m in memberships if m.role == Membership.Role.REVIEWER]
    pages = BranchPage.objects.filter(branch__in=reviewed)
    return Scope(
        edits=frozenset(m.branch_id for m in memberships if m.role == Membership.Role.EDITOR),
        reviews=tuple(branch.lineage for branch in reviewed),
        paths=tuple(pages.values_list("path", "branch__level")) if reviewed else (),
        everywhere=user.is_superuser,
    )


class BranchPagePermissionTester(PagePermissionTester):
    """What a user may do with a page of a branch tree: every page type, sections included.

    Publishing is nobody's right: the last approval of the workflow publishes, see
    :func:`branches.publishing.publish_approved`. Stock "unpublish" is closed as well, for it
    asks no reason: :meth:`can_take_offline` opens the view that does.
    """

    page: BranchTreePage
    user: User

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.user)

    @cached_property
    def page_class(self) -> type[BranchTreePage]:
        return self.page.specific_class

    def reviews(self) -> bool:
        return self.user.is_active and self.scope.reviews_page(self.page)

    def can_see(self) -> bool:
        """Whether drafts, history and use of the page are any of the user's business."""
        return self.user.is_active and (
            self.reviews() or bool({"add", "change"} & getattr(self, "permissions", set()))
        )

    def can_edit(self) -> bool:
        return self.page_class.has_text and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Drafts only: what is public is taken offline first; what was, reviewers delete."""
        if self.page_class.made_by_provisioning or self.page.live or self.page_locked():
            return False
        if self.page.first_published_at and not self.reviews():
            return False
        return super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_take_offline(self) -> bool:
        return self.page.live and not self.page_class.made_by_provisioning and self.reviews()

    def can_unschedule(self) -> bool:
        return self.reviews()

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()

    def can_move(self) -> bool:
        return (
            not self.page_class.made_by_provisioning
            and self.reviews()
            and not self.page.workflow_in_progress
        )

    def can_move_to(self, destination: Page) -> bool:
        if self.page == destination or not self.can_move():
            return False
        return self.page.specific.can_move_to(destination) and self.scope.reviews_page(destination)

    def can_copy(self) -> bool:
        return not self.page_class.made_by_provisioning and self.can_edit()

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return self.can_copy() and super().can_copy_to(destination, recursive)

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self.can_see()
