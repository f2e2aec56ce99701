"""What no browser sends into the form of a text is refused or left out, and answers no error."""

from __future__ import annotations

from typing import Any

from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.branches.test_media import Files

MISSING = ("body-count", "body-0-type", "body-0-order", "body-0-deleted", "title", "date")
FORGED: dict[str, Any] = {
    "body-count": "x",
    "body-0-order": "x",
    "body-0-type": "nope",
    "topics": ["x", "999999"],
    "lead_image": "x",
    "date": "x",
    "go_live_at": "0001-01-01 00:00",
    "expire_at": "9999-12-31 23:59",
    "comments-TOTAL_FORMS": "x",
}


class ForgedForms(Files):
    def test_no_form_answers_an_error(self) -> None:
        mine = self.scene.mine
        client = self.client_of(self.scene.outsiders["editor of a county"])
        add = f"/admin/pages/add/stories/storypage/{mine.get_parent().pk}/"
        forms = [{k: v for k, v in story_form().items() if k != name} for name in MISSING]
        forms += [story_form() | {name: value} for name, value in FORGED.items()]
        for form in forms:
            for url in (f"/admin/pages/{mine.pk}/edit/", add):
                assert client.post(url, form).status_code in (200, 302), form
                submitted = form | {"action-submit": "1"}
                assert client.post(url, submitted).status_code in (200, 302), submitted
        assert StoryPage.objects.filter(title="").count() == 0

    def test_a_key_of_no_picture_is_no_picture(self) -> None:
        mine = self.scene.mine
        client = self.client_of(self.scene.outsiders["editor of a county"])
        for key in ("x", "²", "-1"):
            client.post(f"/admin/pages/{mine.pk}/edit/", story_form(lead_image=key))
            latest = StoryPage.objects.get(pk=mine.pk).get_latest_revision_as_object()
            assert (latest.title, latest.lead_image) == ("新写的故事", None)

    def test_nor_is_it_a_logo(self) -> None:
        address = f"/admin/branches/{self.scene.line.county.pk}/profile/"
        assert self.client_of(self.scene.admin).post(address, {"logo": "x"}).status_code < 500

    def test_a_text_of_empty_paragraphs_is_not_written_yet(self) -> None:
        mine = self.scene.mine
        client = self.client_of(self.scene.outsiders["editor of a county"])
        url = f"/admin/pages/{mine.pk}/edit/"
        for html in ("<p></p>", "<p> </p><p></p>", "<ul><li></li></ul>"):
            form = story_form(blocks=[("text", html)], title="空的")
            said = client.post(url, form | {"action-submit": "1"})
            assert said.status_code == 200, html
            assert "正文" in said.content.decode()
            assert client.post(url, form).status_code == 302
