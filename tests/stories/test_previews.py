"""What is being written can be looked at before it was ever saved, however little there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from branches.models import User
from branches.provisioning import provision
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage, Topic
from tests.branches.scene import make_locale
from tests.factories import (
    SECTION_OF,
    Line,
    branch_page,
    make_admin,
    make_line,
    make_piece,
    make_user,
    section,
)

pytestmark = pytest.mark.django_db

KINDS = [StoryPage, NewsPage, ExplainerPage]
PANEL = "?in_preview_panel=true&mode="


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def new(line: Line, model: type[ContentPage], parent: Any = None) -> str:
    """The address of the preview of a new piece."""
    parent = parent or section(line.county, SECTION_OF[model])
    kind = ("stories", model._meta.model_name, parent.pk)
    return reverse("wagtailadmin_pages:preview_on_add", args=kind)


def form(**values: Any) -> dict[str, Any]:
    empty = {"body": streamfield([]), "questions": streamfield([]), "comments": inline_formset([])}
    return nested_form_data({"title": "", **empty, **values})


def typed(**values: Any) -> dict[str, Any]:
    topics = list(Topic.objects.filter(slug="first-aid").values_list("pk", flat=True))
    body = streamfield([("text", rich_text("<p>刚写的一段</p>"))])
    data = form(title="刚写的题目", summary="刚写的摘要", body=body, **values)
    return data | {"topics": topics}


def preview(user: User, at: str, data: dict[str, Any]) -> str:
    client = Client()
    client.force_login(user)
    assert client.post(at, data).json() == {"is_valid": True, "is_available": True}
    response = client.get(f"{at}{PANEL}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("model", KINDS)
def test_what_was_typed_is_shown_before_the_first_save(
    line: Line, model: type[ContentPage]
) -> None:
    """Also beside public pieces of the same day and topic, which stand around it."""
    make_piece(line.county, model, title="同一天的稿件")
    body = preview(make_user(line.county), new(line, model), typed(answer="能。"))
    for text in ("刚写的题目", "刚写的摘要", "刚写的一段", "应急救护", "同一天的稿件"):
        assert text in body
    assert not model.objects.filter(title="刚写的题目").exists()


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize(
    "data",
    [{}, {"title": "  "}, {"date": ""}, {"happened": "", "checked_on": "", "kind": ""}],
    ids=str,
)
def test_nothing_typed_yet_is_no_error(
    line: Line, model: type[ContentPage], data: dict[str, str]
) -> None:
    assert "<h1" in preview(make_user(line.county), new(line, model), form(**data))


def test_blocks_that_are_only_begun_are_no_error(line: Line) -> None:
    picture = {"image": "", "caption": ""}
    gallery = {"pictures": {"count": "0"}}
    video = {"title": "", "file": "", "link": "", "poster": "", "transcript": ""}
    blocks = [
        ("picture", picture),
        ("gallery", gallery),
        ("video", video),
        ("document", {"document": "", "title": ""}),
        ("heading", ""),
        ("quote", {"quote": "", "speaker": ""}),
        ("law_article", {"law": "", "article": "", "text": ""}),
        ("table", "null"),
    ]
    body = preview(make_user(line.county), new(line, StoryPage), form(body=streamfield(blocks)))
    assert "<h1" in body


def test_everybody_who_may_write_may_look(line: Line) -> None:
    city = make_user(line.city, "reviewer")
    for user in (make_user(line.county, "reviewer"), city, make_admin()):
        assert "刚写的题目" in preview(user, new(line, StoryPage), typed())


def test_a_text_in_another_language_is_shown_in_it(line: Line) -> None:
    korean = make_locale("ko")
    for branch in (line.province, line.other_city):
        provision(branch, korean)
    home = branch_page(line.other_city, "ko")
    parent = SECTION_OF[StoryPage].objects.child_of(home).get()
    body = preview(make_user(line.other_city), new(line, StoryPage, parent), typed())
    assert '<html lang="ko"' in body


def test_a_draft_shows_what_was_typed_since_it_was_saved(line: Line) -> None:
    editor = make_user(line.county)
    for model in KINDS:
        piece = make_piece(line.county, model, owner=editor, live=False, topics=())
        at = reverse("wagtailadmin_pages:preview_on_edit", args=(piece.pk,))
        assert "应急救护" in preview(editor, at, typed(answer="能。"))


def test_a_form_without_its_lists_is_no_error(line: Line) -> None:
    client = Client()
    client.force_login(make_user(line.county))
    at = new(line, StoryPage)
    for data in ({"title": "题"}, form() | {"body-count": "x"}):
        assert client.post(at, data).json() == {"is_valid": False, "is_available": False}
    assert client.get(f"{at}{PANEL}").status_code == 200


def test_a_preview_that_fails_says_so_kindly(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ValueError

    monkeypatch.setattr("stories.article.read_surroundings", fail)
    client = Client(raise_request_exception=False)
    client.force_login(make_user(line.county))
    client.post(new(line, StoryPage), typed())
    response = client.get(f"{new(line, StoryPage)}{PANEL}")
    assert response.status_code == 200
    assert "写好的内容没有丢" in response.content.decode()
