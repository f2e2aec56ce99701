"""Reads the sample content, and knows in which order and under which address it stands."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
KINDS = ("story", "news", "explainer")


@dataclass(frozen=True)
class Piece:
    """One sample piece: whose, what kind, and the fields as written in its file."""

    code: str
    kind: str
    slug: str
    fields: dict[str, Any] = field(repr=False)

    @property
    def key(self) -> str:
        """Names the piece for ever."""
        return f"{self.code}/{self.kind}/{self.slug}"


def read_pieces() -> list[Piece]:
    """All pieces, oldest first, so that they are published in the order of their dates."""
    raw = []
    for path in sorted(FOLDER.glob("[0-9]*.toml")):
        code = path.stem.removesuffix("-explainers")
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        raw += [
            (fields["date"], code, kind, fields)
            for kind in KINDS
            for fields in tables.get(kind, [])
        ]
    raw.sort(key=lambda item: (item[0], item[1], item[3]["title"]))
    numbers: Counter[tuple[str, str, Any]] = Counter()
    pieces = []
    for date, code, kind, fields in raw:
        numbers[code, kind, date] += 1
        number = numbers[code, kind, date]
        slug = f"{date:%Y%m%d}" + (f"-{number}" if number > 1 else "")
        pieces.append(Piece(code, kind, slug, fields))
    return pieces


def read_accounts() -> list[dict[str, str]]:
    return list(read("_accounts.toml")["account"])


def read_about() -> dict[str, Any]:
    return read("_about.toml")


def read_services() -> dict[str, dict[str, dict[str, Any]]]:
    """By branch code and kind of service."""
    return read("_services.toml")


def read_desk() -> list[dict[str, Any]]:
    """Unpublished pieces, each with its state: draft, submitted or returned."""
    return list(read("_desk.toml")["desk"])


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
