"""What of the admin somebody may reach, asked before any of its views runs.

Wagtail's views each ask for the right to what they do, but not all ask for the right to see:
the explorer shows the title of any page below a common ancestor, choosers and reports those of
every draft. So what lies outside somebody's scope is not found at all, whatever the view.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import policy_registry

from branches.models import BranchDocument, BranchImage
from branches.permissions import scope_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from branches.models import User

#: Nobody needs these: groups, collections and the review are made by `branches.provisioning`
#: and `branches.workflow`, and a hand that changes them opens doors around the review.
#: wagtail-localize publishes by itself, copies and makes aliases. Tags are shown to everybody.
#: Wagtail's counters of searches are not used, see `search.statistics`.
#: A text is decided where it is read (`branches.review_queue`), not from elsewhere.
CLOSED = (
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_tag_",
    "wagtailadmin_collections:",
    "wagtailadmin_workflows:",
    "wagtailusers_groups:",
    "wagtail_localize:",
    "wagtailsearchpromotions:chooser",
    "wagtailsearchpromotions:search_terms",
)
CLOSED_BULK_ACTIONS = ("add_tags", "assign_role")
#: These name drafts and people of the whole province.
PROVINCIAL = ("wagtailadmin_reports:",)
#: Exceptions to the above, for everybody.
OPEN = frozenset({"wagtail_localize:javascript_catalog"})
FILES: dict[tuple[str, str], Any] = {
    ("branches", "branchimage"): BranchImage,
    ("branches", "branchdocument"): BranchDocument,
}
#: The greatest primary key that a database can be asked for.
GREATEST = 2**63 - 1
#: Arguments of addresses that hold the primary key of a page.
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")


@dataclass(frozen=True)
class PageScope:
    """The pages that somebody may know of in the admin, by their tree paths.

    :param own: paths of the pages that are granted; all below them belongs to it.
    :param everywhere: an administrator, whom grants do not limit.
    """

    own: tuple[str, ...] = ()
    everywhere: bool = False

    def holds(self, path: str) -> bool:
        return self.everywhere or path.startswith(self.own or ("-",))

    def leads_to(self, path: str) -> bool:
        """Whether the page at `path` is in scope, or above what is, so that one can get there."""
        return self.holds(path) or any(own.startswith(path) for own in self.own)

    def filter(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Those of `pages` that :meth:`leads_to` allows."""
        if self.everywhere:
            return pages
        allowed = Q(path__in=self.above())
        for own in self.own:
            allowed |= Q(path__startswith=own)
        return pages.filter(allowed)

    def above(self) -> set[str]:
        step = Page.steplen
        return {own[:end] for own in self.own for end in range(step, len(own), step)}


def page_scope(user: User | AnonymousUser) -> PageScope:
    grants = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    own = sorted({grant.page.path for grant in grants})
    return PageScope(tuple(own), everywhere=user.is_active and user.is_superuser)


def check(request: HttpRequest, view_name: str, arguments: dict[str, Any]) -> None:
    """Http404 where the user of `request` may not reach the admin view `view_name` so."""
    if view_name.startswith(CLOSED) and view_name not in OPEN:
        raise Http404
    check_size(arguments.values())
    if view_name == "wagtail_bulk_action":
        check_bulk_action(request, **arguments)
    if view_name.startswith(PROVINCIAL) and not scope_of(request.user).is_provincial:
        raise Http404
    keys = {arguments[name] for name in PAGE_ARGUMENTS if name in arguments}
    if view_name == "wagtailadmin_pages:revisions_compare":
        keys.add(arguments["pk"])
    if view_name == "wagtailadmin_choose_page_chosen_multiple":
        keys.update(key for key in request.GET.getlist("id") if key.isdecimal())
    check_pages(request.user, keys)


def check_size(keys: Iterable[Any]) -> None:
    """Http404 where there cannot be a row for one of `keys`, which a database refuses to seek."""
    if any(str(key).isdecimal() and (len(str(key)) > 19 or int(key) > GREATEST) for key in keys):
        raise Http404


def check_bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> None:
    """Http404 for tags and groups, and for what lies outside the user's scope.

    (Wagtail answers with the titles of what the user may not touch.)
    """
    keys = set(request.GET.getlist("id"))
    everything, keys = "all" in keys, keys - {"all"}
    if action in CLOSED_BULK_ACTIONS or not all(key.isdecimal() for key in keys):
        raise Http404
    check_size(keys)
    if (app_label, model_name) == ("wagtailcore", "page"):
        check_pages(request.user, keys)
        if everything:
            check_below(request.user, request.GET.get("childOf"))
    if (model := FILES.get((app_label, model_name))) is not None:
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_permission_for(request.user, "choose")
        if model.objects.filter(pk__in=keys).exclude(pk__in=mine.values("pk")).exists():
            raise Http404


def check_pages(user: User | AnonymousUser, keys: set[Any]) -> None:
    """Http404 where one of the pages with the primary keys `keys` is outside the user's scope."""
    if not keys:
        return
    check_size(keys)
    scope = page_scope(user)
    paths = Page.objects.filter(pk__in=keys).values_list("path", flat=True)
    if not all(scope.leads_to(path) for path in paths):
        raise Http404


def check_below(user: User | AnonymousUser, parent: str | None) -> None:
    """Http404 unless all below the page `parent`, or all pages if None, are in the user's scope."""
    path = ""
    if parent is not None:
        if not parent.isdecimal():
            raise Http404
        check_size([parent])
        path = get_object_or_404(Page, pk=parent).path
    if not page_scope(user).holds(path):
        raise Http404


def choosable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """What page choosers offer: live pages of the user's scope, and those that lead there."""
    return page_scope(request.user).filter(pages.filter(live=True))
