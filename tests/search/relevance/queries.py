"""Reads the judged queries of `queries.toml`, where the judgements are explained."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("queries.toml")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the names of what should, and should not, answer it."""

    text: str
    kind: str
    language: str
    best: frozenset[str]
    good: frozenset[str]
    never: frozenset[str]
    strict: bool
    few: int

    @property
    def relevant(self) -> frozenset[str]:
        return self.best | self.good


def read_queries() -> list[Judged]:
    """All judged queries, in the order of the file."""
    kinds = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    return [
        Judged(
            text=entry["text"],
            kind=kind["name"],
            language=kind["language"],
            best=frozenset(entry.get("best", ())),
            good=frozenset(entry.get("good", ())),
            never=frozenset(entry.get("never", ())),
            strict=entry.get("strict", False),
            few=entry.get("few", 0),
        )
        for kind in kinds
        for entry in kind["queries"]
    ]
