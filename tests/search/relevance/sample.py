"""Loads the sample content as search sees it: branches and pieces, without pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Locale

from branches.importing import import_branches
from branches.models import Branch, BranchPage
from sample.pieces import SECTIONS, make_page
from sample.texts import Piece, read_pieces
from search import lexicon, suggestions
from stories.models import ContentPage, Topic, Venue

BRANCHES = Path(__file__).parents[3] / "branches" / "data" / "jilin_branches.csv"
_PICTURE = re.compile(r"^\[picture .*\]$", re.MULTILINE)


@transaction.atomic
def load_sample() -> None:
    """Make all branches, publish all pieces and index them.

    Indexed at last, and not only as each is saved: at that moment a piece has no topics yet.
    """
    import_branches(BRANCHES)
    branches = {branch.code: branch for branch in Branch.objects.all()}
    subjects: dict[Any, dict[str, Any]] = {
        model: {each.slug: each for each in model.objects.all()} for model in (Topic, Venue)
    }
    for piece in read_pieces():
        load_piece(without_pictures(piece), branches[piece.code], subjects)
    call_command("update_index", verbosity=0)
    suggestions.rebuild()
    lexicon.rebuild()


def without_pictures(piece: Piece) -> Piece:
    fields = piece.fields | {"body": _PICTURE.sub("", piece.fields["body"])}
    return replace(piece, fields={k: value for k, value in fields.items() if k != "picture"})


def load_piece(piece: Piece, branch: Branch, subjects: dict[Any, dict[str, Any]]) -> None:
    """Publish `piece`."""
    page = make_page(piece, branch)
    page.live = True
    page.topics = [subjects[Topic][slug] for slug in piece.fields["topics"]]
    page.venues = [subjects[Venue][slug] for slug in piece.fields["venues"]]
    section = SECTIONS[piece.kind].objects.get(branch=branch, locale=Locale.get_default())
    section.add_child(instance=page)


def names_by_address() -> dict[str, str]:
    """Which piece or branch stands at an address of the Chinese site, as the judgements name it."""
    locale = Locale.get_default().pk
    pieces = ContentPage.objects.live().filter(locale=locale).select_related("branch")
    kinds = dict(pieces.values_list("pk", "content_type__model"))
    names = {
        page.url: f"{page.branch.code}/{kinds[page.pk].removesuffix('page')}/{page.slug}"
        for page in pieces
    }
    homes = BranchPage.objects.live().filter(locale=locale).select_related("branch")
    return names | {page.url: page.branch.code for page in homes}
