"""Numbers with a counter, which Chinese writes in figures or in characters: 5月, 五月."""

from __future__ import annotations

import re

#: What may follow a number and belongs to it. 打120要说什么 asks for 120, not for 120要.
COUNTERS = frozenset(
    "年月日号时点分秒岁个位名人次台条款项章级层楼室站届期批件组只双天周元万千百斤克米公里升度户家所支队第比"
)
_FIGURES = "〇一二三四五六七八九"
_UNITS = ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, ""))
_COUNTED = re.compile(r"(\d{1,5})(\D)")


def in_characters(word: str) -> str | None:
    """A number with its counter as people write it in characters: 412台 -> 四百一十二台, 1997年 ->
    一九九七年. None for anything else."""
    counted = _COUNTED.fullmatch(word)
    if counted is None:
        return None
    figures, counter = counted.groups()
    if counter == "年" and len(figures) == 4:
        return "".join(_FIGURES[int(each)] for each in figures) + counter
    return by_value(int(figures)) + counter


def by_value(number: int) -> str:
    """`number` below 100,000 as it is read."""
    written, gap = "", False
    for unit, name in _UNITS:
        figure, number = divmod(number, unit)
        if figure:
            written += ("零" if gap and written else "") + _FIGURES[figure] + name
        gap = not figure
    return written.removeprefix("一") if written.startswith("一十") else written or "零"
