"""Pieces as lists show them: plain data, ready for a template, without a query for each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

from branches.models import Branch
from branches.routing import Addresses
from stories.models.content import ContentPage
from stories.models.subjects import Topic
from stories.pictures import Picture, picture_of, prefetch_renditions
from stories.subject_index import SubjectIndex


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class Card:
    """A piece in a list.

    :param key: what it and its translations are known by, wherever they stand.
    :param kind: what it is: 红会故事, 新闻, 普法科普.
    :param category: what kind of that: 人物, 通知公告; may be empty.
    :param branch: whose it is, with the address of that branch.
    :param offered: a higher branch's piece, shown in the frame of a branch below it.
    :param question: its title is a question.
    """

    key: UUID
    title: str
    url: str
    summary: str
    kind: str
    category: str
    date: datetime.date
    listed_on: datetime.date
    place: str
    branch: Link
    picture: Picture | None
    topics: list[Link]
    offered: bool
    featured: bool
    question: bool


@dataclass(frozen=True)
class Place:
    """The branch in whose frame cards are shown.

    :param url_path: that of the branch's page.
    """

    branch: Branch
    url_path: str

    def is_offered(self, piece: ContentPage) -> bool:
        """Whether `piece` comes from a branch above."""
        above = piece.branch.lineage
        return self.branch.lineage != above and self.branch.lineage.startswith(above)

    def url_path_of(self, piece: ContentPage) -> str:
        """Where a reader here finds `piece`: an offered one in the section of this branch."""
        if not self.is_offered(piece):
            return piece.url_path
        section = piece.url_path.rstrip("/").split("/")[-2]
        return f"{self.url_path}{section}/shared/{piece.shared_name}/"


def make_cards(
    request: HttpRequest,
    pieces: Iterable[ContentPage],
    subjects: SubjectIndex,
    place: Place | None = None,
    *,
    with_pictures: bool = True,
) -> list[Card]:
    """A card for each of `pieces`, which come from ``for_listing``.

    One query, for the pictures, if they are wanted.

    `place` is the branch in whose frame they are shown; what higher branches offer to it is
    then linked in that frame. Without it every piece is linked where it stands.
    """
    pieces = list(pieces)
    images = [piece.lead_image if with_pictures else None for piece in pieces]
    prefetch_renditions(images)
    addresses = Addresses.of_request(request)
    return [
        make_card(addresses, piece, picture_of(image, piece.photographer), subjects, place)
        for piece, image in zip(pieces, images, strict=True)
    ]


def make_card(
    addresses: Addresses,
    piece: ContentPage,
    picture: Picture | None,
    subjects: SubjectIndex,
    place: Place | None,
) -> Card:
    model = apps.get_model(piece._meta.app_label, piece.listed_type)
    branch_path = piece.url_path.rstrip("/").rsplit("/", 2)[0] + "/"
    return Card(
        key=piece.translation_key,
        title=piece.title,
        url=addresses.of(place.url_path_of(piece) if place else piece.url_path),
        summary=piece.summary,
        kind=str(model._meta.verbose_name),
        category=model.category_label(piece.listed_category),
        date=piece.date,
        listed_on=piece.listed_on,
        place=piece.listed_place,
        branch=Link(piece.branch.short_name, addresses.of(branch_path)),
        picture=picture,
        topics=topic_links(subjects.topics_of(piece)),
        offered=bool(place and place.is_offered(piece)),
        featured=piece.featured,
        question=model.title_is_question,
    )


def topic_links(topics: Iterable[Topic]) -> list[Link]:
    return [Link(topic.local_name, reverse("topic", args=[topic.slug])) for topic in topics]
