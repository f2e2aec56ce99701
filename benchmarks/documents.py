"""Loads documents as published pieces into a scratch database, and into a search index."""

from __future__ import annotations

import datetime
import itertools
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F
from wagtail.models import Page

from benchmarks.seeding import TYPES, insert, make_branches, make_image, make_piece, row_of
from branches.models import Branch, BranchPage
from stories.models import ContentPage, Topic, Venue

BRANCHES = 71
YEARS = 6


class Document(NamedTuple):
    """`id` is its own in the set that it comes from."""

    id: str
    title: str
    body: str


class Place(NamedTuple):
    """A section, and the rows of a piece in it, which the others are copies of."""

    piece: ContentPage
    rows: tuple[dict[str, Any], dict[str, Any], dict[str, Any]]
    branch: Branch
    numbers: Iterator[int]


def load(documents: Sequence[Document], batch: int = 2000) -> dict[str, int]:
    """Publish `documents`, spread over 71 branches, three types, six years, topics and venues.

    Fills tables directly. Returns the primary key of each by its id.
    """
    places = itertools.cycle(make_places())
    Topic.objects.update(name=F("slug"))  # topics are searched too, but are no part of the set
    first = Page.objects.order_by("-pk")[0].pk + 1
    keys = {document.id: first + number for number, document in enumerate(documents)}
    for start in range(0, len(documents), batch):
        with transaction.atomic():
            part = documents[start : start + batch]
            write([(keys[each.id], each, next(places)) for each in part])
    hide_templates()
    return keys


def make_places() -> list[Place]:
    branches = make_branches(BRANCHES)
    image = make_image(branches[0])
    return [
        make_place(branch, section_model, model, image)
        for branch in branches
        for model, section_model, _share in TYPES
    ]


def make_place(branch: Branch, section_model: Any, model: Any, image: Any) -> Place:
    section = section_model.objects.child_of(BranchPage.objects.get(branch=branch)).get()
    piece = make_piece(section, model, image)
    rows = row_of(Page, piece.pk), row_of(ContentPage, piece.pk), row_of(model, piece.pk)
    return Place(piece, rows, branch, itertools.count(2))


def write(part: Sequence[tuple[int, Document, Place]]) -> None:
    """Insert the rows of `part` into each of the tables."""
    insert(Page, [page_row(*each) for each in part])
    insert(ContentPage, [content_row(*each) for each in part])
    for model, *_rest in TYPES:
        own = [(key, place) for key, _document, place in part if isinstance(place.piece, model)]
        insert(model, [{**place.rows[2], **own_row(place, key)} for key, place in own])
    tag(ContentPage.topics.through, "topic_id", Topic, (key for key, *_rest in part))
    tag(ContentPage.venues.through, "venue_id", Venue, (key for key, *_rest in part))


def page_row(key: int, document: Document, place: Place) -> dict[str, Any]:
    piece, number = place.piece, next(place.numbers)
    slug = f"{piece.slug}-{number}"
    unique = uuid.uuid4()
    return {
        **place.rows[0],
        "id": key,
        "title": document.title[:255],
        "draft_title": document.title[:255],
        "slug": slug,
        "path": piece._get_path(piece.path[: -piece.steplen], piece.depth, number),
        "url_path": f"{piece.url_path.removesuffix(f'{piece.slug}/')}{slug}/",
        "translation_key": unique.hex if connection.vendor == "sqlite" else unique,
    }


def content_row(key: int, document: Document, place: Place) -> dict[str, Any]:
    day = datetime.date(2026 - key % YEARS, 1 + key % 12, 1 + key % 28)
    body = [{"type": "text", "value": f"<p>{escape(document.body)}</p>", "id": str(key)}]
    return {
        **place.rows[1],
        "page_ptr_id": key,
        "summary": "",
        "body": json.dumps(body, ensure_ascii=False),
        "lead_image_id": None,
        "date": day.isoformat(),
        "listed_on": day.isoformat(),
        "year": day.year,
        "audience": "below" if key % 5 == 0 else "own",
    }


def own_row(place: Place, key: int) -> dict[str, Any]:
    return {"contentpage_ptr_id": key, **({"answer": ""} if "answer" in place.rows[2] else {})}


def tag(through: Any, column: str, model: Any, keys: Iterable[int]) -> None:
    """Give each piece one topic or venue, in turn."""
    subjects = itertools.cycle(model.objects.values_list("pk", flat=True))
    rows = (through(**{"contentpage_id": key, column: next(subjects)}) for key in keys)
    through.objects.bulk_create(rows, batch_size=2000)


def hide_templates() -> None:
    """Take the pieces that were copied out of sight: they are no documents."""
    Page.objects.filter(contentpage__lead_image__isnull=False).update(live=False)
