"""Which branch somebody means who types a name: 农安县红十字会, 农安红会, 農安, nongan, 연길."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from branches.rows import BranchRow
from search import pinyin
from search.folding import fold

#: What the names of all branches have, in the languages of the site and in pinyin.
_RED_CROSS = re.compile(
    r"红十字(?:总?会|协会)?|红会|redcross(?:society|branch)?|적십자(?:회|사)?"
    r"|(?<=.)(?:hongshizihui|hongshizi|honghui)$"
)
_OFFICES = re.compile(r"(?<=.)(?:保护开发区)?(?:管理委员会|管委会)?(?:社管办)?$")
_KINDS = re.compile(
    r"(?:(?:朝鲜族|蒙古族|满族|回族)?自治(?P<zh>[县州])|(?P<short>[省市县区州])"
    r"|(?:조선족자치)?(?P<ko>[성시현구주])"
    r"|(?:(?:korean|manchu|mongol|hui)?autonomous)?(?P<en>province|prefecture|county|city|district)"
    r"|administrativecommittee)$"
)
_LEFT_OUT = re.compile(r"^中国|[\s'’‘`·-]")
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
#: What one branch alone is called without its place.
_ALONE = ("社管办", "省")
LONGEST = 60


class Asked(NamedTuple):
    """What is left of a name without what all names have; whether it said 红十字会 or a kind."""

    text: str
    is_branch: bool


class Names(NamedTuple):
    """What people may write for one branch: its names, and the same without 市, 自治县, ..."""

    full: frozenset[str]
    bare: frozenset[str]

    @property
    def chinese(self) -> list[str]:
        return [name for name in self.full | self.bare if _CHINESE.fullmatch(name)]


def branches_named(text: str, branches: Iterable[BranchRow]) -> list[BranchRow]:
    """Those of `branches` whose name is `text`: official or short, in any language, in pinyin,
    abbreviated, or misspelt with characters that sound alike; the names of those above it may
    stand before it. Nothing where the text says more than a name.
    """
    asked = read(text)
    if len(asked.text) < 1 + (not asked.is_branch):
        return []
    branches = list(branches)
    places = [(asked.text, branches), *_below_those_named(asked.text, branches)]
    for way in _ways(asked):
        for wanted, among in places:
            if found := way(wanted, among):
                return found
    return []


def read(text: str) -> Asked:
    """`text` folded, and without what the names of all branches have."""
    if len(text) > LONGEST:
        return Asked("", False)
    folded = _LEFT_OUT.sub("", fold(pinyin.with_v(text)).strip())
    place = _RED_CROSS.sub("", folded)
    kind = _KINDS.search(place)
    is_branch = place != folded or (kind is not None and kind.start() > 0)
    return Asked(_OFFICES.sub("", place), is_branch)


def names_of(branch: BranchRow) -> Names:
    names = (branch.name, branch.division, *map(str, branch.names.values()), branch.slug)
    return _names(names, branch.pinyin.split(maxsplit=1)[0] if branch.pinyin else "")


@lru_cache(maxsize=1000)
def _names(names: tuple[str, ...], in_pinyin: str) -> Names:
    full = {read(name).text for name in names} | {in_pinyin}
    full |= {alone for alone in _ALONE for name in names if name.endswith(alone)}
    bare = {form for name in full for form in _without_kind(name)}
    chinese = [form for form in full | bare if _CHINESE.fullmatch(form)]
    bare |= {"".join(sounds) for form in chinese for sounds in pinyin.spellings(form)}
    return Names(frozenset(full - {""}), frozenset(bare - full))


def places_called(division: str) -> set[str]:
    """What the place `division` is called, with its kind and without: 长春市, 长春."""
    name = read(division).text
    return {form for form in (division, name, *_without_kind(name)) if _CHINESE.fullmatch(form)}


def _without_kind(name: str) -> Iterator[str]:
    """长白朝鲜族自治县: 长白, 长白县."""
    kind = _KINDS.search(name)
    if kind and kind.start() > 1:
        yield name[: kind.start()]
        yield name[: kind.start()] + (kind[kind.lastgroup] if kind.lastgroup else "")


def _below_those_named(
    text: str, branches: Collection[BranchRow]
) -> Iterator[tuple[str, list[BranchRow]]]:
    """What stands in `text` after the name of a branch, and the branches below that one."""
    for above in branches:
        names = names_of(above)
        begin = [name for name in (*names.full, *names.bare) if text.startswith(name)]
        for rest in {text.removeprefix(name) for name in begin} - {""}:
            below = [b for b in branches if b.lineage.startswith(above.lineage) and b is not above]
            yield rest, below
            yield from _below_those_named(rest, below)


def _ways(asked: Asked) -> Iterator[Callable[[str, list[BranchRow]], list[BranchRow]]]:
    """How a name may be meant, the surest first."""
    yield _in_full
    yield _without_its_kind
    yield _abbreviated if asked.is_branch else _long_name_abbreviated
    if asked.is_branch:
        yield _as_it_sounds


def _in_full(wanted: str, branches: list[BranchRow]) -> list[BranchRow]:
    return [branch for branch in branches if wanted in names_of(branch).full]


def _without_its_kind(wanted: str, branches: list[BranchRow]) -> list[BranchRow]:
    return [branch for branch in branches if wanted in names_of(branch).bare]


def _abbreviated(wanted: str, branches: list[BranchRow], shortest: int = 3) -> list[BranchRow]:
    """The only branch whose name begins so and goes on: 前郭县, 前郭 for 前郭尔罗斯."""
    kind = _KINDS.search(wanted)
    beginning, ending = (wanted[: kind.start()], kind.group()) if kind else (wanted, "")
    if not _CHINESE.fullmatch(beginning):
        return []
    found = [b for b in branches if _begins(beginning, ending, names_of(b).bare, shortest)]
    return found if len(found) == 1 else []


def _long_name_abbreviated(wanted: str, branches: list[BranchRow]) -> list[BranchRow]:
    """(公主 alone is not 公主岭.)"""
    return _abbreviated(wanted, branches, shortest=4)


def _as_it_sounds(wanted: str, branches: list[BranchRow]) -> list[BranchRow]:
    """Those whose name is written with characters that sound like those of `wanted`. (Asked for
    only where a branch is meant: 童话 is not 通化.)"""
    if not _CHINESE.fullmatch(wanted):
        return []
    sound = pinyin.syllables(wanted)
    return [b for b in branches if any(pinyin.syllables(n) == sound for n in names_of(b).chinese)]


def _begins(beginning: str, kind: str, names: Collection[str], shortest: int) -> bool:
    """Whether one of `names` begins so, and is called that too with its `kind`, if any."""
    return any(
        name.startswith(beginning) and len(name) >= shortest and (not kind or name + kind in names)
        for name in names
    )
