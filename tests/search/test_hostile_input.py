from __future__ import annotations

import time
from typing import Any

import pytest
from wagtail.search.query import Phrase, PlainText

from search import syntax

HOSTILE = [
    '"',
    "'",
    '""急救"',
    "急救*",
    "急救 OR NOT (AND",
    "NEAR(急救 培训)",
    "{title} : 急救",
    "^急救 + 培训",
    "-急救",
    "急救' OR 1=1; DROP TABLE x; --",
    "%s %(x)s {} %",
    "急\x00救",
    "急救\ud800",
    "急救\u202e\u200b",
    "😀急救👩‍🚒",
    "\\",
    "a" * 10_000,
    "急救" * 5_000,
    " ".join(chr(0x4E00 + i) for i in range(5_000)),
    "é" * 300,
    "़" * 300,
    "𠮷𬭎龘",
    " ".join(f"-{chr(0x4E00 + i)}{chr(0x5E00 + i)}" for i in range(50)),
    " ".join(f"“{chr(0x4E00 + i)}”" for i in range(50)),
    "急救 " + " ".join(f"“急救” -词{i}" for i in range(20)),
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error_or_slow(add: Any, backend: Any, query: str) -> None:
    from tests.search.articles import Article

    add("急救培训", "怎样急救")
    started = time.perf_counter()
    for asked in (query, PlainText(query), PlainText(query, operator="or"), Phrase(query)):
        backend.search(asked, Article).count()
        backend.autocomplete(asked, Article).count()
    if typed := syntax.read(syntax.clean(query)).query():
        backend.search(typed, Article).count()
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("query", ['"急救"', "急救*", "(急救", "急救' --", "急\x00救 急救"])
def test_syntax_around_a_word_does_not_hide_it(add: Any, find: Any, query: str) -> None:
    add("急救培训")
    assert find(query) == ["急救培训"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_can_be_indexed(backend: Any, text: str) -> None:
    from tests.search.articles import Article

    article = Article(pk=1, title=text, body=text)
    backend.add(article)
    backend.delete(article)
