"""Blocks whose stored or sent values are not what they should be: never the page's fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.blocks.base import get_error_json_data
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from branches.models import User
from search.backends.texts import tokens_of
from stories.models import ExplainerPage, StoryPage, Topic
from tests.branches.scene import make_document
from tests.factories import Line, make_image, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db

#: One of each kind of JSON value.
NONSENSE: tuple[Any, ...] = (None, True, 5, 10**30, -1.5, "废话", "", [], [7], {}, {"x": [1]})
#: Stands before and after what is damaged.
BEFORE, AFTER = "前面的一段", "后面的一段"


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


@pytest.fixture(scope="module")
def editor(kept_for_module: Callable[..., User], line: Line) -> User:
    return kept_for_module(lambda: make_user(line.county))


@pytest.fixture(scope="module")
def piece(kept_for_module: Callable[..., StoryPage], line: Line, editor: User) -> StoryPage:
    return kept_for_module(lambda: make_piece(line.county, owner=editor))


@pytest.fixture(scope="module")
def whole(kept_for_module: Callable[..., Any], line: Line) -> list[dict[str, Any]]:
    """A text with a block of each type, as it is stored."""
    return kept_for_module(lambda: make_blocks(line))


def make_blocks(line: Line) -> list[dict[str, Any]]:
    image = make_image(line.county).pk
    document = make_document(line.county).pk
    picture = {"image": image, "caption": "说明"}
    values = {
        "text": f'<p>字<a linktype="document" id="{document}">文件</a></p>',
        "picture": picture,
        "heading": "小标题",
        "quote": {"quote": "一句话", "speaker": "谁"},
        "callout": {"title": "提示", "text": "<p>内容</p>"},
        "gallery": {"pictures": [{"type": "item", "id": "1", "value": picture}, picture]},
        "video": {
            "title": "视频",
            "file": document,
            "link": "",
            "poster": image,
            "transcript": "文字稿",
        },
        "document": {"document": document, "title": "名称"},
        "table": {
            "data": [["甲", "乙"], ["1", None]],
            "cell": [{"row": 0, "col": 0, "className": "htCenter"}],
            "mergeCells": [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "表题",
        },
        "question": {"question": "问", "answer": "<p>答</p>"},
        "law_article": {"law": "红十字会法", "article": "第三条", "text": "内容"},
    }
    return [{"type": name, "value": value, "id": name} for name, value in values.items()]


def damaged(value: Any, nonsense: Any) -> Iterator[Any]:
    """`value` with each of its parts, at any depth, replaced by `nonsense`, one at a time."""
    yield nonsense
    if not isinstance(value, dict | list):
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        for other in damaged(part, nonsense):
            copy = value.copy()
            copy[key] = other
            yield copy


def stored(piece: StoryPage, blocks: Any, column: str = "body") -> StoryPage:
    """`piece` with `blocks` in the database and in its latest revision, past all code of ours."""
    table = "stories_explainerpage" if column == "questions" else "stories_contentpage"
    key = "contentpage_ptr_id" if column == "questions" else "page_ptr_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [json.dumps(blocks), piece.pk]
        )
        content = {**piece.latest_revision.content, column: json.dumps(blocks)}
        cursor.execute(
            "UPDATE wagtailcore_revision SET content = %s WHERE id = %s",
            [json.dumps(content), piece.latest_revision_id],
        )
    return type(piece).objects.get(pk=piece.pk)


def words_of(stream: Any) -> str:
    return json.dumps(stream.get_prep_value(), ensure_ascii=False)


def between(*blocks: Any) -> list[Any]:
    """Around `blocks` what has to be shown whatever they are."""
    return [
        {"type": "text", "value": f"<p>{BEFORE}</p>", "id": "before"},
        *blocks,
        {"type": "text", "value": f"<p>{AFTER}</p>", "id": "after"},
    ]


def shown(piece: StoryPage) -> str:
    """The page, read by the public; all else that reads its text is tried as well."""
    response = Client().get(piece.url)
    assert response.status_code == 200
    body = response.content.decode()
    assert BEFORE in body
    assert AFTER in body
    words = tokens_of(piece)
    assert "前面" in words.body
    ReferenceIndex.create_or_update_for_object(piece)
    return body


def all_damaged(whole: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each block of `whole`, damaged in every way."""
    return [
        {**block, "value": value, "id": f"{block['id']}-{nonsense!r}-{number}"}
        for block in whole
        for nonsense in NONSENSE
        for number, value in enumerate(damaged(block["value"], nonsense))
    ]


def test_whatever_is_stored_the_page_shows_the_rest(
    piece: StoryPage, whole: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    shown(stored(piece, between(*all_damaged(whole))))
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_an_editor_can_open_and_preview_whatever_is_stored(
    piece: StoryPage, editor: User, whole: list[dict[str, Any]]
) -> None:
    stored(piece, between(*all_damaged(whole)))
    client = Client()
    client.force_login(editor)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=(piece.pk,)))
    assert edit.status_code == 200
    assert BEFORE in words_of(edit.context["form"]["body"].value())
    compare = reverse("wagtailadmin_pages:revisions_compare", args=(piece.pk, "earliest", "latest"))
    assert client.get(compare).status_code == 200
    view = reverse("wagtailadmin_pages:view_draft", args=(piece.pk,))
    assert BEFORE in client.get(view).content.decode()


@pytest.mark.parametrize("nonsense", NONSENSE, ids=repr)
def test_a_stream_that_is_none(piece: StoryPage, nonsense: Any) -> None:
    for blocks in (nonsense, [nonsense], between(nonsense), between({"type": nonsense})):
        again = stored(piece, blocks)
        assert Client().get(again.url).status_code == 200
        again.save_revision()
    assert BEFORE in Client().get(again.url).content.decode()


def test_what_is_left_out_is_logged_with_its_page_and_block(
    piece: StoryPage, caplog: pytest.LogCaptureFixture
) -> None:
    table = {"type": "table", "value": {"data": 5, "table_caption": "表题"}, "id": "the-table"}
    body = shown(stored(piece, between(table)))
    assert "表题" not in body
    assert f"Block the-table (table) of page {piece.pk} is left out." in caplog.messages


def test_a_block_that_fails_when_it_is_shown_is_left_out(
    piece: StoryPage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> str:
        raise OSError("the disk")

    heading = {"type": "heading", "value": "小标题在此", "id": "the-heading"}
    piece = stored(piece, between(heading))
    monkeypatch.setattr(piece.body.stream_block.child_blocks["heading"], "render", fail)
    assert "小标题在此" not in shown(piece).partition("</head>")[2]
    assert f"Block the-heading (heading) of page {piece.pk} is left out." in caplog.messages


@pytest.mark.parametrize("nonsense", NONSENSE, ids=repr)
def test_questions_and_feeds(line: Line, nonsense: Any) -> None:
    piece = make_piece(line.county, ExplainerPage, title="可以吗")
    values = damaged({"question": "问", "answer": "<p>答</p>"}, nonsense)
    blocks = [{"type": "question", "value": value, "id": str(n)} for n, value in enumerate(values)]
    stored(piece, blocks, "questions")
    body = Client().get(piece.url).content.decode()
    assert "可以吗" in body
    feed = Client().get("/changchun/nongan/explainers/feed/").content
    assert ElementTree.fromstring(feed).findtext("channel/item/title") == "可以吗"


MARKUP = (
    "<p><b>断了</p>",
    "<li>没有列表</li>",
    "</p></ul>后面",
    '<p><a linktype="page">无</a><a linktype="page" id="x">无</a></p>',
    '<p><a linktype="document" id="99999999999999999999">无</a><a linktype="nothing">无</a></p>',
    '<p><a>无</a><embed embedtype="image"/><embed/></p>',
    "<table><tr><td>甲</td><td>乙</td></tr></table>",
)


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_that_is_not_well_formed(piece: StoryPage, editor: User, markup: str) -> None:
    block = {"type": "text", "value": markup, "id": "markup"}
    callout = {"type": "callout", "value": {"title": "提示", "text": markup}, "id": "callout"}
    shown(stored(piece, between(block, callout)))
    client = Client()
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
    assert client.get(edit).status_code == 200


def form(body: dict[str, Any]) -> dict[str, Any]:
    data = {
        "title": "标题",
        "summary": "摘要",
        "kind": "activity",
        "date": "2026-11-23",
        "audience": "own",
        "body": body,
        "comments": inline_formset([]),
    }
    topics = list(Topic.objects.filter(slug="first-aid").values_list("pk", flat=True))
    return nested_form_data(data) | {"topics": topics}


FORGED = {
    "a table that is a number": ("table", "5", "这张表格读不出来"),
    "a table of numbers": ("table", json.dumps({"data": 5}), "这张表格读不出来"),
    "a table that is no JSON": ("table", "{", "这张表格读不出来"),
    "a text that is no JSON": ("text", "<p>没有</p>", "正文没有完整地送到"),
    "a text of nothing": ("text", "5", "正文没有完整地送到"),
    "a picture that is none": ("picture", {"image": "abc", "caption": ""}, ""),
    "a picture with a huge key": ("picture", {"image": "9" * 30, "caption": ""}, ""),
    "a gallery without its count": ("gallery", {}, "正文没有完整地送到"),
    "a document that is none": ("document", {"document": "-1.5", "title": ""}, ""),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_form_is_refused_with_a_message(line: Line, editor: User, forged: str) -> None:
    name, value, message = FORGED[forged]
    piece = make_piece(line.county, owner=editor, live=False, text=BEFORE)
    client = Client()
    client.force_login(editor)
    data = form(streamfield([("text", rich_text(f"<p>{AFTER}</p>")), (name, value)]))
    address = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
    response = client.post(address, data | {"action-submit": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors["body"]
    assert message in complaints(response)
    by_itself = client.post(address, data, headers={"Accept": "application/json"})
    assert by_itself.status_code in (200, 400)
    piece.refresh_from_db()
    assert BEFORE in words_of(piece.get_latest_revision_as_object().body)


def complaints(response: Any) -> str:
    """What is said about the body, as the editor's script gets it."""
    (error,) = response.context["form"].errors["body"].as_data()
    return json.dumps(get_error_json_data(error), ensure_ascii=False, default=str)


def test_a_form_without_its_blocks_is_refused(line: Line, editor: User) -> None:
    piece = make_piece(line.county, owner=editor, live=False, text=BEFORE)
    client = Client()
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
    for body in ({"count": "x"}, {"count": "1"}, {"count": "9999999", "0-deleted": ""}):
        response = client.post(address, form(body))
        assert response.status_code == 200
        assert "正文没有完整地送到" in complaints(response)
    piece.refresh_from_db()
    assert BEFORE in words_of(piece.get_latest_revision_as_object().body)
