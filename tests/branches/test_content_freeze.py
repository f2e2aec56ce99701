"""What reviewers have before them, or have approved for later, shows the files that they saw."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from branches import clock
from branches.media import FILE_MODELS
from branches.models import BranchDocument, BranchImage
from branches.models.media import PublicOnceUsed
from stories.models import ContentPage, ExplainerPage, StoryPage
from tests.branches.forms import story_form
from tests.branches.scene import make_document
from tests.branches.test_media import Files
from tests.factories import make_image, make_line, make_piece, make_user, publish
from tests.home.rich import make_rich_piece

JSON = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}


class Frozen(Files):
    """A picture and a document of a piece, and the ways in which their branch may change them."""

    def setUp(self) -> None:
        super().setUp()
        self.author = self.scene.outsiders["editor of a county"]
        county = self.scene.line.county
        self.image = make_image(county, self.author)
        self.document = make_document(county, self.author)
        self.piece = self.using(self.image, self.document, owner=self.author)

    def submit(self) -> None:
        self.piece.get_workflow().start(self.piece, self.author)

    def schedule(self) -> Revision:
        """Approve the piece for tomorrow."""
        self.piece.go_live_at = timezone.now() + timedelta(days=1)
        revision = self.piece.save_revision(user=self.author)
        publish(revision)
        return revision

    def change_all(self, user: Any) -> str:
        """Send every form that changes what readers see of the files. Returns what was said."""
        client = self.client_of(user)
        collection = self.scene.line.county.media_collection_id
        fields = {"title": "新的名称", "collection": collection, "credit": "新的署名"}
        fields["description"] = "新的说明"
        prefix = f"image-{self.image.pk}-"
        multiple = {f"{prefix}{name}": value for name, value in fields.items()}
        ajax = {"X-Requested-With": "XMLHttpRequest"}
        said = client.post(f"/admin/images/{self.image.pk}/", fields).content.decode()
        client.post(f"/admin/images/multiple/{self.image.pk}/", multiple, headers=ajax)
        return (
            said
            + client.post(f"/admin/documents/edit/{self.document.pk}/", fields).content.decode()
        )

    def delete_all(self, user: Any) -> None:
        client = self.client_of(user)
        for url in (
            f"/admin/images/{self.image.pk}/delete/",
            f"/admin/documents/delete/{self.document.pk}/",
            f"/admin/bulk/branches/branchimage/delete/?id={self.image.pk}",
            f"/admin/bulk/branches/branchdocument/delete/?id={self.document.pk}",
        ):
            assert client.post(url).status_code < 500, url
        for kind, file in (("images", self.image), ("documents", self.document)):
            client.post(
                f"/admin/{kind}/multiple/{file.pk}/delete/",
                headers={"X-Requested-With": "XMLHttpRequest"},
            )

    def shown(self) -> tuple[str, str, str]:
        image = BranchImage.objects.get(pk=self.image.pk)
        return (
            image.description,
            image.credit,
            BranchDocument.objects.get(pk=self.document.pk).title,
        )

    def assert_nobody_changes_them(self) -> None:
        before = self.shown()
        for user in (self.author, self.scene.city_reviewer, self.scene.admin):
            assert self.change_all(user).count("请先撤回") >= 2
            self.delete_all(user)
            assert self.shown() == before

    def test_files_of_a_draft_are_changed_and_deleted(self) -> None:
        self.change_all(self.author)
        assert self.shown() == ("新的说明", "新的署名", "新的名称")
        self.delete_all(self.author)
        assert not BranchImage.objects.filter(pk=self.image.pk).exists()
        assert not BranchDocument.objects.filter(pk=self.document.pk).exists()

    def test_files_of_a_piece_in_review_are_not(self) -> None:
        self.submit()
        self.assert_nobody_changes_them()

    def test_nor_at_a_further_step(self) -> None:
        self.submit()
        step = self.piece.current_workflow_task_state
        step.specific.approve(user=self.scene.city_reviewer)
        assert self.piece.current_workflow_task_state.status == "in_progress"
        self.assert_nobody_changes_them()

    def test_nor_in_what_a_reviewer_changes_meanwhile(self) -> None:
        self.submit()
        new = make_image(self.scene.line.county, self.author)
        page = StoryPage.objects.get(pk=self.piece.pk)
        page.lead_image = new
        page.save_revision(user=self.scene.city_reviewer)
        self.image = new
        self.assert_nobody_changes_them()

    def test_nor_in_what_saves_itself_over_what_a_reviewer_changed(self) -> None:
        self.submit()
        editor = make_user(self.scene.line.county, "reviewer")
        client, edit = self.client_of(editor), f"/admin/pages/{self.piece.pk}/edit/"
        client.post(edit, story_form(title="审核员改的"))
        changed = StoryPage.objects.get(pk=self.piece.pk).latest_revision_id
        new = make_image(self.scene.line.county, self.author)
        form = story_form(lead_image=new.pk, overwrite_revision_id=changed)
        client.post(edit, form | {"loaded_revision_id": changed}, headers=JSON)
        latest = StoryPage.objects.get(pk=self.piece.pk).latest_revision
        assert latest.pk != changed
        assert latest.as_object().lead_image == new
        self.image = new
        self.assert_nobody_changes_them()

    def test_nor_while_an_approved_piece_waits_for_its_hour(self) -> None:
        revision = self.schedule()
        later = StoryPage.objects.get(pk=self.piece.pk)
        later.lead_image, later.body = None, [("text", "<p>没有图的下一版</p>")]
        later.save_revision(user=self.author)
        self.assert_nobody_changes_them()
        past = timezone.now() - timedelta(minutes=1)
        revision.approved_go_live_at, revision.content["go_live_at"] = past, past.isoformat()
        revision.save()
        clock.tick()
        assert self.client.get(StoryPage.objects.get(pk=self.piece.pk).url).status_code == 200
        assert BranchImage.objects.get(pk=self.image.pk).is_public

    def test_a_returned_or_withdrawn_piece_lets_them_go(self) -> None:
        for end in ("return", "withdraw"):
            self.submit()
            before = self.shown()
            self.change_all(self.author)
            assert self.shown() == before
            if end == "withdraw":
                self.piece.current_workflow_state.cancel(user=self.author)
            else:
                step = self.piece.current_workflow_task_state.specific
                step.reject(user=self.scene.city_reviewer, comment="说明写错了")
            self.change_all(self.author)
            assert self.shown() == ("新的说明", "新的署名", "新的名称")
            self.piece = StoryPage.objects.get(pk=self.piece.pk)
            if review := self.piece.current_workflow_state:
                review.cancel(user=self.author)
            BranchImage.objects.update(description="说明", credit="")
            BranchDocument.objects.update(title="文件")

    def test_what_readers_do_not_see_may_change(self) -> None:
        self.submit()
        fields = {"title": "换个名字好找", "description": self.image.description, "credit": ""}
        fields["collection"] = self.scene.line.county.media_collection_id
        self.client_of(self.author).post(f"/admin/images/{self.image.pk}/", fields)
        assert BranchImage.objects.get(pk=self.image.pk).title == "换个名字好找"

    def test_bulk_deletion_takes_the_others_and_names_what_it_leaves(self) -> None:
        self.submit()
        other = make_image(self.scene.line.county, self.author, title="没人用的图")
        url = f"/admin/bulk/branches/branchimage/delete/?id={self.image.pk}&id={other.pk}"
        client = self.client_of(self.author)
        assert self.image.title in client.get(url).content.decode()
        client.post(url)
        assert list(BranchImage.objects.filter(pk__in=[other.pk, self.image.pk])) == [self.image]

    def test_the_screen_of_a_frozen_picture_offers_no_deletion(self) -> None:
        client, url = self.client_of(self.author), f"/admin/images/{self.image.pk}/"
        assert f"{url}delete/" in client.get(url).content.decode()
        self.submit()
        assert f"{url}delete/" not in client.get(url).content.decode()

    def test_what_became_public_while_a_screen_stood_open_is_not_deleted(self) -> None:
        opened = BranchImage.objects.get(pk=self.image.pk)
        publish(self.piece.latest_revision)
        with pytest.raises(PermissionDenied), transaction.atomic():
            opened.delete()

    def test_who_deletes_second_finds_nothing_to_do(self) -> None:
        first, second = (BranchImage.objects.get(pk=self.image.pk) for _time in range(2))
        first.delete()
        second.delete()

    def test_what_is_public_is_frozen_also_before_its_publicity_is_told(self) -> None:
        self.submit()
        state = self.piece.current_workflow_task_state
        state.task.specific.on_action(state, self.scene.admin, "approve")
        assert StoryPage.objects.get(pk=self.piece.pk).live
        BranchImage.objects.update(is_public=False)
        assert BranchImage.objects.get(pk=self.image.pk).is_frozen

    def test_an_edit_that_was_begun_before_the_submission_is_refused_at_its_end(self) -> None:
        begun: list[PublicOnceUsed] = [
            BranchImage.objects.get(pk=self.image.pk),
            BranchDocument.objects.get(pk=self.document.pk),
        ]
        for file in begun:
            setattr(file, file.public_fields[0], "没审过的")
            file.full_clean(exclude=["file"])
        self.submit()
        for file in begun:
            with pytest.raises(PermissionDenied):
                file.save()


def all_files() -> list[set[int]]:
    """Keys of all pictures and of all documents."""
    return [set(model.objects.values_list("pk", flat=True)) for model in FILE_MODELS]


def frozen_files() -> list[set[int]]:
    return [{f.pk for f in model.objects.all() if f.awaits_publication} for model in FILE_MODELS]


@pytest.mark.django_db
@pytest.mark.parametrize("model", [StoryPage, ExplainerPage])
def test_files_are_found_wherever_a_text_uses_them(model: type[ContentPage]) -> None:
    line = make_line()
    piece = make_rich_piece(line.county, model)
    piece.get_workflow().start(piece, make_user(line.county))
    assert frozen_files() == all_files()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        {"body": "no JSON"},
        {"body": [{"type": "picture", "value": {"image": 10**30}}]},
        {"body": [{"type": "text", "value": f'<a linktype="document" id="{"9" * 40}">x</a>'}]},
        {"lead_image": -(10**30), "questions": 5},
    ],
)
def test_a_forged_draft_does_not_stop_the_migration(content: dict[str, Any]) -> None:
    line = make_line()
    piece = make_piece(line.county, live=False)
    piece.get_workflow().start(piece, make_user(line.county))
    revision = piece.latest_revision
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | content)
    import_module("stories.migrations.0005_freeze_files_in_review").freeze_files(apps, None)


@pytest.mark.django_db
def test_what_waited_before_the_freeze_was_built_is_frozen_by_the_migration() -> None:
    line = make_line()
    piece = make_rich_piece(line.county)
    piece.get_workflow().start(piece, make_user(line.county))
    draft = make_piece(line.county, live=False, lead_image=make_image(line.county))
    for model in FILE_MODELS:
        model.submitted_in.through.objects.all().delete()
    migration = import_module("stories.migrations.0005_freeze_files_in_review")
    migration.freeze_files(apps, None)
    pictures, documents = all_files()
    assert frozen_files() == [pictures - {draft.lead_image_id}, documents]
