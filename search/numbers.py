"""Numbers with a counter, which Chinese writes in figures or in characters: 5月, 五月."""

from __future__ import annotations

import re

#: Larger numbers are left as they are written.
LIMIT = 100_000
#: What may follow a number and belongs to it. 打120要说什么 asks for 120, not for 120要.
COUNTERS = frozenset(
    "年月日号时点分秒岁个位名人次台条款项章级层楼室站届期批件组只双天周元万千百斤克米公里升度户家所支队第比"
)
_FIGURES = "〇一二三四五六七八九"
_UNITS = ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, ""))
_VALUE_OF_UNIT = {name: unit for unit, name in _UNITS if name}
_VALUE_OF_FIGURE = {"零": 0, "两": 2} | {name: value for value, name in enumerate(_FIGURES)}
_COUNTED = re.compile(rf"(\d{{1,5}}|[零两{_FIGURES}十百千万]{{1,9}})(\D)")
#: A year written figure by figure, which no dictionary has.
YEAR = re.compile(rf"([零{_FIGURES}]{{4}}年)")


def other_writings(word: str) -> list[str]:
    """How else people write a number with its counter: 412台 -> 四百一十二台, 五月 -> 5月,
    2026年 -> 二〇二六年, 二零二六年. Nothing for anything else."""
    counted = _COUNTED.fullmatch(word)
    if counted is None or counted[2] not in COUNTERS:
        return []
    number, counter = counted.groups()
    figures = number if number.isdecimal() else in_figures(number)
    if figures is None:
        return []
    if counter == "年" and len(figures) == 4:
        year = "".join(_FIGURES[int(each)] for each in figures)
        characters = [year, year.replace("〇", "零")]
    else:
        characters = [by_value(int(figures))]
    writings = dict.fromkeys(each + counter for each in (figures, *characters))
    return [each for each in writings if each != word]


def in_figures(number: str) -> str | None:
    """A number in characters in figures: 四百一十二 -> 412, 二零二六 -> 2026. None for what nobody
    writes, and from 100,000 on."""
    number = number.replace("零", "〇")
    if len(number) == 4 and all(each in _FIGURES for each in number):
        return "".join(str(_VALUE_OF_FIGURE[each]) for each in number)
    value = value_of(number)
    if value >= LIMIT:
        return None
    is_written_so = by_value(value).replace("零", "〇") == number.replace("两", "二")
    return str(value) if is_written_so else None


def value_of(number: str) -> int:
    """What a number in figures or in characters says, up to tens of thousands; written badly, about
    what it says."""
    if number.isdecimal():
        return int(number)
    value = figure = 0
    for each in number:
        if each in _VALUE_OF_UNIT:
            value += (figure or 1) * _VALUE_OF_UNIT[each]
            figure = 0
        else:
            figure = _VALUE_OF_FIGURE.get(each, 0)
    return value + figure


def by_value(number: int) -> str:
    """`number` below `LIMIT` as it is read."""
    written, gap = "", False
    for unit, name in _UNITS:
        figure, number = divmod(number, unit)
        if figure:
            written += ("零" if gap and written else "") + _FIGURES[figure] + name
        gap = not figure
    return written.removeprefix("一") if written.startswith("一十") else written or "零"
