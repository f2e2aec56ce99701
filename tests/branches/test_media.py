"""Files follow what uses them: closed before it is public, and closed again after it was."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.models import Collection

from branches import clock, media
from branches.models import BranchDocument, BranchImage, User
from branches.offline import take_offline
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.branches.scene import SECRET, Scene, WithPlainErrors, make_document, make_scene
from tests.factories import make_image, make_piece, make_user, publish


def picture(name: str = "new.jpg") -> SimpleUploadedFile:
    buffer = BytesIO()
    PillowImage.new("RGB", (60, 40), (20, 90, 60)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def paper(name: str = "new.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"text", "text/plain")


class Files(WithPlainErrors):
    scene: Scene

    def setUp(self) -> None:
        super().setUp()
        caches["default"].clear()  # Wagtail keeps renditions there, by keys that tests use again

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = make_scene()

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def status(self, url: str, user: User | None = None) -> int:
        client = self.client_of(user) if user else Client()
        return client.get(url).status_code

    def using(self, image: BranchImage, document: BranchDocument, **values: Any) -> StoryPage:
        """A piece of the county with the picture on top and the document in its text."""
        piece = make_piece(self.scene.line.county, live=False, lead_image=image, **values)
        piece.body.append(("document", {"document": document, "title": "附件"}))
        piece.save()
        piece.save_revision()
        return StoryPage.objects.get(pk=piece.pk)


class Serving(Files):
    def setUp(self) -> None:
        super().setUp()
        county = self.scene.line.county
        self.image, self.document = make_image(county), make_document(county)
        self.original = self.image.file.url
        self.urls = [
            self.image.get_rendition("width-100").url,
            self.document.file.url,
            self.document.url,
        ]
        self.piece = self.using(self.image, self.document)

    def all_are(self, status: int, user: User | None = None) -> bool:
        return [self.status(url, user) for url in self.urls] == [status] * len(self.urls)

    def test_files_of_a_draft_are_for_its_branch_and_those_above(self) -> None:
        line, outsiders = self.scene.line, self.scene.outsiders
        for user in (outsiders["editor of a county"], self.scene.city_reviewer, self.scene.admin):
            assert self.all_are(200, user)
            assert self.status(self.original, user) == 200
        response = self.client_of(self.scene.city_reviewer).get(self.urls[0])
        assert response["Cache-Control"] == "private, no-store"
        others = (None, make_user(line.other_county), make_user(line.other_county, "reviewer"))
        for other in (*others, outsiders["editor of the city above"], make_user()):
            assert self.all_are(404, other)
            assert self.status(self.original, other) == 404

    def test_what_was_uploaded_as_a_picture_is_for_those_who_may_choose_it(self) -> None:
        publish(self.piece.latest_revision)
        mine = self.scene.outsiders["editor of a county"]
        assert self.status(self.original) == 404
        assert self.status(self.original, make_user(self.scene.line.other_county)) == 404
        response = self.client_of(mine).get(self.original)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")

    def test_files_open_with_the_page_and_close_with_it(self) -> None:
        publish(self.piece.latest_revision)
        assert self.all_are(200)
        response = Client().get(self.urls[0])
        assert response["Cache-Control"] == "public, max-age=3600"
        again = Client().get(self.urls[0], headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        moderator = make_user(self.scene.line.province, "reviewer")
        take_offline(StoryPage.objects.get(pk=self.piece.pk), moderator, "撤回同意")
        assert self.all_are(404)
        assert self.status(self.original) == 404
        late = Client().get(self.urls[0], headers={"If-None-Match": response["ETag"]})
        assert late.status_code == 404

    def test_a_part_of_a_file_is_given_to_who_may_have_the_whole(self) -> None:
        url, whole = self.document.file.url, b"to whom it may concern"
        assert Client().get(url, headers={"Range": "bytes=0-1"}).status_code == 404
        publish(self.piece.latest_revision)
        etag = Client().get(url)["ETag"]
        assert Client().get(url)["Accept-Ranges"] == "bytes"
        for asked, status, part, said in (
            ("bytes=0-1", 206, whole[:2], "bytes 0-1/22"),
            ("bytes=3-", 206, whole[3:], "bytes 3-21/22"),
            ("bytes=-7", 206, whole[-7:], "bytes 15-21/22"),
            ("bytes=3-999", 206, whole[3:], "bytes 3-21/22"),
            ("bytes=22-", 416, b"", "bytes */22"),
            ("bytes=5-2", 416, b"", "bytes */22"),
            ("bytes=-", 200, whole, None),
            ("bytes=0-1,4-5", 200, whole, None),
            ("lines=1-2", 200, whole, None),
        ):
            response = Client().get(url, headers={"Range": asked})
            body = b"".join(response) if response.streaming else response.content
            assert (response.status_code, body) == (status, part), asked
            assert response.get("Content-Range") == said
        for known, status in ((etag, 206), ('"another"', 200)):
            headers = {"Range": "bytes=0-1", "If-Range": known}
            assert Client().get(url, headers=headers).status_code == status

    def test_an_hour_in_the_future_opens_nothing_before_it_comes(self) -> None:
        self.piece.go_live_at = timezone.now() + timedelta(days=1)
        revision = self.piece.save_revision()
        publish(revision)
        clock.tick()
        assert self.all_are(404)
        past = timezone.now() - timedelta(minutes=1)
        revision.approved_go_live_at, revision.content["go_live_at"] = past, past.isoformat()
        revision.save()
        clock.tick()
        assert self.all_are(200)

    def test_a_change_that_waits_does_not_open_its_new_files(self) -> None:
        publish(self.piece.latest_revision)
        new = make_image(self.scene.line.county)
        piece = StoryPage.objects.get(pk=self.piece.pk)
        piece.lead_image = new
        revision = piece.save_revision()
        clock.tick()
        shown = new.get_rendition("width-100").url
        assert self.status(shown) == 404
        publish(revision)
        clock.tick()
        assert self.status(shown) == 200
        assert self.status(self.urls[0]) == 404  # no page shows it any more

    def test_a_file_of_two_pages_closes_with_the_last(self) -> None:
        other = self.using(self.image, self.document)
        for piece in (self.piece, other):
            publish(piece.latest_revision)
        StoryPage.objects.get(pk=self.piece.pk).unpublish()
        assert self.all_are(200)
        StoryPage.objects.get(pk=other.pk).unpublish()
        assert self.all_are(404)

    def test_what_a_queue_indexed_late_is_opened_at_the_next_tick(self) -> None:
        publish(self.piece.latest_revision)
        BranchImage.objects.update(is_public=False)
        assert self.status(self.urls[0]) == 404
        clock.tick()
        assert self.status(self.urls[0]) == 200

    def test_the_number_of_queries_does_not_grow_with_the_files(self) -> None:
        publish(self.piece.latest_revision)
        with self.assertNumQueries(4):
            media.update_all_publicity()
        for _number in range(3):
            new = self.using(
                make_image(self.scene.line.county), make_document(self.scene.line.county)
            )
            publish(new.latest_revision)
        with self.assertNumQueries(4):
            media.update_all_publicity()

    def test_other_addresses_lead_to_no_file(self) -> None:
        document = self.document
        admin = self.scene.admin
        for user in (None, admin):
            assert self.status(f"/documents/{document.pk}/{document.filename}", user) == 404
            assert self.status(f"/images/abc/{self.image.pk}/original/", user) == 404
        assert self.status(f"/admin/images/{self.image.pk}/generate_url/", admin) == 404

    def test_nothing_but_files_of_the_library_is_served(self) -> None:
        names = (
            "../db.sqlite3",
            "..%2f..%2fmanage.py",
            "/etc/passwd",
            "%2fetc%2fpasswd",
            "original_images/",
            "original_images/%00.jpg",
            "images/../original_images/x.jpg",
            "original_images/..%5c..%5cx",
            "",
        )
        for user in (None, self.scene.admin):
            for name in names:
                assert self.status(f"/media/{name}", user) in (400, 404), name

    def test_a_file_that_is_gone_is_not_found(self) -> None:
        self.image.file.storage.delete(self.image.file.name)
        assert self.status(self.image.file.url, self.scene.admin) == 404


class Uploading(Files):
    """What is uploaded lands in the own collection, wherever the form says."""

    def test_nobody_uploads_into_the_collection_of_another_branch(self) -> None:
        theirs = self.scene.theirs.branch.media_collection_id
        before = (BranchImage.objects.count(), BranchDocument.objects.count())
        for who in ("editor of a county", "reviewer of a county", "editor of the city above"):
            client = self.client_of(self.scene.outsiders[who])
            for kind, file, prefix in (
                ("images", picture, "image-chooser-upload-"),
                ("documents", paper, "document-chooser-upload-"),
            ):
                client.post(
                    f"/admin/{kind}/multiple/add/",
                    {"title": "x", "files[]": file(), "collection": theirs},
                    headers={"X-Requested-With": "XMLHttpRequest"},
                )
                texts = {"title": "x", "description": "x", "collection": theirs}
                client.post(f"/admin/{kind}/add/", {**texts, "file": file()})
                chosen = {f"{prefix}{name}": value for name, value in texts.items()}
                client.post(f"/admin/{kind}/chooser/create/", {**chosen, f"{prefix}file": file()})
        in_theirs = {"collection": theirs}
        assert BranchImage.objects.filter(**in_theirs).count() == 1
        assert BranchDocument.objects.filter(**in_theirs).count() == 1
        after = (BranchImage.objects.count(), BranchDocument.objects.count())
        # Who has one collection only is not asked for it: the file lands there.
        own = {user.pk for user in self.scene.outsiders.values()}
        new: list[Any] = [*BranchImage.objects.all(), *BranchDocument.objects.all()]
        new = [file for file in new if file.uploaded_by_user_id in own]
        assert len(new) == sum(after) - sum(before)
        assert all(file.collection_id != theirs for file in new)

    def test_nobody_moves_a_file_into_the_collection_of_another_branch(self) -> None:
        user = self.scene.outsiders["editor of a county"]
        image = make_image(self.scene.line.county, user)
        document = make_document(self.scene.line.county, user)
        theirs = self.scene.theirs.branch.media_collection_id
        root = Collection.get_first_root_node().pk
        client = self.client_of(user)
        for collection in (theirs, root):
            data = {"title": "x", "description": "x", "collection": collection}
            client.post(f"/admin/images/{image.pk}/", data)
            client.post(f"/admin/documents/edit/{document.pk}/", data)
            for model, file in (("branchimage", image), ("branchdocument", document)):
                url = f"/admin/bulk/branches/{model}/add_to_collection/?id={file.pk}"
                client.post(url, {"collection": collection})
        own = self.scene.line.county.media_collection
        assert BranchImage.objects.get(pk=image.pk).collection == own
        assert BranchDocument.objects.get(pk=document.pk).collection == own

    def test_bulk_actions_touch_no_files_of_others(self) -> None:
        theirs = self.scene.theirs
        for who in ("reviewer of a county", "editor of the city above"):
            client = self.client_of(self.scene.outsiders[who])
            for model, file in (("branchimage", theirs.image), ("branchdocument", theirs.document)):
                for action in ("delete", "add_to_collection"):
                    url = f"/admin/bulk/branches/{model}/{action}/?id={file.pk}"
                    own = self.scene.line.county.media_collection_id
                    text = client.post(url, {"collection": own}).content.decode()
                    assert SECRET not in text
                    assert SECRET not in client.get(url).content.decode()
        assert BranchImage.objects.get(pk=theirs.image.pk).collection == theirs.image.collection
        assert BranchDocument.objects.filter(pk=theirs.document.pk).exists()


class PublicFiles(Files):
    """What was reviewed with a page is not changed behind the reviewers' back."""

    def setUp(self) -> None:
        super().setUp()
        county = self.scene.line.county
        self.image, self.document = make_image(county), make_document(county)
        self.edit_image = f"/admin/images/{self.image.pk}/"
        self.edit_document = f"/admin/documents/edit/{self.document.pk}/"

    def publish(self) -> None:
        publish(self.using(self.image, self.document).latest_revision)

    def fields(self, **values: Any) -> dict[str, Any]:
        collection = self.scene.line.county.media_collection_id
        return {"title": self.image.title, "collection": collection, "credit": "", **values}

    def test_a_file_is_never_replaced(self) -> None:
        before = (self.image.file.name, self.document.file.name)
        for user in (self.scene.outsiders["editor of a county"], self.scene.admin):
            client = self.client_of(user)
            same = self.fields(description=self.image.description)
            response = client.post(self.edit_image, {**same, "file": picture()})
            assert "不能替换" in response.content.decode()
            client.post(self.edit_document, self.fields(title="文件", file=paper()))
        image = BranchImage.objects.get(pk=self.image.pk)
        document = BranchDocument.objects.get(pk=self.document.pk)
        assert (image.file.name, document.file.name) == before

    def test_texts_change_until_the_file_is_public(self) -> None:
        client = self.client_of(self.scene.outsiders["editor of a county"])
        client.post(self.edit_image, self.fields(description="改好的说明"))
        client.post(self.edit_document, self.fields(title="改好的名称"))
        self.image.refresh_from_db()
        self.document.refresh_from_db()
        assert (self.image.description, self.document.title) == ("改好的说明", "改好的名称")
        self.publish()
        for user in (self.scene.outsiders["editor of a county"], self.scene.admin):
            client = self.client_of(user)
            client.post(self.edit_image, self.fields(description="没审过的说明"))
            client.post(self.edit_image, self.fields(description="改好的说明", credit="没审过的"))
            url = f"/admin/images/multiple/{self.image.pk}/"
            prefix = f"image-{self.image.pk}-"
            form = self.fields(description="没审过的说明")
            form = {f"{prefix}{name}": value for name, value in form.items()}
            client.post(url, form, headers={"X-Requested-With": "XMLHttpRequest"})
            client.post(self.edit_document, self.fields(title="没审过的名称"))
        image = BranchImage.objects.get(pk=self.image.pk)
        assert (image.description, image.credit) == ("改好的说明", "")
        assert BranchDocument.objects.get(pk=self.document.pk).title == "改好的名称"

    def test_a_public_file_is_not_deleted(self) -> None:
        self.publish()
        client = self.client_of(self.scene.outsiders["editor of a county"])
        for url in (
            f"/admin/images/{self.image.pk}/delete/",
            f"/admin/documents/delete/{self.document.pk}/",
            f"/admin/bulk/branches/branchimage/delete/?id={self.image.pk}",
            f"/admin/bulk/branches/branchdocument/delete/?id={self.document.pk}",
        ):
            with transaction.atomic():
                assert client.post(url).status_code in (302, 403)
        for kind, file in (("images", self.image), ("documents", self.document)):
            url = f"/admin/{kind}/multiple/{file.pk}/delete/"
            with transaction.atomic():
                client.post(url, headers={"X-Requested-With": "XMLHttpRequest"})
        assert BranchImage.objects.filter(pk=self.image.pk).exists()
        assert BranchDocument.objects.filter(pk=self.document.pk).exists()

    def test_a_file_that_nothing_public_uses_is_deleted(self) -> None:
        client = self.client_of(self.scene.outsiders["editor of a county"])
        client.post(f"/admin/images/{self.image.pk}/delete/")
        client.post(f"/admin/documents/delete/{self.document.pk}/")
        assert not BranchImage.objects.filter(pk=self.image.pk).exists()
        assert not BranchDocument.objects.filter(pk=self.document.pk).exists()


class FilesOfOthersInForms(Files):
    """A form can be sent with the number of any file in it."""

    def setUp(self) -> None:
        super().setUp()
        self.client.force_login(self.scene.outsiders["editor of a county"])
        self.edit = f"/admin/pages/{self.scene.mine.pk}/edit/"

    def forms(self) -> list[dict[str, Any]]:
        theirs = self.scene.theirs
        link = f'<p><a linktype="document" id="{theirs.document.pk}">文件</a></p>'
        return [
            story_form(lead_image=theirs.image.pk),
            story_form(blocks=[("picture", {"image": theirs.image.pk, "caption": ""})]),
            story_form(blocks=[("document", {"document": theirs.document.pk, "title": ""})]),
            story_form(blocks=[("text", link)]),
        ]

    def test_files_of_others_are_refused_and_not_named(self) -> None:
        add = f"/admin/pages/add/stories/storypage/{self.scene.mine.get_parent().pk}/"
        revisions = self.scene.mine.revisions.count()
        for form in self.forms():
            for url in (self.edit, f"{self.edit}preview/", add, f"{add}preview/"):
                response = self.client.post(url, form)
                assert response.status_code in (302, 403), url
                assert self.client.get(url).content.decode().count(SECRET) == 0
        assert self.scene.mine.revisions.count() == revisions
        assert StoryPage.objects.filter(title="新写的故事").count() == 0

    def test_own_and_public_files_are_taken(self) -> None:
        own = make_image(self.scene.line.county)
        public = make_image(self.scene.line.other_county, is_public=True)
        for image in (own, public):
            response = self.client.post(self.edit, story_form(lead_image=image.pk))
            assert response.status_code == 302
            mine = StoryPage.objects.get(pk=self.scene.mine.pk)
            assert mine.latest_revision.as_object().lead_image == image

    def test_a_piece_that_was_moved_here_keeps_its_files(self) -> None:
        moved = self.scene.theirs.draft
        moved.slug = "20260101-9"
        moved.save()
        moved.move(self.scene.mine.get_parent(), pos="last-child")
        url = f"/admin/pages/{moved.pk}/edit/"
        form = story_form(title="接着改", lead_image=self.scene.theirs.image.pk)
        assert self.client.post(url, form).status_code == 302
        assert StoryPage.objects.get(pk=moved.pk).draft_title == "接着改"


@pytest.mark.django_db
def test_a_document_is_hashed_when_uploaded() -> None:
    """The guard of the ETag: it must not be the same for two files of one name."""
    scene = make_scene()
    document = scene.theirs.document
    before = media.etag_of(document, document.file.name)
    document.file = ContentFile(b"something else", name=document.file.name)
    document._set_document_file_metadata()
    assert media.etag_of(document, document.file.name) != before
