"""A step waits for who can act, and for nobody else; what is stuck goes on at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from branches import workflow
from branches.models import Membership, User
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.factories import Line, make_admin, make_line, make_piece, make_user


class Absent(TestCase):
    line: Line
    editor: User
    reviewer: User
    city: User
    admin: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()
        cls.editor = make_user(cls.line.county)
        cls.reviewer = make_user(cls.line.county, "reviewer", last_name="从不来")
        cls.city = make_user(cls.line.city, "reviewer")
        cls.admin = make_admin()
        User.objects.filter(pk=cls.city.pk).update(last_login=timezone.now())

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def submitted(self) -> StoryPage:
        piece = make_piece(self.line.county, owner=self.editor, live=False)
        piece.get_workflow().start(piece, self.editor)
        return piece

    def level(self, piece: StoryPage) -> str:
        return StoryPage.objects.get(pk=piece.pk).current_workflow_task.level

    def invited_long_ago(self, *people: User) -> None:
        joined = timezone.now() - timedelta(days=30)
        Membership.objects.filter(user__in=people or [self.reviewer]).update(created_at=joined)

    def test_who_never_signed_in_is_no_step(self) -> None:
        self.invited_long_ago()
        piece = self.submitted()
        assert self.level(piece) == "city"
        assert not workflow.reviewers_of_step(piece, "county").exists()
        body = self.client_of(self.city).get(reverse("branches_members:index")).content.decode()
        row = body.split("从不来")[1].split("</tr>")[0]
        assert "从未登录" in row
        assert "审核不等他" in row

    def test_who_was_just_invited_is_waited_for_until_the_invitation_ends(self) -> None:
        piece = self.submitted()
        assert self.level(piece) == "county"
        assert workflow.skip_steps_without_reviewer() == 0
        self.invited_long_ago()
        assert workflow.skip_steps_without_reviewer() == 1
        assert self.level(piece) == "city"

    def test_who_signs_in_late_counts_from_then_on(self) -> None:
        self.invited_long_ago()
        self.client_of(self.reviewer)
        assert self.level(self.submitted()) == "county"

    def test_the_province_waits_for_somebody_in_any_case(self) -> None:
        people = [self.reviewer, self.city, make_user(self.line.province, "reviewer")]
        self.invited_long_ago(*people)
        User.objects.update(last_login=None)
        piece = self.submitted()
        assert self.level(piece) == "province"
        assert workflow.skip_steps_without_reviewer() == 0

    def test_the_clock_asks_the_same_number_of_questions_for_many(self) -> None:
        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                assert workflow.skip_steps_without_reviewer() == 0
            return len(asked)

        self.submitted()
        before = questions()
        for _number in range(4):
            self.submitted()
        assert questions() == before <= 9

    def leaves(self, act: Any) -> None:
        """What waits for the reviewer goes on as soon as `act` is through."""
        piece = self.submitted()
        assert self.level(piece) == "county"
        with self.captureOnCommitCallbacks(execute=True):
            response = act()
        assert response.status_code == 302
        assert self.level(piece) == "city"

    def test_at_once_when_the_reviewer_becomes_an_author(self) -> None:
        piece = self.submitted()
        address = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
        with self.captureOnCommitCallbacks(execute=True):
            self.client_of(self.reviewer).post(address, story_form(title="改过的"))
        assert self.level(piece) == "city"

    def test_at_once_when_a_duty_ends(self) -> None:
        address = reverse("branches_members:remove", args=(self.reviewer.memberships.get().pk,))
        self.leaves(lambda: self.client_of(self.city).post(address))

    def test_at_once_when_the_account_is_deactivated(self) -> None:
        address = reverse("branches_members:switch", args=(self.reviewer.pk,))
        self.leaves(lambda: self.client_of(self.city).post(address))

    def test_at_once_when_an_administrator_deactivates_it_on_wagtails_screen(self) -> None:
        form = {
            "username": self.reviewer.username,
            "email": self.reviewer.email,
            "first_name": "某",
            "last_name": "从不来",
            "groups": list(self.reviewer.groups.values_list("pk", flat=True)),
        }
        address = f"/admin/users/edit/{self.reviewer.pk}/"
        self.leaves(lambda: self.client_of(self.admin).post(address, form))
        assert not User.objects.get(pk=self.reviewer.pk).is_active

    def test_at_once_when_it_is_deleted(self) -> None:
        address = f"/admin/users/delete/{self.reviewer.pk}/"
        self.leaves(lambda: self.client_of(self.admin).post(address))

    def test_at_once_when_many_are_deactivated_or_deleted(self) -> None:
        bulk = f"/admin/bulk/branches/user/set_active_state/?id={self.reviewer.pk}"
        data = {"mark_as_active": "False"}
        self.leaves(lambda: self.client_of(self.admin).post(bulk, data))
        self.client_of(self.admin).post(bulk, {"mark_as_active": "True"})
        bulk = f"/admin/bulk/branches/user/delete/?id={self.reviewer.pk}"
        self.leaves(lambda: self.client_of(self.admin).post(bulk))
