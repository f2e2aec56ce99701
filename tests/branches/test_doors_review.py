"""Doors to publishing in schedules and in the review itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from branches import clock
from stories.models import StoryPage
from tests.branches.doors import PUBLISH, Doors
from tests.branches.forms import story_form
from tests.factories import make_piece, make_user


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
        self.draft.get_workflow().start(self.draft, self.people["editor"])
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
