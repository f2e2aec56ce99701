"""Search for programs: what the search page shows, as JSON, for everybody, but not too often."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import rates, registry
from tests.factories import Line, make_line, make_piece
from tests.search.test_hostile_input import HOSTILE
from tests.search.test_search_page import SOURCE as ARTICLES

pytestmark = pytest.mark.django_db

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def ask(client: Client) -> Ask:
    def get(**parameters: str) -> Any:
        return client.get("/api/search/", parameters)

    return get


def answer(response: Any, status: int = 200) -> Any:
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    return response.json()


def test_an_answer_in_full(line: Line, ask: Ask) -> None:
    piece = make_piece(
        line.county,
        title="救护<培训>",
        text="在广场上应急救护&演练。",
        date=datetime.date(2026, 3, 5),
    )
    found = answer(ask(q="應急救護演練", branch="nongan", topic="nothing", page="7"))
    assert found["query"] == "應急救護演練"
    assert found["language"] == "zh-hans"
    assert found["sort"] == "relevance"
    assert found["filters"] == {"branch": "nongan"}
    assert found["ignored"] == ["topic"]
    assert found["correction"] is None
    assert (found["count"], found["page"], found["pages"]) == (1, 1, 1)
    assert found["best_bets"] == []
    (result,) = found["results"]
    assert result["title"] == "救护<培训>"
    assert result["title_html"].replace("<mark>", "").replace("</mark>", "") == "救护&lt;培训&gt;"
    assert result["url"] == f"http://localhost/changchun/nongan/stories/{piece.slug}/"
    assert result["kind"] == "红会故事"
    assert result["branch"] == "农安县"
    assert result["date"] == "2026-03-05"
    assert "广场上应急救护&演练。" in result["passage"]
    assert "<mark>应急救护</mark>&amp;<mark>演练</mark>" in result["passage_html"]
    facets = {facet["name"]: facet for facet in found["facets"]}
    assert facets["type"]["label"] == "类型"
    assert facets["year"]["options"] == [
        {"value": "2026", "label": "2026年", "count": 1, "chosen": False, "parent": None}
    ]
    (city,) = (each for each in facets["branch"]["options"] if each["value"] == "changchun")
    (county,) = (each for each in facets["branch"]["options"] if each["value"] == "nongan")
    assert (county["count"], county["chosen"], county["parent"]) == (1, True, "changchun")
    assert city["parent"] is None


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "急救"},
        {"q": "急救", "page": "2"},
        {"q": "急救", "page": "99"},
        {"q": "急救", "sort": "newest"},
        {"q": "急救", "branch": "yushu"},
        {"q": "急救 -第3", "type": "story"},
        {"q": "没有的词"},
    ],
)
def test_the_same_hits_as_on_the_page(
    line: Line, ask: Ask, client: Client, parameters: dict[str, str]
) -> None:
    for number in range(12):
        date = datetime.date(2025, 1, 28 - number)
        make_piece(line.county, title=f"急救第{number}课", text="急救" * number, date=date)
    make_piece(line.other_county, title="急救")
    found = answer(ask(**parameters))
    page = client.get("/search/", parameters).content.decode()
    links = re.findall(r'<h2[^>]*>\s*<a[^>]*href="([^"]+)"', page)
    assert [each["url"].removeprefix("http://localhost") for each in found["results"]] == [
        unescape(link) for link in links
    ]
    assert len(links) == min(10, found["count"] - 10 * (max(found["page"], 1) - 1))


def test_what_is_named_outright(line: Line, ask: Ask) -> None:
    found = answer(ask(q="农安县红十字会"))
    assert [each["title"] for each in found["best_bets"]] == [line.county.name]
    assert found["best_bets"][0]["url"] == "http://localhost/changchun/nongan/"
    assert found["best_bets"][0]["date"] is None


def test_what_was_probably_meant(line: Line, ask: Ask, monkeypatch: Any) -> None:
    make_piece(line.county, title="心肺复苏")
    monkeypatch.setattr("search.spelling.correction", lambda *args: "心肺复苏")
    assert answer(ask(q="毫无"))["correction"] == {"query": "心肺复苏", "used": True}


def test_quotes_that_were_left_aside(line: Line, ask: Ask) -> None:
    make_piece(line.county, title="救护培训")
    assert answer(ask(q="“救护培训”"))["loosened"] is False
    assert answer(ask(q="“培训救护”"))["loosened"] is True


def test_an_answer_in_another_language(line: Line, ask: Ask) -> None:
    make_piece(line.county, title="急救")
    response = ask(q="急救", language="ko")
    assert answer(response)["count"] == 0
    assert response["Content-Language"] == "ko"
    assert answer(response)["facets"][0]["label"] != "类型"


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, "missing-query"),
        ({"q": " \t\x00 "}, "missing-query"),
        ({"q": "急救", "language": "fr"}, "unknown-language"),
        ({"q": "急救", "language": ""}, "unknown-language"),
    ],
)
def test_what_cannot_be_answered_is_said_clearly(
    ask: Ask, parameters: dict[str, str], code: str
) -> None:
    response = ask(**parameters)
    problem = answer(response, 400)["error"]
    assert (problem["status"], problem["code"]) == (400, code)
    assert problem["message"]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_written(method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/search/?q=急救")
    assert answer(response, 405)["error"]["code"] == "method-not-allowed"
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("language", "said", "spoken"),
    [
        ("en", "Only GET is allowed.", "en"),
        ("ko", "읽기(GET)만 할 수 있습니다.", "ko"),
        ("fr", "只能读取（GET）。", "zh-hans"),
    ],
)
def test_what_cannot_be_done_is_said_in_the_language_asked_for(
    client: Client, language: str, said: str, spoken: str
) -> None:
    response = client.post(f"/api/search/?q=急救&language={language}")
    assert answer(response, 405)["error"]["message"] == said
    assert response["Content-Language"] == spoken


def test_head_answers_without_a_text(client: Client) -> None:
    response = client.head("/api/search/", {"q": "急救"})
    assert (response.status_code, response.content) == (200, b"")


def test_caches_may_keep_an_answer_for_everybody(ask: Ask) -> None:
    response = ask(q="急救")
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.get("Vary", "")
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_get_an_answer(
    query: str, ask: Ask, backend: Any, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_registered", [ARTICLES])
    add("急救培训")
    sent = query.encode("utf-8", "replace").decode()
    found = answer(ask(q=sent, page=sent, sort=sent, year=sent))
    assert len(found["query"]) <= 200


@pytest.mark.parametrize("page", ["9" * 5_000, "-1", "1.5", "²", "٣", "0", ""])
def test_numbers_of_pages_that_there_are_not_get_an_answer(page: str, ask: Ask) -> None:
    assert answer(ask(q="急救", page=page))["page"] == 1


def test_more_pieces_cost_no_more_queries(line: Line, ask: Ask) -> None:
    costs = []
    for number in (2, 9):
        for _ in range(number):
            make_piece(line.county, title="急救")
        with CaptureQueriesContext(connection) as captured:
            assert answer(ask(q="急救"))["results"]
        costs.append(len(captured))
    assert costs[1] <= costs[0]
    assert costs[1] <= 30


def test_who_asks_too_often_has_to_wait(
    ask: Ask, settings: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_API_RATE = 2
    monkeypatch.setattr(rates, "time", SimpleNamespace(time=lambda: 1_800_000_010.0))
    assert [ask(language="fr").status_code for _ in range(3)] == [400, 400, 429]
    response = ask(q="急救")
    assert answer(response, 429)["error"]["code"] == "too-many-requests"
    assert response["Retry-After"] == "50"
    assert response["Cache-Control"] == "no-store"
    english = ask(q="急救", language="en")
    assert "Too many requests" in answer(english, 429)["error"]["message"]
    other = client.get("/api/search/", {"language": "fr"}, REMOTE_ADDR="192.0.2.9")
    assert other.status_code == 400, "somebody else"
    monkeypatch.setattr(rates, "time", SimpleNamespace(time=lambda: 1_800_000_060.0))
    assert ask(language="fr").status_code == 400, "a minute later"


def test_no_address_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[str, int]] = []
    monkeypatch.setattr(rates.cache, "add", lambda key, value, timeout: kept.append((key, timeout)))
    monkeypatch.setattr(rates.cache, "incr", lambda key: 1)
    rates.seconds_to_wait("203.0.113.77", 5)
    ((key, timeout),) = kept
    assert "203.0.113.77" not in key
    assert timeout == 60


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_who_counts_as_one(address: str, network: str) -> None:
    assert rates.network(address) == network


def test_what_there_is(client: Client) -> None:
    found = answer(client.get("/api/"))["search"]
    assert found["url"] == "http://localhost/api/search/"
    assert {"q", "language", "sort", "page", "type", "branch", "topic", "venue", "year"} == {
        *found["parameters"]
    }
