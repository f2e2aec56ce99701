"""A closed branch leaves nothing without somebody who goes on with it, and gives nobody more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, TaskState

from branches import clock
from branches.models import Branch, BranchImage, User
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.factories import (
    Line,
    branch_page,
    make_branch,
    make_image,
    make_line,
    make_piece,
    make_user,
    section,
)

SUBMIT = {"action-submit": "action-submit"}


class Closing(TestCase):
    """农安县 is merged into 榆树市."""

    line: Line
    people: dict[str, User]
    waiting: StoryPage
    returned: StoryPage
    draft: StoryPage
    scheduled: StoryPage
    image: BranchImage

    @classmethod
    def setUpTestData(cls) -> None:
        line = cls.line = make_line()
        cls.people = {
            "editor": make_user(line.county),
            "reviewer": make_user(line.county, "reviewer"),
            "heir": make_user(line.other_county),
            "heir's reviewer": make_user(line.other_county, "reviewer"),
            "city": make_user(line.city, "reviewer"),
            "province": make_user(line.province, "reviewer"),
        }
        editor = cls.people["editor"]
        cls.image = make_image(line.county, editor)
        cls.waiting = make_piece(line.county, owner=editor, live=False, title="在审的")
        cls.returned = make_piece(line.county, owner=editor, live=False, title="退回的")
        for piece in (cls.waiting, cls.returned):
            piece.get_workflow().start(piece, editor)
        state = cls.returned.current_workflow_task_state
        state.task.specific.on_action(state, cls.people["reviewer"], "reject", comment="改一改")
        cls.draft = make_piece(
            line.county, owner=editor, live=False, title="草稿", lead_image=cls.image
        )
        cls.scheduled = make_piece(
            line.county,
            owner=editor,
            title="定时的",
            go_live_at=timezone.now() + timedelta(days=1),
        )

    def client_of(self, who: str) -> Client:
        client = Client()
        client.force_login(self.people[who])
        return client

    def close(self, branch: Branch | None = None, successor: Branch | None = None) -> Any:
        address = reverse("branches_branches:close", args=((branch or self.line.county).pk,))
        heir = successor or self.line.other_county
        data = {"successor": heir.pk, "closed_on": "2026-11-01"}
        with self.captureOnCommitCallbacks(execute=True):
            return self.client_of("province").post(address, data, follow=True)

    def reopen(self) -> None:
        address = reverse("branches_branches:reopen", args=(self.line.county.pk,))
        with self.captureOnCommitCallbacks(execute=True):
            self.client_of("province").post(address)

    def edit(self, who: str, piece: StoryPage, **values: Any) -> int:
        address = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
        form = story_form(title=piece.title, **values) | SUBMIT
        client = self.client_of(who)
        seen = client.get(address).status_code
        client.post(address, form)
        return seen

    def level(self, piece: StoryPage) -> str:
        return self.again(piece).current_workflow_task.level

    def again(self, piece: StoryPage) -> StoryPage:
        return StoryPage.objects.get(pk=piece.pk)

    def decide(self, who: str, piece: StoryPage, action: str, comment: str = "") -> int:
        client = self.client_of(who)
        state = self.again(piece).current_workflow_task_state
        address = reverse("branches_review:piece", args=(state.pk,))
        response = client.get(address)
        if response.status_code != 200:
            return response.status_code
        version = response.context["form"].initial["version"]
        data = {"version": version, "action": action, "comment": comment}
        return client.post(address, data).status_code

    def test_the_screen_says_how_many_there_are_and_what_will_happen(self) -> None:
        address = reverse("branches_branches:close", args=(self.line.county.pk,))
        response = self.client_of("province").get(address)
        found = response.context["unfinished"]
        assert (found.in_review, found.returned, found.drafts, found.scheduled) == (1, 1, 1, 1)
        assert "送上一级审核" in response.content.decode()
        alone = make_branch("dehui", self.line.city, division="德惠市")
        assert "德惠市红十字会还没有编辑" in self.close(successor=alone).content.decode()

    def test_what_waits_goes_to_the_city_which_decides(self) -> None:
        assert self.level(self.waiting) == "county"
        self.close()
        assert self.level(self.waiting) == "city"
        assert self.decide("reviewer", self.waiting, "approve") in (403, 404)
        assert self.decide("city", self.waiting, "approve") == 302
        assert self.decide("province", self.waiting, "approve") == 302
        assert self.again(self.waiting).live

    def test_what_the_city_returns_the_editors_of_the_successor_mend(self) -> None:
        self.close()
        self.decide("city", self.waiting, "reject", "补日期")
        desk = self.client_of("heir").get("/admin/").content.decode()
        for text in ("农安县", "已撤并", "被退回", "在审的", "退回的", "继续写", "草稿"):
            assert text in desk
        for piece in (self.waiting, self.returned, self.draft):
            assert self.edit("heir", piece) == 200
            assert self.level(piece) == "city"
        self.decide("province", self.draft, "approve")
        assert self.again(self.draft).live
        assert self.again(self.draft).branch == self.line.county

    def test_what_is_scheduled_appears_at_its_hour(self) -> None:
        self.close()
        revision = self.scheduled.scheduled_revision
        past = timezone.now() - timedelta(hours=1)
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
        clock.tick()
        assert self.again(self.scheduled).live
        assert Client().get(self.again(self.scheduled).url).status_code == 200

    def test_the_closed_branchs_people_write_and_review_no_more(self) -> None:
        self.close()
        assert self.edit("editor", self.draft) in (302, 403, 404)
        assert not self.again(self.draft).current_workflow_state
        desk = self.client_of("editor").get("/admin/").content.decode()
        assert "已并入榆树市红十字会" in desk
        assert "改一改" not in desk
        desk = self.client_of("reviewer").get("/admin/").content.decode()
        assert "改一改" in desk
        assert "现在没有等你审核的稿件" in desk
        assert self.edit("editor", self.returned) in (302, 403, 404)
        assert self.edit("reviewer", self.returned) == 200
        assert self.level(self.returned) == "city"

    def test_nobody_gains_more_than_to_go_on(self) -> None:
        self.close()
        stories, county = section(self.line.county), self.line.county
        heir = self.client_of("heir")
        add = reverse("wagtailadmin_pages:add", args=("stories", "storypage", stories.pk))
        assert heir.post(add, story_form(title="新写的")).status_code in (302, 403, 404)
        assert not StoryPage.objects.filter(title="新写的").exists()
        assert self.decide("heir", self.waiting, "approve") == 403
        assert self.decide("heir's reviewer", self.waiting, "approve") == 403
        assert self.edit("heir's reviewer", self.draft) == 404
        assert heir.get(self.image.file.url).status_code == 200
        upload = {"title": "x", "description": "x", "collection": county.media_collection_id}
        heir.post(f"/admin/images/{self.image.pk}/", upload)
        assert BranchImage.objects.get(pk=self.image.pk).title != "x"
        grants = GroupPagePermission.objects.filter(group=self.line.other_county.editors)
        left = grants.filter(page__path__startswith=branch_page(county).path)
        assert set(left.values_list("permission__codename", flat=True)) == {"change_page"}

    def test_reopened_all_is_as_before(self) -> None:
        groups = [self.line.county.editors, self.line.county.reviewers]
        groups += [self.line.other_county.editors]
        before = [self.grants(group) for group in groups]
        self.close()
        assert [self.grants(group) for group in groups] != before
        self.reopen()
        assert [self.grants(group) for group in groups] == before
        assert self.edit("heir", self.draft) == 404
        assert self.edit("editor", self.draft) == 200
        assert self.level(self.draft) == "county"
        assert self.decide("reviewer", self.draft, "approve") == 302

    def grants(self, group: Any) -> set[Any]:
        pages = group.page_permissions.values_list("page", "permission")
        files = group.collection_permissions.values_list("collection", "permission")
        return {*pages, *files}

    def test_a_successor_that_closes_hands_on_what_it_was_left(self) -> None:
        self.close()
        self.close(self.line.other_county, self.line.city)
        self.people["last"] = make_user(self.line.city)
        assert self.edit("heir", self.returned) in (302, 403, 404)
        assert self.edit("last", self.returned) == 200
        assert self.level(self.returned) == "city"
        self.reopen()
        assert self.edit("last", self.draft) == 404
        assert self.edit("editor", self.draft) == 200

    def test_no_step_waits_at_a_closed_branch(self) -> None:
        self.close()
        assert clock.tick()["send on what is stuck"] == 0
        assert not TaskState.objects.filter(
            status="in_progress", task__name__startswith="县级"
        ).exists()
