"""Topics and venues, and which piece has which, in one query for a whole page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, CharField, QuerySet, Value
from django.db.models.functions import Cast

from stories.models.content import ContentPage
from stories.models.subjects import Subject, Topic, Venue

COLUMNS = ("kind", "slug", "name", "names", "order", "piece")


@dataclass(frozen=True)
class SubjectIndex:
    """All topics and venues in order, and those of some pieces by the pieces' primary keys."""

    topics: tuple[Topic, ...] = ()
    venues: tuple[Venue, ...] = ()
    topics_by_piece: dict[int, list[Topic]] = field(default_factory=dict)
    venues_by_piece: dict[int, list[Venue]] = field(default_factory=dict)

    @classmethod
    def read(cls, piece_ids: Iterable[int]) -> SubjectIndex:
        """All subjects, and those of the pieces with `piece_ids`."""
        found = sorted(rows(list(piece_ids)), key=lambda row: row[4])
        return cls(
            topics=tuple(all_of(Topic, found)),
            venues=tuple(all_of(Venue, found)),
            topics_by_piece=by_piece(Topic, found),
            venues_by_piece=by_piece(Venue, found),
        )

    def topics_of(self, piece: ContentPage) -> list[Topic]:
        return self.topics_by_piece.get(piece.pk, [])

    def venues_of(self, piece: ContentPage) -> list[Venue]:
        return self.venues_by_piece.get(piece.pk, [])


def rows(piece_ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """A row for every subject, and one for every subject that one of the pieces has."""
    nobody = Cast(
        Value(None), BigIntegerField()
    )  # PostgreSQL asks for the type of a column of NULLs
    selects = [
        model.objects.order_by().annotate(kind=kind_of(model), piece=nobody).values_list(*COLUMNS)
        for model in (Topic, Venue)
    ]
    for model, through in (
        (Topic, ContentPage.topics.through),
        (Venue, ContentPage.venues.through),
    ):
        name = model._meta.model_name
        tagged = through.objects.filter(contentpage_id__in=piece_ids)
        columns = [f"{name}__{column}" for column in COLUMNS[1:5]]
        selects.append(
            tagged.annotate(kind=kind_of(model)).values_list("kind", *columns, "contentpage_id")
        )
    return selects[0].union(*selects[1:], all=True)


def kind_of(model: type[Subject]) -> Value:
    return Value(model._meta.model_name, CharField())


def all_of(model: type[Any], found: list[tuple[Any, ...]]) -> list[Any]:
    return [subject(model, row) for row in found if is_kind(model, row) and row[5] is None]


def by_piece(model: type[Any], found: list[tuple[Any, ...]]) -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    for row in found:
        if is_kind(model, row) and row[5] is not None:
            grouped[row[5]].append(subject(model, row))
    return dict(grouped)


def is_kind(model: type[Subject], row: tuple[Any, ...]) -> bool:
    return bool(row[0] == model._meta.model_name)


def subject(model: type[Any], row: tuple[Any, ...]) -> Any:
    _kind, slug, name, names, order, _piece = row
    return model(slug=slug, name=name, names=names, order=order)
