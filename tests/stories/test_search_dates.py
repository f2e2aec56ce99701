"""A piece is found by the day that it bears, and by those in its text, however they are typed."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import Line, make_line, make_piece

pytestmark = pytest.mark.django_db

QUERIES = ["2026年11月3日", "2026-11-3", "2026/11/03", "２０２６．１１．３", "2026년 11월 3일"]


def line_with_pieces() -> Line:
    line = make_line()
    third, day = datetime.date(2026, 11, 3), datetime.date(2026, 11, 6)
    make_piece(line.county, title="那天发的", date=third)
    make_piece(line.county, title="后来写的", date=day, text="11月3日上午，大家都来了。")
    make_piece(line.county, title="写了日子的", date=day, text="（2026.11.03）")
    make_piece(line.county, title="去年的", date=datetime.date(2025, 11, 3), text="11月3日")
    make_piece(line.county, title="发生在那天", date=day, happened=third)
    make_piece(line.county, title="次日", date=datetime.date(2026, 11, 4))
    call_command("update_index", verbosity=0)
    return line


@pytest.fixture(autouse=True)
def line() -> Line:
    return line_with_pieces()


def found(query: str, **asked: str) -> set[str]:
    answer = Client().get("/api/search/", {"q": query, **asked}).json()
    return {result["title"] for result in answer["results"]}


def test_a_piece_is_found_by_its_days() -> None:
    that_day = {"那天发的", "后来写的", "写了日子的", "发生在那天"}
    for query in QUERIES:
        assert found(query) == that_day, query
    assert found("11月3日") == {*that_day, "去年的"}
    assert found("2026年11月") == {*that_day, "次日"}
    assert found("2025年11月") == {"去年的"}


def test_a_year_is_asked_for_as_it_is_printed() -> None:
    for year in ("2025", "2025年", "２０２５", "2025년"):
        assert found("11月3日", year=year) == {"去年的"}, year
        shown = Client().get("/changchun/nongan/stories/", {"year": year}).content.decode()
        assert "去年的" in shown, year
        assert "那天发的" not in shown, year
