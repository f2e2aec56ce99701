"""No address of the admin lets in who has nothing to do with a page or a file.

The addresses are taken from the URL configuration, so that a view that is new in Wagtail or
in one of our apps cannot slip in unnoticed: it has to hold, or to be named here with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page, Revision, TaskState, WorkflowState

from branches.models import BranchDocument, BranchImage, User
from stories.models import StoryPage
from tests.branches.scene import SECRET, Scene, WithPlainErrors, make_scene
from tests.factories import section

#: Addresses (or beginnings of their names) whose arguments name nothing of a branch, and why.
NOTHING_OF_A_BRANCH = {
    "wagtailadmin_password_reset_confirm": "the own password",
    "wagtailadmin_editing_sessions:release": "ends the own sessions only",
    "wagtailadmin_pages:choose_parent": "leads to the own section; see test_permissions_listings",
    "wagtailadmin_pages:type_use": "a listing; see test_permissions_listings",
    "wagtailadmin_tag_model_autocomplete": "a listing; see test_permissions_listings",
    "search_picks": "picks of the province; see tests/search/test_promotions.py",
    "wagtailsearchpromotions:": "leads there too",
    "wagtailsnippets_": "see the tests of each snippet",
    "wagtailsettings:": "settings of the whole site; see test_permissions_listings",
}


def admin_patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every named address below ``/admin/``, with namespaces."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern) == "admin/":
            yield from patterns(entry)


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}", entry


@dataclass(frozen=True)
class Address:
    name: str
    arguments: frozenset[str]

    @property
    def names_nothing_of_a_branch(self) -> bool:
        return not self.arguments or self.name.startswith(tuple(NOTHING_OF_A_BRANCH))

    def filled(self, values: dict[str, Any]) -> str:
        """The address, with what stands for `pk` where only the name says whose key it is."""
        return reverse(
            self.name, kwargs={name: self.value(name, values) for name in self.arguments}
        )

    def value(self, argument: str, values: dict[str, Any]) -> Any:
        if argument != "pk":
            return values[argument]
        for part in ("images", "documents", "docs", "collections", "pages", "users", "groups"):
            if part in self.name:
                return values[part]
        return 1


def addresses() -> list[Address]:
    found = {
        Address(name, frozenset(pattern.pattern.regex.groupindex))
        for name, pattern in admin_patterns()
    }
    return sorted(found, key=lambda address: (address.name, sorted(address.arguments)))


def arguments_for(scene: Scene, page: StoryPage) -> dict[str, Any]:
    """A value for every argument of every address, all of which belong to the other county."""
    theirs = scene.theirs
    parent = section(theirs.branch).pk
    image, document = theirs.image.pk, theirs.document.pk
    return {
        "page_id": page.pk,
        "page_pk": page.pk,
        "page_to_move_id": page.pk,
        "object_id": page.pk,
        "pages": page.pk,
        "parent_page_id": parent,
        "destination_id": parent,
        "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_id": theirs.step.task_id,
        "task_state_id": theirs.step.pk,
        "state_id": theirs.step.pk,
        "workflow_state_id": theirs.review.pk,
        "workflow_pk": theirs.review.workflow_id,
        "action_name": "approve",
        "action": "delete",
        "app_label": "stories",
        "model_name": "storypage",
        "content_type_app_name": "stories",
        "content_type_model_name": "storypage",
        "session_id": 1,
        "images": image,
        "image_id": image,
        "filter_spec": "width-100",
        "documents": document,
        "docs": document,
        "document_id": document,
        "doc_id": document,
        "uploaded_file_id": 1,
        "collections": theirs.branch.media_collection_id,
        "collection_id": theirs.branch.media_collection_id,
        "users": theirs.editor.pk,
        "groups": theirs.branch.editors_id,
        "redirect_id": 1,
        "translation_id": 1,
        "translation_source_id": 1,
        "string_segment_id": 1,
        "overridable_segment_id": 1,
        "mode": "form",
        "branch_id": theirs.branch.pk,
        "language": "zh-hans",
        "user_id": theirs.editor.pk,
        "membership_id": theirs.editor.memberships.get().pk,
    }


def is_refused(response: HttpResponseBase) -> bool:
    """Not found, forbidden, or sent to the sign-in or home, where Wagtail sends the uninvited."""
    if response.status_code in (301, 302):
        return response["Location"].split("?")[0] in ("/admin/", "/admin/login/")
    return response.status_code in (403, 404, 405)


def text_of(response: HttpResponseBase) -> str:
    if response.streaming:
        return ""
    return response.content.decode("utf-8", "replace")  # type: ignore[attr-defined]


CHANGEABLE: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Page, ("title", "draft_title", "live", "path", "locked", "latest_revision", "slug")),
    (Revision, ("content", "approved_go_live_at", "user")),
    (BranchImage, ("title", "file", "collection")),
    (BranchDocument, ("title", "file", "collection")),
    (TaskState, ("status", "finished_by")),
    (WorkflowState, ("status", "current_task_state")),
    (User, ("username", "is_active", "is_superuser")),
)


def state_of_things() -> dict[str, Any]:
    """Everything that an outsider could have changed."""
    return {
        model.__name__: {
            row["pk"]: row for row in model.objects.order_by("pk").values("pk", *names)
        }
        for model, names in CHANGEABLE
    }


class Addresses(WithPlainErrors):
    scene: Scene

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = make_scene()

    def test_every_address_is_known(self) -> None:
        values = arguments_for(self.scene, self.scene.theirs.draft)
        unknown = [
            f"{address.name}: {sorted(address.arguments - {'pk', *values})}"
            for address in addresses()
            if not address.names_nothing_of_a_branch and address.arguments - {"pk", *values}
        ]
        assert not unknown, "New addresses: give their arguments a value in `arguments_for`."

    def test_outsiders_are_refused_at_every_address(self) -> None:
        before = state_of_things()
        leaks = []
        for who in (
            "editor of a county",
            "editor of the city above",
            "member of two other branches",
        ):
            client = Client()
            client.force_login(self.scene.outsiders[who])
            leaks += [f"{who}: {leak}" for leak in self.leaks_to(client, self.scene.theirs.draft)]
        assert not leaks, "\n".join(leaks)
        assert state_of_things() == before

    def test_nobody_is_let_in_to_what_waits_is_scheduled_or_changed(self) -> None:
        client = Client()
        client.force_login(self.scene.outsiders["editor of the city above"])
        theirs = self.scene.theirs
        pieces = (theirs.live, theirs.submitted, theirs.scheduled)
        before = state_of_things()
        leaks = [
            leak for page in pieces for leak in self.leaks_to(client, page, of_pages_only=True)
        ]
        assert not leaks, "\n".join(leaks)
        assert state_of_things() == before

    def leaks_to(
        self, client: Client, page: StoryPage, *, of_pages_only: bool = False
    ) -> Iterator[str]:
        values = arguments_for(self.scene, page)
        for address in addresses():
            if address.names_nothing_of_a_branch:
                continue
            if of_pages_only and "page_id" not in address.arguments:
                continue
            url = address.filled(values)
            for method in ("get", "post"):
                response = getattr(client, method)(url)
                if not is_refused(response) or SECRET in text_of(response):
                    yield f"{method} {address.name} {url} {response.status_code}"

    def test_an_own_page_is_no_way_to_what_belongs_to_theirs(self) -> None:
        """The page is the visitor's own, the revision, step or review that of the other county."""
        client = Client()
        client.force_login(self.scene.outsiders["editor of a county"])
        theirs = arguments_for(self.scene, self.scene.theirs.submitted)
        mine = dict.fromkeys(("page_id", "page_to_move_id", "pages"), self.scene.mine.pk)
        before = state_of_things()
        leaks = []
        for address in addresses():
            if address.names_nothing_of_a_branch or not address.arguments & {"page_id", "pk"}:
                continue
            if not address.arguments & {
                "revision_id",
                "task_state_id",
                "workflow_state_id",
                "task_id",
            }:
                continue
            response = client.get(address.filled(theirs | mine))
            posted = client.post(address.filled(theirs | mine))
            if SECRET in text_of(response) or SECRET in text_of(posted):
                leaks.append(address.name)
        assert not leaks
        assert state_of_things() == before

    def test_who_may_is_not_refused(self) -> None:
        """The guard: were everything refused to everybody, the tests above would say nothing."""
        client = Client(raise_request_exception=False)
        client.force_login(self.scene.city_reviewer)
        values = arguments_for(self.scene, self.scene.theirs.draft)
        open_to_them = {
            address.name
            for address in addresses()
            if not address.names_nothing_of_a_branch
            and client.get(address.filled(values)).status_code == 200
        }
        assert open_to_them >= {
            "wagtailadmin_explore",
            "wagtailadmin_explore_results",
            "wagtailadmin_api:pages:detail",
            "wagtailadmin_api:images:detail",
            "wagtailadmin_api:documents:detail",
            "wagtailadmin_choose_page_child",
            "wagtailadmin_pages:add",
            "wagtailadmin_pages:copy",
            "wagtailadmin_pages:delete",
            "wagtailadmin_pages:edit",
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:history_results",
            "wagtailadmin_pages:move",
            "wagtailadmin_pages:revisions_compare",
            "wagtailadmin_pages:revisions_revert",
            "wagtailadmin_pages:revisions_view",
            "wagtailadmin_pages:usage",
            "wagtailadmin_pages:view_draft",
            "wagtailadmin_pages:workflow_history",
            "wagtailimages:edit",
            "wagtailimages:delete",
            "wagtailimages:preview",
            "wagtailimages:image_usage",
            "wagtailimages_chooser:chosen",
            "wagtailimages_chooser:select_format",
            "wagtaildocs:edit",
            "wagtaildocs:delete",
            "wagtaildocs:document_usage",
            "wagtaildocs_chooser:chosen",
        }
