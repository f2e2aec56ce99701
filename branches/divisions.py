"""Table of divisions: what the places of the province are called, as the standard has them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from branches.naming import places_called

FILE = Path(__file__).resolve().parent / "data" / "jilin_branches.csv"


@cache
def names() -> frozenset[str]:
    """All names of all divisions. They come from the file and not from the database: how a name is
    read is stored in keys, and does not change with what was imported by then."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        divisions = [row["division"] for row in csv.DictReader(file)]
    return frozenset(name for division in divisions for name in places_called(division))
