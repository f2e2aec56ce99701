"""Every door to publishing, one by one: nothing is public without the approval of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, TaskState, WorkflowState

from branches import clock, workflow
from branches.models import BranchPage, BranchTreePage, SectionPage, ServicesPage, User
from stories.models import (
    AboutPage,
    ExplainerSection,
    NewsPage,
    NewsSection,
    StoryPage,
    StorySection,
)
from tests.branches.forms import story_form
from tests.branches.scene import WithPlainErrors, make_locale
from tests.factories import Line, branch_page, make_admin, make_line, make_piece, make_user, section

PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}


class Doors(WithPlainErrors):
    line: Line
    people: dict[str, User]
    draft: StoryPage
    live: StoryPage
    stories: SectionPage

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()
        cls.people = {
            "editor": make_user(cls.line.county),
            "reviewer of the branch": make_user(cls.line.county, "reviewer"),
            "city reviewer": make_user(cls.line.city, "reviewer"),
            "provincial moderator": make_user(cls.line.province, "reviewer"),
            "administrator": make_admin(),
        }
        cls.draft = make_piece(cls.line.county, owner=cls.people["editor"], live=False)
        cls.live = make_piece(cls.line.county, owner=cls.people["editor"], title="公开的题目")
        cls.stories = section(cls.line.county)

    def everybody(self) -> Iterator[Client]:
        """A client for each role, from the editor to the administrator."""
        for user in self.people.values():
            client = Client()
            client.force_login(user)
            yield client

    def client_of(self, role: str) -> Client:
        client = Client()
        client.force_login(self.people[role])
        return client

    def again(self, piece: StoryPage) -> StoryPage:
        return StoryPage.objects.get(pk=piece.pk)

    def live_titles(self) -> set[str]:
        return set(StoryPage.objects.live().values_list("title", flat=True))


class CreatingAndEditing(Doors):
    def test_create_and_publish_makes_a_draft(self) -> None:
        url = f"/admin/pages/add/stories/storypage/{self.stories.pk}/"
        for number, client in enumerate(self.everybody()):
            response = client.post(url, story_form(title=f"新稿{number}") | PUBLISH)
            assert response.status_code == 302, response.content.decode()[:2000]
            assert not StoryPage.objects.get(title=f"新稿{number}").live
        assert self.live_titles() == {"公开的题目"}

    def test_edit_and_publish_saves_a_draft(self) -> None:
        for client in self.everybody():
            for piece in (self.draft, self.live):
                url = f"/admin/pages/{piece.pk}/edit/"
                response = client.post(url, story_form(title="改过的题目") | PUBLISH)
                assert response.status_code == 302
        assert self.live_titles() == {"公开的题目"}
        assert self.again(self.live).draft_title == "改过的题目"

    def test_reverting_and_publishing_saves_a_draft(self) -> None:
        first = self.live.latest_revision
        self.live.title = "第二稿"
        self.live.save_revision(user=self.people["editor"])
        for client in self.everybody():
            url = f"/admin/pages/{self.live.pk}/revisions/{first.pk}/revert/"
            response = client.post(url, story_form(title="退回的题目") | PUBLISH)
            assert response.status_code == 302
        assert self.live_titles() == {"公开的题目"}

    def test_submitting_is_not_publishing(self) -> None:
        client = self.client_of("administrator")
        client.post(f"/admin/pages/{self.draft.pk}/edit/", story_form() | SUBMIT)
        assert self.again(self.draft).workflow_in_progress
        assert not self.again(self.draft).live

    def test_saving_a_draft_by_itself_writes_over_nothing_that_was_read(self) -> None:
        """A change in place would keep the approvals, and forget who made it."""
        moderator = self.people["provincial moderator"]
        self.live.title = "主持人改的"
        published = self.live.save_revision(user=moderator)
        published.publish()
        self.client_of("provincial moderator").post(
            f"/admin/pages/{self.live.pk}/edit/",
            story_form(title="没人看过的", overwrite_revision_id=str(published.pk)),
        )
        published.refresh_from_db()
        assert published.content["title"] == "主持人改的"
        assert moderator.pk in workflow.authors_of(self.again(self.live))

    def test_what_is_under_review_is_not_changed_in_place(self) -> None:
        city = self.people["city reviewer"]
        revision = self.draft.save_revision(user=city)
        workflow_of(self.draft).start(self.draft, self.people["editor"])
        self.client_of("city reviewer").post(
            f"/admin/pages/{self.draft.pk}/edit/",
            story_form(title="没人看过的", overwrite_revision_id=str(revision.pk)),
        )
        revision.refresh_from_db()
        assert revision.content["title"] == self.draft.title
        assert self.again(self.draft).latest_revision.content["title"] == "没人看过的"

    def test_who_saves_a_draft_again_and_again_still_has_one_revision(self) -> None:
        """The guard: what nobody has read yet may be changed in place, as Wagtail does it."""
        revision = self.draft.save_revision(user=self.people["editor"])
        self.client_of("editor").post(
            f"/admin/pages/{self.draft.pk}/edit/",
            story_form(title="接着写", overwrite_revision_id=str(revision.pk)),
        )
        revision.refresh_from_db()
        assert revision.content["title"] == "接着写"


class CopyingAndAliases(Doors):
    def copy(self, client: Client, piece: StoryPage, **values: Any) -> Any:
        data = {
            "new_title": "副本",
            "new_slug": f"copy-{StoryPage.objects.count()}",
            "new_parent_page": self.stories.pk,
            **values,
        }
        return client.post(f"/admin/pages/{piece.pk}/copy/", data)

    def test_a_copy_is_a_draft_whatever_is_asked(self) -> None:
        for client in self.everybody():
            self.copy(client, self.live, publish_copies="on")
        copies = StoryPage.objects.filter(title="副本")
        assert copies.count() >= len(self.people) - 1  # administrators are told why not
        assert not copies.live().exists()

    def test_a_copy_of_what_is_scheduled_is_not_scheduled(self) -> None:
        tomorrow = timezone.now() + timedelta(days=1)
        scheduled = make_piece(self.line.county, title="明天", go_live_at=tomorrow)
        self.copy(self.client_of("editor"), scheduled)
        copied = StoryPage.objects.get(title="副本")
        assert not copied.revisions.filter(approved_go_live_at__isnull=False).exists()
        assert scheduled.revisions.filter(approved_go_live_at__isnull=False).exists()

    def test_nobody_makes_an_alias(self) -> None:
        """An alias follows its origin, also to the public, without a review of its own."""
        for client in self.everybody():
            for piece in (self.draft, self.live):
                self.copy(client, piece, alias="on")
                for action in ("create_alias", "copy_for_translation", "copy"):
                    url = f"/admin/api/main/pages/{piece.pk}/action/{action}/"
                    data = {"destination_page_id": self.stories.pk, "locale": "ko", "alias": True}
                    assert client.post(url, data, "application/json").status_code == 404
        assert not Page.objects.exclude(alias_of=None).exists()

    def test_who_copies_is_the_author_of_the_copy(self) -> None:
        self.copy(self.client_of("reviewer of the branch"), self.draft)
        copied = StoryPage.objects.get(title="副本")
        assert self.people["reviewer of the branch"].pk in workflow.authors_of(copied)


class OtherViews(Doors):
    def test_the_api_does_nothing(self) -> None:
        actions = ("publish", "unpublish", "delete", "move", "copy", "revert_to_page_revision")
        for client in self.everybody():
            for action in (*actions, "convert_alias"):
                for piece in (self.draft, self.live):
                    url = f"/admin/api/main/pages/{piece.pk}/action/{action}/"
                    data = {"destination_page_id": section(self.line.other_county).pk}
                    assert client.post(url, data, "application/json").status_code == 404
        assert self.live_titles() == {"公开的题目"}

    def test_bulk_actions_publish_unpublish_and_delete_nothing_public(self) -> None:
        for client in self.everybody():
            for action in ("publish", "unpublish", "delete"):
                url = f"/admin/bulk/wagtailcore/page/{action}/?id={self.live.pk}"
                client.post(url, {"include_descendants": "on"})
            for page in (self.stories, branch_page(self.line.county)):
                for action in ("publish", "unpublish", "delete"):
                    url = f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}"
                    client.post(url, {"include_descendants": "on"})
            url = f"/admin/bulk/wagtailcore/page/publish/?id={self.draft.pk}"
            client.post(url)
        assert self.live_titles() == {"公开的题目"}
        assert BranchPage.objects.live().count() == 5

    def test_unpublishing_asks_for_a_reason_elsewhere(self) -> None:
        for client in self.everybody():
            client.post(f"/admin/pages/{self.live.pk}/unpublish/")
        assert self.live_titles() == {"公开的题目"}

    def test_what_is_public_is_not_deleted(self) -> None:
        for client in self.everybody():
            client.post(f"/admin/pages/{self.live.pk}/delete/")
        assert self.live_titles() == {"公开的题目"}

    def test_translations_are_not_published_on_the_side(self) -> None:
        make_locale("ko")
        for client in self.everybody():
            url = f"/admin/localize/submit/page/{self.live.pk}/"
            assert client.post(url, {"locales": "ko"}).status_code == 404
        assert not Page.objects.filter(locale__language_code="ko").exists()

    def test_moving_publishes_nothing(self) -> None:
        target = section(self.line.other_county)
        url = f"/admin/pages/{self.draft.pk}/move/{target.pk}/confirm/"
        self.client_of("city reviewer").post(url)
        moved = self.again(self.draft)
        assert moved.is_child_of(target)
        assert not moved.live


class Schedule(Doors):
    def save(self, piece: StoryPage, role: str = "editor", **dates: Any) -> None:
        form = {name: f"{value:%Y-%m-%d %H:%M}" for name, value in dates.items()}
        url = f"/admin/pages/{piece.pk}/edit/"
        assert self.client_of(role).post(url, story_form(**form) | PUBLISH).status_code == 302

    def test_an_hour_that_comes_publishes_nothing_that_is_not_approved(self) -> None:
        for role in self.people:
            self.save(self.draft, role, go_live_at=timezone.localtime() + timedelta(minutes=5))
            assert self.again(self.draft).go_live_at is not None
        StoryPage.objects.filter(pk=self.draft.pk).update(
            go_live_at=timezone.now() - timedelta(hours=1)
        )
        clock.tick()
        assert not self.again(self.draft).live

    def test_an_end_that_is_not_approved_takes_nothing_offline(self) -> None:
        self.save(self.live, expire_at=timezone.localtime() + timedelta(minutes=5))
        assert self.again(self.live).expire_at is None
        latest = self.again(self.live).latest_revision
        latest.content["expire_at"] = "2026-01-01T00:00:00Z"
        latest.save()
        clock.tick()
        assert self.again(self.live).live

    def test_what_is_changed_after_the_approval_is_not_what_appears(self) -> None:
        soon = timezone.now() + timedelta(days=1)
        piece = make_piece(
            self.line.county, title="批准的", go_live_at=soon, owner=self.people["editor"]
        )
        approved = piece.scheduled_revision
        for role in self.people:
            client = self.client_of(role)
            for overwritten in ({}, {"overwrite_revision_id": str(approved.pk)}):
                form = story_form(title="没有批准的", **overwritten) | PUBLISH
                client.post(f"/admin/pages/{piece.pk}/edit/", form)
        past = timezone.now() - timedelta(hours=1)
        approved.refresh_from_db()
        approved.content["go_live_at"] = past.isoformat()
        approved.approved_go_live_at = past
        approved.save()
        clock.tick()
        assert self.again(piece).live
        assert self.again(piece).title == "批准的"

    def test_an_approved_schedule_is_cancelled_by_reviewers_only(self) -> None:
        soon = timezone.now() + timedelta(days=1)
        piece = make_piece(self.line.county, go_live_at=soon, owner=self.people["editor"])
        revision = piece.scheduled_revision
        url = f"/admin/pages/{piece.pk}/revisions/{revision.pk}/unschedule/"
        self.client_of("editor").post(url)
        assert self.again(piece).scheduled_revision
        self.client_of("reviewer of the branch").post(url)
        assert not self.again(piece).scheduled_revision


class Review(Doors):
    def submit(self) -> TaskState:
        workflow_of(self.draft).start(self.draft, self.people["editor"])
        return self.state()

    def state(self) -> TaskState:
        return self.again(self.draft).current_workflow_task_state

    def decide(self, client: Client, state: TaskState, version: str = "") -> int:
        """Approve through every address that takes a decision. Returns the own screen's status."""
        for name in ("action", "collect_action_data"):
            url = f"/admin/pages/workflow/{name}/{self.draft.pk}/approve/{state.pk}/"
            assert client.post(url).status_code == 404
        response = client.get(f"/admin/review/{state.pk}/")
        if not version and response.context and "form" in response.context:
            version = response.context["form"].initial["version"]
        data = {"version": version or "1-1", "action": "approve", "comment": ""}
        return client.post(f"/admin/review/{state.pk}/", data).status_code

    def test_authors_do_not_approve_whatever_they_are(self) -> None:
        for role in ("reviewer of the branch", "city reviewer", "provincial moderator"):
            self.draft.save_revision(user=self.people[role])
        self.draft.save_revision(user=self.people["administrator"])
        state = self.submit()
        for client in self.everybody():
            self.decide(client, state)
            form = story_form(title=self.draft.title)
            action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
            client.post(f"/admin/pages/{self.draft.pk}/edit/", form | action)
            assert not self.again(self.draft).live
        assert self.state().status == TaskState.STATUS_IN_PROGRESS
        assert self.state().task.specific.level == "province"

    def test_nobody_approves_for_a_step_above_the_own(self) -> None:
        self.submit()
        self.decide(self.client_of("reviewer of the branch"), self.state())
        at_the_city = self.state()
        assert at_the_city.task.specific.level == "city"
        self.decide(self.client_of("reviewer of the branch"), at_the_city)
        self.decide(self.client_of("editor"), at_the_city)
        assert self.state() == at_the_city
        self.decide(self.client_of("city reviewer"), at_the_city)
        at_the_province = self.state()
        for role in ("editor", "reviewer of the branch", "city reviewer"):
            self.decide(self.client_of(role), at_the_province)
        assert self.state() == at_the_province
        assert not self.again(self.draft).live
        self.decide(self.client_of("provincial moderator"), at_the_province)
        assert self.again(self.draft).live

    def test_a_decision_that_was_made_is_not_made_again(self) -> None:
        first = self.submit()
        task = first.task.specific
        same = TaskState.objects.get(pk=first.pk)
        task.on_action(first, self.people["reviewer of the branch"], "approve")
        with pytest.raises(PermissionDenied):
            task.on_action(same, self.people["city reviewer"], "approve")
        states = self.draft.workflow_states.get().task_states
        assert states.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1
        assert states.count() == 2

    def test_two_who_finish_at_once_finish_once(self) -> None:
        state = self.submit()
        for role in ("reviewer of the branch", "city reviewer"):
            state.task.specific.on_action(state, self.people[role], "approve")
            state = self.state()
        same = TaskState.objects.get(pk=state.pk)
        state.task.specific.on_action(state, self.people["provincial moderator"], "approve")
        self.draft = self.again(self.draft)
        self.draft.title = "后来改的"
        self.draft.save_revision(user=self.people["editor"])
        with pytest.raises(PermissionDenied):
            same.task.specific.on_action(same, self.people["administrator"], "approve")
        assert self.again(self.draft).title != "后来改的"

    def test_what_is_saved_while_somebody_reads_is_not_approved_unread(self) -> None:
        state = self.submit()
        client = self.client_of("city reviewer")
        version = client.get(f"/admin/review/{state.pk}/").context["form"].initial["version"]
        other = make_user(self.line.city, "reviewer")
        self.draft.title = "读的时候改的"
        self.draft.save_revision(user=other)
        self.decide(client, state, version)
        assert self.state() == state
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS

    def test_a_withdrawn_text_is_not_approved(self) -> None:
        state = self.submit()
        self.draft.workflow_states.get().cancel(user=self.people["editor"])
        for role in ("city reviewer", "administrator"):
            self.decide(self.client_of(role), state)
            with pytest.raises(PermissionDenied):
                state.task.specific.on_action(state, self.people[role], "approve")
        assert self.draft.workflow_states.get().status == WorkflowState.STATUS_CANCELLED
        assert not self.again(self.draft).live


class WhatProvisioningMade(Doors):
    """Sections and branch pages: changed by nobody by address."""

    def made(self) -> list[BranchTreePage]:
        line = self.line
        models = (StorySection, NewsSection, ExplainerSection, ServicesPage)
        return [branch_page(line.county), *(section(line.county, model) for model in models)]

    def test_nobody_edits_moves_copies_or_deletes_them(self) -> None:
        before = list(Page.objects.order_by("path").values_list("pk", "path", "title", "slug"))
        target = branch_page(self.line.other_county)
        for client in self.everybody():
            for page in (*self.made(), section(self.line.county, AboutPage)):
                at = f"/admin/pages/{page.pk}"
                client.post(f"{at}/move/{target.pk}/confirm/")
                client.post(f"{at}/delete/")
                client.post(f"{at}/unpublish/")
                copied = {"new_title": "副本", "new_slug": "x", "new_parent_page": target.pk}
                client.post(f"{at}/copy/", copied)
                client.post(f"{at}/privacy/", {"restriction_type": "login"})
                client.post(f"{at}/lock/")
                client.post(f"/admin/pages/{page.pk}/set_position/?position=0")
                for action in ("delete", "move", "unpublish"):
                    url = f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}"
                    client.post(url, {"chooser": target.pk})
        assert (
            list(Page.objects.order_by("path").values_list("pk", "path", "title", "slug")) == before
        )
        assert not Page.objects.filter(locked=True).exists()
        assert not Page.objects.not_public().exists()

    def test_nobody_edits_those_that_have_no_text(self) -> None:
        for client in self.everybody():
            for page in self.made():
                response = client.get(f"/admin/pages/{page.pk}/edit/")
                assert response.status_code in (302, 404)
                client.post(f"/admin/pages/{page.pk}/edit/", {"title": "改名", "slug": "x"})
        assert not Page.objects.filter(draft_title="改名").exists()

    def test_no_page_is_made_where_it_does_not_belong(self) -> None:
        county = self.line.county
        places = (
            branch_page(county),
            section(county, NewsSection),
            section(county, AboutPage),
            section(county, ServicesPage),
            self.live,
            Page.get_first_root_node(),
        )
        before = Page.objects.count()
        for client in self.everybody():
            for place in places:
                url = f"/admin/pages/add/stories/storypage/{place.pk}/"
                assert client.post(url, story_form()).status_code in (302, 404)
            for app, model in (
                ("branches", "branchpage"),
                ("branches", "servicespage"),
                ("stories", "storysection"),
                ("stories", "aboutpage"),
                ("stories", "contentpage"),
                ("wagtailcore", "page"),
            ):
                for place in (*places, self.stories):
                    url = f"/admin/pages/add/{app}/{model}/{place.pk}/"
                    assert client.post(url, story_form(slug="x")).status_code in (302, 404)
        assert Page.objects.count() == before

    def test_a_piece_is_not_moved_or_copied_where_it_does_not_belong(self) -> None:
        county = self.line.county
        for client in self.everybody():
            for place in (section(county, NewsSection), branch_page(county), self.live):
                client.post(f"/admin/pages/{self.draft.pk}/move/{place.pk}/confirm/")
                copied = {"new_title": "副本", "new_slug": "x", "new_parent_page": place.pk}
                client.post(f"/admin/pages/{self.draft.pk}/copy/", copied)
        assert self.again(self.draft).is_child_of(self.stories)
        assert not Page.objects.filter(title="副本").exists()
        assert not NewsPage.objects.exists()


class Rights(Doors):
    def test_no_group_holds_more_than_adding_and_changing(self) -> None:
        held = set(GroupPagePermission.objects.values_list("permission__codename", flat=True))
        assert held == {"add_page", "change_page"}

    def test_no_user_holds_a_right_besides_the_groups(self) -> None:
        assert not User.objects.exclude(user_permissions=None).exists()


def workflow_of(piece: StoryPage) -> Any:
    return piece.get_workflow()
