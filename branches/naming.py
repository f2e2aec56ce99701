"""Which branch somebody means who types a name: 农安县红十字会, 农安红会, 农安, nongan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from branches.models import Branch
from search.analysis import fold

#: What the names of all branches have, in the languages of the site.
_COMMON = re.compile(
    r"中国|吉林省(?=.)|红十字会|红会|red cross( society| branch)?|적십자(회|사)?|길림성(?=.)|\s"
)
_KINDS = re.compile(r"(朝鲜族自治州|满族自治县|蒙古族自治县|回族自治县|朝鲜族自治县|[市县区州])$")


def branches_named(text: str, branches: Iterable[Branch]) -> list[Branch]:
    """Those of `branches` whose name is `text`: official or short, in any language, or as typed
    in pinyin. Nothing where the text says more than a name."""
    wanted = essence(text)
    if not wanted:
        return []
    return [branch for branch in branches if wanted in {*names_of(branch)}]


def names_of(branch: Branch) -> Iterator[str]:
    """What people may write for `branch`, folded, and without what all branches have."""
    for name in (branch.name, branch.division, *branch.names.values()):
        short = essence(str(name))
        yield short
        yield _KINDS.sub("", short)
    yield branch.slug
    yield from branch.pinyin.split()[:1]


def essence(name: str) -> str:
    """`name` without what the names of all branches have."""
    return _COMMON.sub("", fold(name)) if len(name) <= 40 else ""
