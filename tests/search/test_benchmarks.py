"""The benchmarks take any query, also one of which nothing is left to look up."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from benchmarks.bare import bare_query
from benchmarks.search_quality import Query, ask_all, measure, show_times

NOTHING_LEFT = ["", " ", "？！", "——", "😀", '""', "-", "\u200b", "的"]


@pytest.mark.parametrize("text", NOTHING_LEFT)
def test_the_bare_query_is_asked_for_any_text(db: None, text: str) -> None:
    engine = {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]
    assert bare_query(engine)(text)() == []


@pytest.mark.parametrize("engine", ["sqlite", "postgres", "elasticsearch"])
def test_no_engine_is_asked_for_nothing(engine: str) -> None:
    assert bare_query(engine)("？！")() == []


def test_a_set_with_such_queries_is_measured(db: None, capsys: Any) -> None:
    queries = [Query(text, frozenset()) for text in NOTHING_LEFT]
    engine = {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]
    found, times = ask_all(queries, [bare_query(engine)(query.text) for query in queries])
    show_times(times)
    assert measure(queries, found).empty == 1
