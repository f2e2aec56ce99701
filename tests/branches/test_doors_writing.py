"""Doors to publishing in forms, copies and other views of pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from branches import workflow
from branches.models import BranchPage
from stories.models import StoryPage
from tests.branches.doors import PUBLISH, SUBMIT, Doors
from tests.branches.forms import story_form
from tests.branches.scene import make_locale
from tests.factories import branch_page, make_piece, section


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
        self.draft.get_workflow().start(self.draft, self.people["editor"])
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
