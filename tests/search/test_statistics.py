"""How often is searched for what: by week, never by whom, and never at a reader's expense."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches import clock
from search import statistics, suggestions
from search.models import SearchWeek, SharedQuery
from tests.factories import make_admin, make_line, make_user

pytestmark = pytest.mark.django_db

CHINESE = "zh-hans"


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> Iterator[None]:
    statistics._tally.take()
    cache.clear()
    yield
    statistics._tally.take()


def ask(query: str, *, found: int = 3, times: int = 1, language: str = CHINESE) -> None:
    for _ in range(times):
        statistics.record(query, language, found)


def counts() -> dict[str, tuple[int, int, int]]:
    """Searches, empty answers and clicks by query, as they are in the database."""
    statistics.write()
    rows = SearchWeek.objects.values_list("query", "searches", "empty", "clicks")
    return {query: (searches, empty, clicks) for query, searches, empty, clicks in rows}


# What is counted


def test_searches_empty_answers_and_clicks_are_counted() -> None:
    ask("献血", times=2)
    ask("献血", found=0)
    statistics.record_click("献血", CHINESE)
    assert counts() == {"献血": (3, 1, 1)}
    ask("献血")
    assert counts() == {"献血": (4, 1, 1)}


def test_what_is_compared_alike_is_counted_together() -> None:
    for query in ("捐献造血干细胞", "捐獻造血幹細胞", " 捐献造血干细胞 "):
        ask(query)
    for query in ("AED", "aed", "ＡＥＤ"):
        ask(query)
    assert counts() == {"捐献造血干细胞": (3, 0, 0), "aed": (3, 0, 0)}


def test_languages_and_weeks_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    ask("aed")
    ask("aed", language="ko")
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 11, 22))
    ask("aed")
    statistics.write()
    assert SearchWeek.objects.count() == 3
    assert SearchWeek.objects.filter(week=datetime.date(2026, 11, 16)).count() == 1


@pytest.mark.parametrize(
    "query",
    [
        *(
            "13843211234",
            "138 4321 1234",
            "138-4321-1234",
            "联系１３８４３２１１２３４",
            "0431-83220000",
            "0431–8861–0000",
            "138—0013—8000",
            "138——0013——8000",
            "138 - 0013 - 8000",
        ),
        *("220122199001011234", "22012219900101123X", "(0431)83220000", "一三八四三二一一二三四"),
        *("zhang@example.org", "張三＠example.org", "找 a@b"),
        *("", "   ", "?!。", "\x00\ud800", "😀"),
    ],
)
def test_what_may_name_a_person_or_says_nothing_is_not_counted(query: str) -> None:
    ask(query)
    statistics.record_click(query, CHINESE)
    assert counts() == {}


@pytest.mark.parametrize("query", ["12320", "2026年11月", "红十字会法第三条", "8号楼", "aed 2026"])
def test_other_numbers_are_counted(query: str) -> None:
    ask(query)
    assert counts() == {query: (1, 0, 0)}


def test_no_more_than_sixty_characters_are_kept() -> None:
    ask("献血" * 5_000)
    assert list(counts()) == ["献血" * 30]


def test_nothing_finer_than_the_week_and_nothing_of_the_searcher_is_kept() -> None:
    fields = {field.name for field in SearchWeek._meta.get_fields()}
    assert fields == {"id", "week", "language", "query", "searches", "empty", "clicks"}
    ask("献血")
    statistics.write()
    assert SearchWeek.objects.get().week.weekday() == 0


# At nobody's expense


def test_counting_asks_no_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        ask("献血", times=10)
        statistics.record_click("献血", CHINESE)


def test_it_is_written_after_an_answer_and_not_at_once_again(settings: Any) -> None:
    settings.SEARCH_STATISTICS_SECONDS = 30
    ask("献血")
    Client().get("/robots.txt")
    assert not SearchWeek.objects.exists()
    statistics._tally.written -= 31
    Client().get("/robots.txt")
    assert SearchWeek.objects.get().searches == 1
    ask("献血")
    Client().get("/robots.txt")
    assert SearchWeek.objects.get().searches == 1
    assert statistics.write_when_due in {
        receiver() for (_, receiver, *_rest) in request_finished.receivers
    }


def test_nothing_is_written_where_nothing_was_counted(
    settings: Any, django_assert_num_queries: Any
) -> None:
    settings.SEARCH_STATISTICS_SECONDS = 0
    with django_assert_num_queries(0):
        statistics.write_when_due()


def test_what_cannot_be_written_is_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("database is locked")

    ask("献血", found=0, times=2)
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(SearchWeek.objects, "bulk_create", fail)
        statistics.write()
    assert "database is locked" in caplog.text
    ask("献血")
    assert counts() == {"献血": (3, 2, 0)}


def test_rows_are_written_in_the_same_order_by_all_processes() -> None:
    written = []
    for queries in ("献血", "急救", "aed"), ("急救", "aed", "献血"):
        for query in queries:
            ask(query)
        with CaptureQueriesContext(connection) as captured:
            statistics.write()
        written.append(re.findall("献血|急救|aed", str(captured.captured_queries)))
    assert len(written[0]) == 6, "inserted, then added to"
    assert written[0] == written[1]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MOST_IN_MEMORY", 3)
    for letter in "abcde":
        ask(letter)
    ask("a")
    assert counts() == {"a": (2, 0, 0), "b": (1, 0, 0), "c": (1, 0, 0)}


def test_the_table_is_bounded_but_goes_on_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MOST_IN_A_WEEK", 2)
    ask("a")
    ask("b")
    statistics.write()
    ask("b")
    ask("c")
    assert counts() == {"a": (1, 0, 0), "b": (2, 0, 0)}


def test_many_at_once_are_all_counted() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ask("献血", times=200), range(8)))
    assert counts() == {"献血": (1600, 0, 0)}


def test_old_weeks_are_forgotten_by_the_clock() -> None:
    for weeks in (0, 26, 27, 60):
        SearchWeek.objects.create(
            week=statistics.weeks_ago(weeks), language=CHINESE, query="献血", searches=1
        )
    clock.tick()
    weeks_left = set(SearchWeek.objects.values_list("week", flat=True))
    assert weeks_left == {statistics.weeks_ago(0), statistics.weeks_ago(26)}


# Clicks, by their address


def click(body: str = "q=献血", path: str = "/search/clicked/", **options: Any) -> int:
    options.setdefault("content_type", "application/x-www-form-urlencoded;charset=UTF-8")
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path, body, **options)
    assert not answer.cookies
    return answer.status_code


def test_a_click_is_counted_in_the_language_of_the_address() -> None:
    ask("献血")
    ask("献血", language="ko")
    assert click() == 204
    assert click(path="/ko/search/clicked/") == 204
    statistics.write()
    assert set(SearchWeek.objects.values_list("language", "clicks")) == {(CHINESE, 1), ("ko", 1)}


def test_what_no_page_of_ours_sends_is_refused() -> None:
    assert click("q=" + "a" * 3_000) == 400
    assert click('{"q": "献血"}', content_type="application/json") == 400
    assert Client().get("/search/clicked/?q=献血").status_code == 405
    assert counts() == {}


@pytest.mark.parametrize("body", ["q=", "p=1", "q=%ff%00", "q=13843211234"])
def test_a_click_that_says_nothing_is_not_counted(body: str) -> None:
    assert click(body) == 204
    assert counts() == {}


def test_clicks_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "CLICKS_PER_MINUTE", 3)
    monkeypatch.setattr("search.statistics.time.time", lambda: 1_000_000.0)
    ask("献血")
    assert [click() for _ in range(5)] == [204] * 5
    assert counts() == {"献血": (1, 0, 3)}


def test_clicks_alone_fill_no_table() -> None:
    assert click("q=没有人搜过") == 204
    assert counts() == {}


def test_a_click_waits_for_its_search_to_be_written_by_another_process() -> None:
    click()
    statistics.write()
    ask("献血")
    assert counts() == {"献血": (1, 0, 1)}
    assert counts() == {"献血": (1, 0, 1)}


def test_a_click_does_not_wait_for_long() -> None:
    click()
    for _ in range(statistics.MOST_WAITS):
        statistics.write()
        assert statistics._tally.counts
    statistics.write()
    assert not statistics._tally.counts
    ask("献血")
    assert counts() == {"献血": (1, 0, 0)}


# What is popular


def share(*queries: str) -> None:
    statistics.write()
    for query in queries:
        statistics.share(query, CHINESE)


def popular(language: str = CHINESE, most: int = 8) -> list[str]:
    statistics.write()
    suggestions.rebuild()
    return [each.text for each in suggestions.popular(language, most)]


def test_what_the_province_shares_is_proposed() -> None:
    ask("急救箱")
    ask("心肺复书", found=0, times=50)
    ask("除颤", times=400)
    share("急救箱", "心肺复书")
    assert popular() == ["急救箱"]
    assert [each.text for each in suggestions.suggest("jj", CHINESE)] == ["急救箱"]
    statistics.stop_sharing("急救箱", CHINESE)
    assert suggestions.popular(CHINESE) == []


def test_nothing_that_nobody_searched_is_shared() -> None:
    ask("急救箱", language="ko")
    share("急救箱")
    assert popular() == popular("ko") == []


def test_what_was_searched_long_ago_is_not_proposed() -> None:
    for weeks, query in ((3, "急救箱"), (4, "献血证")):
        SearchWeek.objects.create(
            week=statistics.weeks_ago(weeks), language=CHINESE, query=query, searches=9
        )
        share(query)
    assert popular() == ["急救箱"]


def test_the_most_frequent_comes_first_then_topics(django_assert_num_queries: Any) -> None:
    make_line()
    ask("急救箱", times=5)
    ask("献血证", times=70)
    share("急救箱", "献血证")
    names = popular(most=4)
    assert names[:2] == ["献血证", "急救箱"]
    topics = [each for each in suggestions.popular(CHINESE) if each.source == "topic"]
    assert [each.text for each in topics][:2] == names[2:]
    assert topics[0].address == topics[0].url
    with django_assert_num_queries(1):
        (first, *_rest) = suggestions.popular(CHINESE)
    assert first.address == "?q=%E7%8C%AE%E8%A1%80%E8%AF%81"


# The report

REPORT = "/admin/search/statistics/"


def count(query: str, weeks: int = 0, **numbers: int) -> None:
    week = statistics.weeks_ago(weeks)
    SearchWeek.objects.create(week=week, language=CHINESE, query=query, **numbers)


def tables(client: Client, address: str = REPORT) -> dict[str, list[str]]:
    """The queries of each table of the report, by its title."""
    answer = client.get(address)
    assert answer.status_code == 200
    return {each["title"]: [row.query for row in each["rows"]] for each in answer.context["lists"]}


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_report_names_what_editors_can_act_on() -> None:
    count("献血", searches=9, clicks=4)
    count("急救箱", searches=3)
    count("少见的", searches=2)
    count("找不到的", searches=5, empty=5)
    count("上周的", weeks=1, searches=70)
    client = client_of(make_admin())
    assert tables(client) == {
        "没有结果的": ["找不到的"],
        "没有人点开的": ["急救箱"],
        "搜得最多的": ["献血", "找不到的", "急救箱", "少见的"],
    }
    last_week = tables(client, f"{REPORT}?week={statistics.weeks_ago(1)}")
    assert last_week["搜得最多的"] == ["上周的"]
    assert tables(client, f"{REPORT}?week=nonsense") == tables(client)


def test_the_report_leads_to_what_can_be_done() -> None:
    count("找不到的&x", searches=5, empty=5)
    text = client_of(make_admin()).get(REPORT).content.decode()
    query = "%E6%89%BE%E4%B8%8D%E5%88%B0%E7%9A%84%26x"
    assert f"/admin/searchpicks/add/?query={query}" in text
    assert f"?kind=synonyms&amp;text={query}" in text


def test_the_province_alone_reads_the_report() -> None:
    line = make_line()
    count("献血", searches=9)
    for user in (make_user(line.province, "reviewer"), make_admin()):
        assert "献血" in client_of(user).get(REPORT).content.decode()
        assert REPORT in client_of(user).get("/admin/").content.decode()
    for user in (
        make_user(line.province),
        make_user(line.city, "reviewer"),
        make_user(line.county, "reviewer"),
        make_user(line.county),
    ):
        assert client_of(user).get(REPORT).status_code == 302
        assert REPORT not in client_of(user).get("/admin/").content.decode()
    assert Client().get(REPORT).status_code == 302


SHARING = "/admin/search/statistics/sharing/"


def test_the_province_decides_what_readers_see() -> None:
    line = make_line()
    count("献血", searches=9)
    client = client_of(make_user(line.province, "reviewer"))
    posted = {"query": "献血", "language": CHINESE}
    assert f'action="{SHARING}"' in client.get(REPORT).content.decode()
    assert "现在给读者看" in client.post(SHARING, posted, follow=True).content.decode()
    assert client.post(SHARING, posted).status_code == 302, "twice is the same"
    assert [each.text for each in suggestions.suggest("献", CHINESE)] == ["献血"]
    assert client.post(SHARING, posted | {"query": "没有人搜过"}).status_code == 404
    assert client.post(SHARING, posted | {"query": "\x00" * 9_000}).status_code == 404
    assert client.post(SHARING).status_code == 404
    assert client.get(SHARING).status_code == 405
    assert (
        "不再给读者看" in client.post(SHARING, posted | {"stop": ""}, follow=True).content.decode()
    )
    assert suggestions.suggest("献", CHINESE) == []


def test_the_decision_leads_back_to_the_week_in_view() -> None:
    count("献血", weeks=1, searches=9)
    count("急救箱", searches=9)
    client = client_of(make_admin())
    week = statistics.weeks_ago(1).isoformat()
    report = client.get(f"{REPORT}?week={week}").content.decode()
    assert f'<input type="hidden" name="week" value="{week}">' in report
    posted = {"query": "献血", "language": CHINESE, "week": week}
    assert client.post(SHARING, posted).headers["Location"] == f"{REPORT}?week={week}"
    assert client.post(SHARING, posted | {"week": "&x\n"}).status_code == 302


def test_nobody_else_decides_it() -> None:
    line = make_line()
    count("献血", searches=9)
    posted = {"query": "献血", "language": CHINESE}
    for user in (
        make_user(line.city, "reviewer"),
        make_user(line.province),
        make_user(line.county),
    ):
        assert client_of(user).post(SHARING, posted).status_code == 302
    assert Client().post(SHARING, posted).status_code == 302
    assert not SharedQuery.objects.exists()


def test_the_report_is_there_before_there_are_numbers() -> None:
    assert "还没有统计" in client_of(make_admin()).get(REPORT).content.decode()


def test_the_report_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        count(f"词{number}", searches=9, empty=number % 2)
    client = client_of(make_admin())
    client.get(REPORT)
    with django_assert_max_num_queries(14):
        tables(client)
