"""What a result shows of a piece: all that is searched of it."""

from __future__ import annotations

import json

import pytest

from search.results import Search
from stories.search_source import SOURCE
from tests.factories import make_line, make_piece, publish
from tests.home.rich import block

pytestmark = pytest.mark.django_db


def test_words_of_a_table_are_shown() -> None:
    line = make_line()
    piece = make_piece(line.county, title="九月的安排")
    cells = [["时间", "做什么"], ["上午九时", None], ["", "学心肺复苏"]]
    piece.body = json.dumps([block("text", "<p>正文</p>"), block("table", {"data": cells})])
    publish(piece.save_revision())
    (result,) = Search(SOURCE, {"q": "心肺复苏"}, "zh-hans").results
    assert result.passage == "摘要 正文 时间 做什么 上午九时 学<mark>心肺复苏</mark>"


def test_a_table_is_found_by_its_caption() -> None:
    piece = make_piece(make_line().county, title="九月的安排")
    table = {"data": [["时间", "地点"]], "table_caption": "救护车值班表"}
    piece.body = json.dumps([block("table", table)])
    publish(piece.save_revision())
    (result,) = Search(SOURCE, {"q": "值班"}, "zh-hans").results
    assert result.passage == "摘要 救护车<mark>值班</mark>表 时间 地点"
