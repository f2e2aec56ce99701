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
    "date": "x",
    "go_live_at": "x",
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
        assert StoryPage.objects.filter(title="").count() == 0
