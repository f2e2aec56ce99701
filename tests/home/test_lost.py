"""Missing pages and failures help on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from home.lost import words_of
from home.views import server_error
from tests.factories import Line, make_line, make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def miss(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 404
    return response


def suggested(path: str) -> list[str]:
    return [card.title for card in miss(path).context["suggestions"]]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/changchun/应急救护_培训/", "changchun 应急救护 培训"),
        ("/ko/stories/20261123-2/", ""),
        ("/topics/first-aid-course/", "first aid course"),
        ("/" + "x" * 5000 + "/", "x" * 60),
        ("/", ""),
    ],
)
def test_the_words_in_an_address(path: str, words: str) -> None:
    assert words_of(path) == words


def test_the_words_in_the_address_are_searched(line: Line) -> None:
    make_piece(line.city, title="开展应急救护培训进校园")
    make_piece(line.city, title="无关的一篇", topics=("blood",))
    assert suggested("/changchun/应急救护/") == ["开展应急救护培训进校园"]


def test_a_topic_named_in_latin_letters_is_understood(line: Line) -> None:
    make_piece(line.other_city, title="献血故事", topics=("blood",))
    make_piece(line.city, title="急救故事", topics=("first-aid",))
    assert suggested("/changchun/old/blood/")[0] == "献血故事"


def test_else_the_newest_of_the_branch_is_offered(line: Line) -> None:
    make_piece(line.county, title="农安的故事")
    make_piece(line.other_county, title="榆树的故事")
    response = miss("/changchun/nongan/xyz/")
    assert [card.title for card in response.context["suggestions"]] == ["农安的故事"]
    assert 'href="/changchun/nongan/"' in response.content.decode()


def test_a_draft_is_missing_and_not_suggested(line: Line) -> None:
    draft = make_piece(line.county, title="保密的草稿", live=False)
    assert "保密的草稿" not in miss(draft.get_url()).content.decode()


def test_a_missing_page_is_kept_by_caches_for_a_moment_only(line: Line) -> None:
    assert miss("/nothing/")["Cache-Control"] == "public, max-age=10"


def test_the_branch_is_no_word(line: Line) -> None:
    assert miss("/changchun/应急救护/").context["words"] == "应急救护"


@pytest.mark.parametrize("path", ["/%00/", "/changchun/%00%0d%0a/", "/%ff%fe/", "/..%2f..%2f/"])
def test_what_is_no_address_is_missing(line: Line, path: str) -> None:
    miss(path)


def test_a_language_in_which_the_site_is_not_open_is_missing(line: Line) -> None:
    miss("/ko/")
    miss("/en/branches/")


def test_a_failure_is_told_without_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert len(response.content) > 100
    assert len(queries) == 0


def test_the_icon_that_nobody_was_told_of_is_no_missing_page(line: Line) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/icon.svg")
    assert not captured.captured_queries
