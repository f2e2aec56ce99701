"""Any branch is reached in two taps, or by typing part of its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import Line, make_branch, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def visit(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200
    return response


def found(query: str) -> list[str]:
    return [link.url for link in visit(f"/branches/?q={query}").context["found"]]


def test_all_branches_stand_by_prefecture(line: Line) -> None:
    make_branch("meihekou", line.province, level="county", division="梅河口市", code="220581")
    for path in ("/branches/", "/"):
        finder = visit(path).context["finder"]
        assert [entry.link.title for entry in finder] == ["长春市", "延边朝鲜族自治州", "梅河口市"]
        assert [link.url for link in finder[0].counties] == [
            "/changchun/nongan/",
            "/changchun/yushu/",
        ]
        assert finder[0].counties[0].note == "nonganxian nax"


@pytest.mark.parametrize("query", ["农安", "nongan", "nax", "NongAn", " 农安 ", "220122"])
def test_part_of_a_name_pinyin_or_initials(line: Line, query: str) -> None:
    assert found(query) == ["/changchun/nongan/"]


@pytest.mark.parametrize("query", ["", "   ", "没有这个地方", "%00", "'%20OR%201=1"])
def test_what_finds_nothing(line: Line, query: str) -> None:
    assert found(query) == []


def test_a_query_is_shown_as_it_was_typed_and_does_no_harm(line: Line) -> None:
    page = visit("/branches/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert(1)" not in page


def test_a_closed_branch_is_found_by_name_only_and_says_so(line: Line) -> None:
    line.county.status = "closed"
    line.county.save()
    response = visit("/branches/?q=nongan")
    assert [link.note for link in response.context["found"]] == ["已撤并"]
    counties = [link.url for link in response.context["finder"][0].counties]
    assert counties == ["/changchun/yushu/"]
