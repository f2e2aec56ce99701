"""Loads the sample content: only what is missing, so it may be stopped and started again."""

from __future__ import annotations

from collections.abc import Callable

from branches.models import Branch
from sample.desk import load_accounts, load_desk
from sample.organisation import load_organisation
from sample.pieces import load_piece, missing
from sample.texts import read_pieces
from search.planner import gather_statistics


def load_all(tell: Callable[[str], object]) -> None:
    """Load what every branch says of itself, all pieces with their pictures, and the accounts.

    `tell` hears of each piece.
    """
    branches = {branch.code: branch for branch in Branch.objects.select_related("parent")}
    load_organisation()
    pieces = missing(read_pieces(), branches)
    for number, piece in enumerate(pieces, start=1):
        page = load_piece(piece, branches[piece.code])
        tell(f"[{number}/{len(pieces)}] {page.title}")
    load_desk(load_accounts())
    gather_statistics()
