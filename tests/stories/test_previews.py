"""What is being written can be looked at before it was ever saved, however little there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from branches.models import User
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage, Topic
from tests.factories import SECTION_OF, Line, make_image, make_line, make_piece, make_user, section

pytestmark = pytest.mark.django_db

KINDS = [StoryPage, NewsPage, ExplainerPage]


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def address(line: Line, model: type[ContentPage]) -> str:
    parent = section(line.county, SECTION_OF[model])
    return reverse(
        "wagtailadmin_pages:preview_on_add", args=("stories", model._meta.model_name, parent.pk)
    )


def typed(**values: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "",
            "body": streamfield([]),
            "questions": streamfield([]),
            "comments": inline_formset([]),
            **values,
        }
    )


def preview(user: User, at: str, data: dict[str, Any]) -> Any:
    client = Client()
    client.force_login(user)
    assert client.post(at, data).json() == {"is_valid": True, "is_available": True}
    return client.get(f"{at}?in_preview_panel=true")


@pytest.mark.parametrize("model", KINDS)
def test_a(line: Line, model) -> None:
    data = typed(
        title="刚写的标题",
        summary="刚写的摘要",
        body=streamfield([("text", rich_text("<p>字</p>"))]),
        date="2026-11-23",
        audience="own",
        kind="activity",
        category="report",
        law="blood",
        reading_level="beginner",
        answer="能",
    )
    r = preview(make_user(line.county), address(line, model), data)
    assert r.status_code == 200
    assert "刚写的标题" in r.content.decode()


@pytest.mark.parametrize("model", KINDS)
def test_b(line: Line, model) -> None:
    data = typed()
    r = preview(make_user(line.county), address(line, model), data)
    assert r.status_code == 200
