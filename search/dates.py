"""Dates as people type and print them, in Chinese, Korean, English and figures.

2026年11月3日, 2026年11月, 11月3日, 二〇二六年十一月三日, 2026-11-3, 2026/11/3, 2026.11.3,
2026년 11월 3일, Nov. 3, 2026. Texts, queries, filters and forms all read them here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from search.folding import fold
from search.numbers import in_figures

_CHARACTERS = "零〇一二三四五六七八九"
_YEAR = rf"(?P<year>(?<!\d)\d{{4}}|(?<![{_CHARACTERS}])[{_CHARACTERS}]{{4}})"
_MONTH = r"(?P<month>(?<!\d)\d{1,2}|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2})"
_DAY = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})"
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = rf"(?<![a-z])(?P<month>{'|'.join(_NAMES)})[a-z]*\.?"
_FORMS = (
    re.compile(rf"(?:{_YEAR}\s*[年년]\s*)?{_MONTH}\s*[月월](?:\s*{_DAY}\s*[日号일])?"),
    re.compile(rf"(?<![\d./-]){_YEAR}(?P<sign>[-/.])\s?{_MONTH}(?P=sign)\s?{_DAY}(?!\d|\.\d)"),
    re.compile(rf"{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME},?\s+(?P<year>\d{{4}})(?!\d)"),
)
#: Without any of these there is no date.
_MAY_BE = re.compile(r"\d|月")
_TIME = re.compile(
    r"(?P<half>上午|凌晨|早上|中午|下午|晚上|오전|오후)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:时点시]\s*(?P<minute>\d{1,2})?)\s*(?:[分분]|:\d{2})?"
)
_AFTERNOON = {"中午", "下午", "晚上", "오후"}
#: What may stand behind a day and says nothing more of it: its weekday, a full stop, ISO's T.
_BEHIND = re.compile(
    r"(?:\s|\.|t(?=\d)|\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
    r"|\([월화수목금토일]\)|\(?[월화수목금토일]요일\)?)*"
)
_ONE_YEAR = re.compile(r"(?P<year>\d{4})\s*[年년]?")
#: The same for forms of Django that know nothing of this module.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y년 %m월 %d일"]
DATETIME_INPUT_FORMATS = [
    f"{day} {time}" for day in DATE_INPUT_FORMATS for time in ("%H:%M", "%H:%M:%S")
]
#: Has a 29 February.
_LEAP_YEAR = 2000


class Mention(NamedTuple):
    """A date in folded text, and where it stands: a day, a month of a year, a day of any year."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    @property
    def name(self) -> str:
        """As it is printed in Chinese."""
        return "".join(f"{number}{unit}" for number, unit in self._units)

    @property
    def parts(self) -> list[str]:
        """The largest parts of its name: of a day its month and the same day of any year."""
        units = [f"{number}{unit}" for number, unit in self._units]
        return [units[0] + units[1], units[1] + units[2]] if len(units) > 2 else units

    @property
    def names(self) -> list[str]:
        """Its name and the parts of it by which it is looked up: day, month, year."""
        number, unit = self._units[0]
        return list(dict.fromkeys([self.name, *self.parts, f"{number}{unit}"]))

    @property
    def _units(self) -> list[tuple[int, str]]:
        numbers = ((self.year, "年"), (self.month, "月"), (self.day, "日"))
        return [(number, unit) for number, unit in numbers if number is not None]


def mentions(folded: str) -> list[Mention]:
    """The dates in folded text, in order."""
    if not _MAY_BE.search(folded):
        return []
    found = (_read(match) for form in _FORMS for match in form.finditer(folded))
    return sorted(mention for mention in found if mention)


def read(text: str) -> datetime.date | None:
    """The day that `text` says and nothing else; None if it says none, or not all of one."""
    folded = fold(text).strip()
    for each in mentions(folded):
        is_all = each.start == 0 and _BEHIND.fullmatch(folded, each.end)
        if each.year and each.day and is_all:
            return datetime.date(each.year, each.month, each.day)
    return None


def read_year(text: str) -> str | None:
    """The year that `text` says, in four figures: 2026年."""
    found = _ONE_YEAR.fullmatch(fold(text).strip())
    return found["year"] if found else None


def in_iso(text: str) -> str:
    """A day, or a day and a time, as forms read it: 2026年11月3日 14:30 -> 2026-11-03 14:30.

    What is neither is left as it was typed.
    """
    folded = fold(text).strip()
    for each in mentions(folded)[:1]:
        day, rest = read(folded[: each.end]), _BEHIND.sub("", folded[each.end :], count=1)
        time = _TIME.fullmatch(rest)
        if day and time:
            return f"{day} {_hour(time):02}:{int(time['minute'] or 0):02}"
        if day and not rest:
            return day.isoformat()
    return text


def _hour(time: re.Match[str]) -> int:
    """Of the 24 of a day: 下午2点 is 14."""
    hour, half = int(time["hour"]), time["half"]
    is_morning = half not in _AFTERNOON or (half == "中午" and hour == 11)
    return hour if is_morning or hour >= 12 else hour + 12


def with_year(text: str, near: datetime.date) -> Iterator[datetime.date]:
    """The days that `text` says without a year, in the year that brings each nearest to `near`."""
    for each in mentions(fold(text)):
        if each.day and not each.year:
            years = range(max(near.year - 1, 1), near.year + 2)
            days = [datetime.date(year, each.month, each.day) for year in years if _is(year, each)]
            yield from sorted(days, key=lambda day: abs(day - near))[:1]


def _is(year: int, each: Mention) -> bool:
    """Whether there is that day in `year`."""
    return _valid(year, each.month, each.day or 1)


def _read(match: re.Match[str]) -> Mention | None:
    """What a form has matched, if there is such a date."""
    parts = match.groupdict()
    year, month, day = (_number(parts.get(part)) for part in ("year", "month", "day"))
    if month is None or (year is None and day is None):
        return None
    if not _valid(_LEAP_YEAR if year is None else year, month, 1 if day is None else day):
        return None
    return Mention(match.start(), match.end(), year, month, day)


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    if written in _NAMES:
        return _NAMES.index(written) + 1
    figures = written if written.isdecimal() else in_figures(written)
    return int(figures) if figures else 0


def _valid(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
