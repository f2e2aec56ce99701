"""Review rounds: a text that comes again is told as such, with why it went back and what changed.

Everything is done as people do it, through the screens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from branches import clock
from branches.models import User
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.factories import Line, make_line, make_piece, make_user

SUBMIT = {"action-submit": "action-submit"}
QUEUE = "/admin/review/"


class InRounds(TestCase):
    line: Line
    editor: User
    county: User
    city: User
    province: User
    piece: StoryPage

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()
        cls.editor = make_user(cls.line.county, last_name="写稿人")
        cls.county = make_user(cls.line.county, "reviewer", last_name="县审核")
        cls.city = make_user(cls.line.city, "reviewer", last_name="市审核")
        cls.province = make_user(cls.line.province, "reviewer", last_name="省审核")
        cls.piece = make_piece(cls.line.county, owner=cls.editor, live=False, title="雪夜")

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def again(self) -> StoryPage:
        return StoryPage.objects.get(pk=self.piece.pk)

    def state(self) -> TaskState:
        return self.again().current_workflow_task_state

    def at(self, state: TaskState | None = None) -> str:
        return reverse("branches_review:piece", args=((state or self.state()).pk,))

    def read(self, user: User, address: str) -> str:
        response = self.client_of(user).get(address)
        assert response.status_code == 200
        return response.content.decode()

    def submit(self, user: User | None = None, **values: Any) -> None:
        form = story_form(**{"title": "雪夜", **values}) | SUBMIT
        address = reverse("wagtailadmin_pages:edit", args=(self.piece.pk,))
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client_of(user or self.editor).post(address, form)
        assert response.headers["Location"] == "/admin/"

    def decide(self, user: User, action: str, comment: str = "") -> None:
        client, address = self.client_of(user), self.at()
        version = client.get(address).context["form"].initial["version"]
        data = {"version": version, "action": action, "comment": comment}
        with self.captureOnCommitCallbacks(execute=True):
            assert client.post(address, data).status_code == 302

    def return_from_the_city(self) -> TaskState:
        """The county approves, the city returns. Returns the step of the city."""
        self.submit()
        self.decide(self.county, "approve", "很好")
        state = self.state()
        self.decide(self.city, "reject", "请补上日期")
        return state


class ComingAgain(InRounds):
    def test_the_reviewer_sees_that_it_comes_again_and_why_it_went_back(self) -> None:
        self.submit()
        first = self.read(self.county, self.at())
        assert "再次提交" not in first + self.read(self.county, QUEUE)
        self.decide(self.county, "approve", "很好")
        returned = self.state()
        self.decide(self.city, "reject", "请补上日期")
        yesterday = timezone.now() - timedelta(days=3)
        TaskState.objects.update(started_at=yesterday)
        self.submit(blocks=[("text", "<p>腊月初三的雪夜</p>")])
        assert "再次提交" in self.read(self.city, QUEUE)
        body = self.read(self.city, self.at())
        assert f"{timezone.localtime(self.state().started_at):%Y-%m-%d %H:%M} 再次提交" in body
        assert f"首次提交：{timezone.localtime(yesterday):%Y-%m-%d %H:%M}" in body
        assert "上次被退回：市审核（市级审核）" in body
        assert "请补上日期" in body
        assert "首次发布" in body
        returned.refresh_from_db()
        compare = reverse(
            "wagtailadmin_pages:revisions_compare",
            args=(self.piece.pk, returned.revision_id, "latest"),
        )
        assert compare in body
        assert "腊月初三的雪夜" in self.read(self.city, compare)
        stranger = self.client_of(make_user(self.line.other_county, "reviewer"))
        assert stranger.get(compare).status_code == 404
        assert stranger.get(self.at()).status_code == 403

    def test_an_approval_is_told_of_the_version_that_was_read(self) -> None:
        self.return_from_the_city()
        self.submit(title="雪夜，又一稿")
        _before, decisions = self.read(self.city, self.at()).split("审核经过")
        assert "县级审核：县审核" in decisions
        assert "旧版本" in decisions
        assert "现在的版本" not in decisions
        self.decide(self.city, "approve")
        decisions = self.read(self.province, self.at()).split("审核经过")[1]
        assert decisions.count("现在的版本") == 2  # the city's own step, and the county's by it
        self.decide(self.province, "approve")
        assert self.again().live
        ours = TaskState.objects.filter(finished_by=self.county, status="approved")
        assert not ours.filter(revision=self.again().live_revision).exists()

    def test_a_text_that_was_changed_at_a_step_is_approved_as_it_was_read(self) -> None:
        second = make_user(self.line.city, "reviewer")
        self.submit()
        self.decide(self.county, "approve")
        self.again().save_revision(user=self.city)
        self.decide(second, "approve")
        read = TaskState.objects.filter(finished_by=second, status="approved")
        assert set(read.values_list("revision", flat=True)) == {self.again().latest_revision_id}

    def test_who_approved_hears_of_the_return_and_sees_it(self) -> None:
        state = self.return_from_the_city()
        told = [letter for letter in mail.outbox if "你采用的稿件被退回：雪夜" in letter.subject]
        assert [letter.to for letter in told] == [[self.county.email]]
        assert "请补上日期" in told[0].body
        assert self.at(state) in told[0].body
        recent = self.read(self.county, QUEUE).split("你最近的决定")[1]
        assert "雪夜" in recent
        assert "请补上日期" in recent
        assert "等作者修改" in recent
        self.submit()
        assert "作者已再次提交，正在市级审核" in self.read(self.county, QUEUE)
        again = [letter for letter in mail.outbox if letter.subject.startswith("请审核")][-1]
        assert again.to == [self.city.email]
        assert "请补上日期" in again.body
        self.decide(self.city, "reject", "还差一点")
        told = [letter for letter in mail.outbox if "你采用的稿件被退回" in letter.subject]
        assert len(told) == 1  # the county did not approve this version

    def test_what_was_taken_back_and_submitted_anew_comes_again_without_a_return(self) -> None:
        self.submit()
        self.decide(self.county, "approve")
        withdraw = reverse("branches_review:withdraw", args=(self.piece.pk,))
        self.client_of(self.editor).post(withdraw)
        assert "作者撤回了" in self.read(self.county, QUEUE)
        self.submit(title="改过的题目")
        assert "再次提交" in self.read(self.county, QUEUE)
        body = self.read(self.county, self.at())
        assert "上次被退回" not in body
        assert "旧版本" in body

    def test_who_submits_it_again_hears_what_becomes_of_it(self) -> None:
        colleague = make_user(self.line.county, last_name="同事")
        self.return_from_the_city()
        self.submit(colleague)
        assert "同事 于" in self.read(self.city, self.at())
        self.decide(self.city, "reject", "还差一点")
        letters = [letter for letter in mail.outbox if "还差一点" in letter.body]
        assert {letter.to[0] for letter in letters} == {self.editor.email, colleague.email}

    def test_a_change_to_what_is_public_begins_anew(self) -> None:
        self.return_from_the_city()
        self.submit()
        self.decide(self.province, "approve")
        self.submit(title="公开以后的修改")
        body = self.read(self.county, self.at()) + self.read(self.county, QUEUE).split("最近")[0]
        assert "修改已公开的稿件" in body
        assert "再次提交" not in body
        assert "上次被退回" not in body

    def test_recent_decisions_end_with_the_scope_and_ask_little(self) -> None:
        self.return_from_the_city()
        stranger = make_user(self.line.other_county, "reviewer")
        assert "雪夜" not in self.read(stranger, QUEUE)
        self.county.memberships.all().update(branch=self.line.other_county)
        assert "雪夜" not in self.read(self.county, QUEUE)


class GoneOffline(InRounds):
    def publish(self) -> None:
        self.submit()
        self.decide(self.province, "approve")

    def take_offline(self) -> None:
        address = reverse("branches_offline:confirm", args=(self.piece.pk,))
        self.client_of(self.city).post(address, {"reason": "照片里的人不愿意公开"})
        assert not self.again().live

    def test_the_author_sees_why_until_it_is_public_again(self) -> None:
        self.publish()
        edit = reverse("wagtailadmin_pages:edit", args=(self.piece.pk,))
        self.take_offline()
        for address in ("/admin/", edit):
            body = self.read(self.editor, address)
            assert "市审核 于 " in body
            assert "照片里的人不愿意公开" in body
        self.submit()
        for address in ("/admin/", edit):
            assert "照片里的人不愿意公开" in self.read(self.editor, address)
        body = self.read(self.county, self.at())
        assert "下线后重新公开" in body
        assert "首次发布" not in body
        assert "照片里的人不愿意公开" in body
        self.decide(self.province, "approve")
        assert self.again().live
        for address in ("/admin/", edit):
            assert "照片里的人不愿意公开" not in self.read(self.editor, address)

    def test_what_expired_says_so_and_not_an_older_reason(self) -> None:
        self.publish()
        self.take_offline()
        self.submit()
        self.decide(self.province, "approve")
        past = timezone.now() - timedelta(hours=1)
        StoryPage.objects.filter(pk=self.piece.pk).update(expire_at=past)
        clock.tick()
        for address in ("/admin/", reverse("wagtailadmin_pages:edit", args=(self.piece.pk,))):
            body = self.read(self.editor, address)
            assert "设定的下线时间到了" in body
            assert "照片里的人不愿意公开" not in body
