"""Word lists that ship with the suite: one entry a line, `#` starts a comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def read(name: str) -> Iterator[str]:
    """The entries of the list `name` in the order of the file, without comments and blanks."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def domain_terms() -> tuple[str, ...]:
    """Words that the general dictionary would cut apart, or does not know."""
    return tuple(read("domain_terms"))


def stop_words() -> frozenset[str]:
    """Words that say nothing about what a text is about; dropped from queries only."""
    return frozenset(read("stop_words"))
