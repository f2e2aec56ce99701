"""我的分会: where the CMS opens. What to write, what to go on with, what came back, what is public.

It asks the same number of questions of the database whatever the number of branches and texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, WorkflowState

from branches.admin.branch_states import states_of_branches
from branches.admin.screens import DeskRequest
from branches.descriptions import in_need_of_care
from branches.models import Branch, BranchPage
from branches.offline import reasons
from branches.permissions import scope_of
from branches.publication_window import PublicationWindow, with_windows
from branches.review_queue import waiting_in
from branches.rounds import beginnings
from branches.succession import inherited_by

if TYPE_CHECKING:
    from branches.models.user import User

#: How many texts a list shows at most.
LENGTH = 8


@dataclass(frozen=True)
class WriteButton:
    label: str
    address: str


@dataclass
class Item:
    """A text in a list. `review` is the review in which it is, or from which it came back.

    :param offline: why it is not public any more.
    """

    page: Page
    review: WorkflowState | None = None
    offline: str = ""

    @property
    def kind(self) -> str:
        return str(self.page.specific_class.get_verbose_name())

    @property
    def submitted_at(self) -> datetime | None:
        """When it was submitted last."""
        states = self.review.task_states.all() if self.review else ()
        begun = beginnings(sorted(states, key=lambda state: state.pk))
        return begun[-1] if begun else None

    @property
    def window(self) -> PublicationWindow:
        """That of the latest version."""
        return PublicationWindow.of_latest(self.page)

    @property
    def closing(self) -> str:
        """When the public version goes offline."""
        return PublicationWindow.of(self.page).closing

    @property
    def is_scheduled(self) -> bool:
        """The latest version is approved, and its hour has not come."""
        return self.page.approved_for is not None


@dataclass
class Desk:
    """What one branch has on its desk, in one language."""

    branch: Branch
    locale: Locale
    page: BranchPage
    buttons: list[WriteButton] = field(default_factory=list)
    drafts: list[Item] = field(default_factory=list)
    returned: list[Item] = field(default_factory=list)
    scheduled: list[Item] = field(default_factory=list)
    in_review: list[Item] = field(default_factory=list)
    public: list[Item] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        piles = (self.drafts, self.returned, self.in_review, self.scheduled, self.public)
        return not any(piles)


class DeskPanel(Component):
    """The one panel of the home screen."""

    name = "desk"
    order = 100
    template_name = "branches/admin/desk.html"

    def __init__(self, request: DeskRequest) -> None:
        self.request = request
        self.user = request.user

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        scope = scope_of(self.user)
        waiting = waiting_in(self.request)
        return {
            "user": self.user,
            "desks": self.desks,
            "pictures": in_need_of_care(desk.branch for desk in self.desks)[:LENGTH],
            "several": len(self.desks) > 1,
            "is_reviewer": scope.is_reviewer,
            "waiting": [item for item in waiting if item.is_my_turn][:LENGTH],
            "waiting_below": sum(not item.is_my_turn for item in waiting),
            **(summary_of_branches() if scope.is_provincial else {}),
            "csrf_token": (parent_context or {}).get("csrf_token"),
            "shown": LENGTH,
        }

    @cached_property
    def desks(self) -> list[Desk]:
        return desks_of(self.user)


def panels(request: DeskRequest, found: list[Component]) -> None:
    """Put ours in the place of Wagtail's panels, which show more than one's own branch."""
    found[:] = [DeskPanel(request)]


def summary_of_branches() -> dict[str, Any]:
    """How many branches are open, closed and quiet; and the quiet ones, those longest so first."""
    states = states_of_branches()
    opened = [state for state in states if not state.branch.is_closed]
    quiet = [state for state in opened if state.is_quiet]
    quiet.sort(key=lambda state: (state.latest is not None, state.latest))
    numbers = {"open": len(opened), "closed": len(states) - len(opened), "quiet": len(quiet)}
    return {"summary": numbers, "states": quiet[:LENGTH]}


def desks_of(user: User) -> list[Desk]:
    """A desk for each branch of which `user` is a member, in each language in which it is open;
    and for each closed one whose texts are in the hands of `user` now."""
    scope = scope_of(user)
    left = inherited_by(scope.edits)
    own = Q(branch__in=Branch.objects.filter(memberships__user=user))
    pages = BranchPage.objects.filter(own | Q(branch__in=left))
    pages = pages.select_related("branch__successor", "locale")
    desks = {
        page.path: Desk(page.branch, page.locale, page)
        for page in pages.order_by("branch__code", "locale_id")
    }
    if not desks:
        return []
    in_hand = (
        desk
        for desk in desks.values()
        if not desk.branch.is_closed or desk.branch in left or scope.reviews_branch(desk.branch)
    )
    sections = list(sections_of(in_hand))
    by_section = {section.path: desks[section.path[: -Page.steplen]] for section in sections}
    for section in sections:
        by_section[section.path].buttons += write_buttons(section, by_section[section.path])
    fill(by_section)
    return list(desks.values())


def sections_of(desks: Iterable[Desk]) -> Any:
    """The pages right under those of the desks' branches that are no branches themselves."""
    children = Q(pk=None)
    for desk in desks:
        children |= Q(path__startswith=desk.page.path, depth=desk.page.depth + 1)
    return Page.objects.filter(children).not_exact_type(BranchPage).order_by("path")


def write_buttons(section: Page, desk: Desk) -> list[WriteButton]:
    """One for each type that may be written in `section`; none where the branch is closed."""
    if desk.branch.is_closed:
        return []
    return [
        WriteButton(
            str(model.get_verbose_name()),
            reverse(
                "wagtailadmin_pages:add",
                args=(model._meta.app_label, model._meta.model_name, section.pk),
            ),
        )
        for model in section.specific_class.creatable_subpage_models()
    ]


def fill(by_section: dict[str, Desk]) -> None:
    """Lay on each desk the texts of its sections."""
    texts = texts_below(by_section)
    unfinished = list(texts.filter(Q(live=False) | Q(has_unpublished_changes=True))[:200])
    reviews, why = reviews_of(unfinished), reasons(unfinished)
    for page in unfinished:
        desk, review = desk_of(page, by_section), reviews.get(str(page.pk))
        item = Item(page, review, why.get(page.pk, ""))
        pile(desk, item).append(item)
    for page in latest_public(texts, by_section):
        desk_of(page, by_section).public.append(Item(page))


def texts_below(by_section: dict[str, Desk]) -> Any:
    """Texts in the sections, those changed last first; among the sections, those with a text."""
    within = Q(pk=None)
    for path in by_section:
        within |= Q(path__startswith=path)
    written = with_windows(Page.objects.filter(within).exclude(latest_revision=None))
    written = written.annotate(approved_for=F("latest_revision__approved_go_live_at"))
    return written.order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")


def latest_public(texts: Any, by_section: dict[str, Desk]) -> list[Page]:
    """The texts of each desk that were published last."""
    public = texts.filter(live=True).order_by("-last_published_at", "-pk")
    return list(public[: LENGTH * len({id(desk) for desk in by_section.values()})])


def desk_of(page: Page, by_section: dict[str, Desk]) -> Desk:
    path = page.path
    while path not in by_section:
        path = path[: -Page.steplen]
    return by_section[path]


def pile(desk: Desk, item: Item) -> list[Item]:
    if item.review is None:
        return desk.scheduled if item.is_scheduled else desk.drafts
    returned = item.review.status == WorkflowState.STATUS_NEEDS_CHANGES
    return desk.returned if returned else desk.in_review


def reviews_of(pages: list[Page]) -> dict[str, WorkflowState]:
    """The review that each of `pages` is in, or from which it came back, by the page's key."""
    reviews = WorkflowState.objects.active().filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=[str(page.pk) for page in pages],
    )
    related = ("current_task_state__task", "current_task_state__finished_by", "requested_by")
    found = reviews.select_related(*related).prefetch_related("task_states")
    return {review.object_id: review for review in found}
