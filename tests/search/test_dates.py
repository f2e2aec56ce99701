"""Dates are read as they are typed and printed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from search import analysis, dates, syntax
from search.folding import fold
from search.highlight import Highlighter

DAY = datetime.date(2026, 11, 3)
WRITTEN = [
    *("2026年11月3日", "2026 年 11 月 03 日", "２０２６年１１月３日", "2026年11月3号"),
    *("2026-11-3", "2026-11-03", "2026/11/3", "2026.11.3", "2026.11.03", "２０２６－１１－３"),
    *("二〇二六年十一月三日", "二零二六年十一月三日", "2026년 11월 3일", "2026년11월3일"),
    *("2026. 11. 3", "Nov. 3, 2026", "November 3, 2026", "3 November 2026", "3rd Nov 2026"),
    *("2026年11月3號", "2026年11\u200b月3日"),
]
NO_DAY = [
    *("", "2026", "2026年", "2026年11月", "11月3日", "2026年13月3日", "2026年2月30日", "2026-11"),
    *("2026-11/3", "12026-11-3", "2026-11-31", "明天", "may 3", "2026年11月3日下午", "0000-01-01"),
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert dates.read(text) == DAY
    assert dates.in_iso(text) == "2026-11-03"


@pytest.mark.parametrize("text", NO_DAY)
def test_what_is_no_day_is_left_as_it_was_typed(text: str) -> None:
    assert dates.read(text) is None
    assert dates.in_iso(text) == text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026年11月3日 14:30", "2026-11-03 14:30"),
        ("2026年11月3日14时30分", "2026-11-03 14:30"),
        ("2026年11月3日 8点", "2026-11-03 08:00"),
        ("２０２６／１１／３　８：０５", "2026-11-03 08:05"),
        ("2026-11-03 08:05", "2026-11-03 08:05"),
        ("2026年11月3日下午2:30", "2026-11-03 14:30"),
        ("2026年11月3日（星期二）晚上11点", "2026-11-03 23:00"),
        ("2026年11月3日中午12点", "2026-11-03 12:00"),
        ("2026년 11월 3일 오후 2:30", "2026-11-03 14:30"),
        ("2026년 11월 3일 (화) 14시 30분", "2026-11-03 14:30"),
        ("2026-11-03T14:30", "2026-11-03 14:30"),
        ("2026年11月3日 上午", "2026年11月3日 上午"),
    ],
)
def test_a_time_may_follow(text: str, iso: str) -> None:
    assert dates.in_iso(text) == iso


@pytest.mark.parametrize(
    ("text", "year"),
    [("2026", "2026"), ("２０２６", "2026"), ("2026年", "2026"), ("2026년", "2026"), ("26", None)],
)
def test_a_year_is_read(text: str, year: str | None) -> None:
    assert dates.read_year(text) == year


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("于2026年11月3日至5日，2026/11/8", ["2026年11月3日", "2026年11月8日"]),
        ("11月3日和十一月三日", ["11月3日", "11月3日"]),
        ("2026年11月起", ["2026年11月"]),
        ("1-3月，第3日，11月，v1.2026.11.3，2026.11.30.1", []),
        ("2月29日，2026年2月29日", ["2月29日"]),
    ],
)
def test_dates_are_told_from_other_numbers(text: str, names: list[str]) -> None:
    assert [each.name for each in dates.mentions(fold(text))] == names


def test_a_day_without_its_year_is_the_nearest_one() -> None:
    near = datetime.date(2026, 1, 5)
    found = list(dates.with_year("12月30日出发，1月3日回来，2月29日再去，2025年5月1日", near))
    assert found == [datetime.date(2025, 12, 30), datetime.date(2026, 1, 3)]


@pytest.mark.parametrize("text", WRITTEN)
def test_every_way_to_write_a_day_is_one_word(text: str) -> None:
    (word,) = analysis.query_terms(text).words
    assert word.text == "2026年11月3日"
    assert set(word.readings[0].tokens) < set(analysis.terms(f"活动在{text}举行"))


@pytest.mark.parametrize("written", WRITTEN[::4])
def test_a_day_is_found_however_both_are_written(add: Any, find: Any, written: str) -> None:
    add("春天", f"活动定于{written}举行。")
    add("别的", "活动定于2026年11月4日举行，报名到2025年11月3日为止。")
    for query in ("2026年11月3日", "2026-11-3", "2026년 11월 3일", written):
        assert find(syntax.read(query).query()) == ["春天"], query


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_marked_however_both_are_written(written: str) -> None:
    marked = Highlighter("2026/11/3").passage(f"于{written}举行，次日2026-11-04结束")
    assert marked == f"于<mark>{written}</mark>举行，次日2026-11-04结束"


def test_a_month_and_a_day_of_any_year_are_found(add: Any, find: Any) -> None:
    add("三日", "2026.11.3")
    add("四日", "二〇二六年十一月四日")
    add("去年", "2025年11月3日")
    assert set(find("2026年11月")) == {"三日", "四日"}
    assert set(find("11月3日")) == {"三日", "去年"}
    assert set(find("2026年")) == {"三日", "四日"}


def test_a_day_that_no_text_has_gives_way_to_its_month(add: Any, find: Any) -> None:
    add("同月", "2026年11月4日献血")
    add("别的", "2024年4月4日献血")
    assert find("2026年11月3日") == ["同月"]
    assert find("2026年11月3日 献血")[0] == "同月"


@pytest.mark.parametrize(
    "text", ["2026. 11. 3.", "2026年11月3日（星期二）", "2026년 11월 3일 (화)"]
)
def test_a_weekday_or_a_full_stop_says_nothing_more(text: str) -> None:
    assert dates.read(text) == DAY
    assert dates.in_iso(text) == "2026-11-03"
