"""What stands around a piece on its page: who wrote it, what comes next, what is like it.

Two queries, besides those for the texts' own pictures and links (see `references`): the pieces
around it, and the subjects of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.http import HttpRequest

from branches.models import Service
from branches.routing import Addresses
from stories.cards import Link, Place, make_cards, topic_links
from stories.models.content import ContentPage
from stories.models.subjects import Topic, Venue
from stories.pictures import picture_of, prefetch_renditions
from stories.querysets import ContentPageQuerySet
from stories.references import images_at_hand
from stories.sharing import qr_svg
from stories.structured_data import json_ld
from stories.subject_index import SubjectIndex

if TYPE_CHECKING:
    from stories.models.sections import ContentSection

CARDS = 3
#: So many with the same topic are read that enough are left without those of the same place.
RELATED_READ = 2 * CARDS
#: What a reader of a topic may want to do next.
DOORS_BY_TOPIC = {
    "epidemic": ("volunteer", "learn"),
    "disaster": ("volunteer", "help"),
    "aid": ("help", "volunteer"),
    "first-aid": ("learn", "volunteer"),
    "blood": ("blood", "donor"),
    "stem-cell": ("donor", "blood"),
    "organ": ("donor", "volunteer"),
    "volunteer": ("volunteer", "learn"),
    "youth": ("learn", "volunteer"),
    "grassroots": ("volunteer", "help"),
}
DOORS = 3


@dataclass(frozen=True)
class Surroundings:
    """The pieces around one: read together, told apart here.

    :param place: the branch in whose frame the piece is shown.
    """

    piece: ContentPage
    place: Place
    pieces: list[ContentPage]

    def in_section(self) -> list[ContentPage]:
        """Those that stand in the same list as the piece, newest first."""
        kind = self.piece._meta.model_name
        ours = self.place.branch
        return [
            p
            for p in self.pieces
            if p.listed_type == kind
            and (p.branch_id == ours.pk or (self.place.is_offered(p) and p.audience == "below"))
        ]

    @property
    def next(self) -> ContentPage | None:
        """The one that was published next in the section."""
        newer = [p for p in self.in_section() if order(p) > order(self.piece)]
        return newer[-1] if newer else None

    @property
    def previous(self) -> ContentPage | None:
        older = [p for p in self.in_section() if order(p) < order(self.piece)]
        return older[0] if older else None

    @property
    def here(self) -> list[ContentPage]:
        return [p for p in self.pieces if p.branch_id == self.piece.branch_id][:CARDS]

    def related(self, topics: list[Topic], subjects: SubjectIndex) -> list[ContentPage]:
        """Those with one of `topics`, and not shown already as being from the same place."""
        slugs = {topic.slug for topic in topics}
        shown = {p.pk for p in self.here}
        like = [p for p in self.pieces if slugs & {t.slug for t in subjects.topics_of(p)}]
        return [p for p in like if p.pk not in shown][:CARDS]


def order(piece: ContentPage) -> tuple[date, float]:
    return piece.listed_on, piece.pk or inf


def read_surroundings(
    piece: ContentPage, place: Place, topics: list[Topic] | None = None
) -> Surroundings:
    """Everything around `piece`, newest first, in one query; `topics` are those of a draft."""
    live: ContentPageQuerySet = ContentPage.objects.readable().in_locale(piece.locale_id)
    others = live.exclude(pk=piece.pk)
    section = others.listed_by(place.branch).of_type(type(piece))
    like = others.sharing_topics_with(piece) if topics is None else others.about_any(keys(topics))
    around = live.first_of_each(
        section.newer_than(piece)[:1],
        section.older_than(piece)[:1],
        others.of(piece.branch).newest_first()[:CARDS],
        like.newest_first()[:RELATED_READ],
    )
    return Surroundings(piece, place, list(around.newest_first().for_listing()))


def piece_context(
    request: HttpRequest, piece: ContentPage, frame: ContentSection | None
) -> dict[str, Any]:
    """What the template of a piece needs; `frame` is the section below that shows it, if any."""
    addresses = Addresses.of_request(request)
    section_path = frame.url_path if frame else parent_path(piece.url_path)
    place = Place(frame.branch if frame else piece.branch, parent_path(section_path))
    draft = subjects_of_draft(piece) if getattr(request, "is_preview", False) else None
    around = read_surroundings(piece, place, draft and draft[0])
    subjects = SubjectIndex.read(keys([piece, *around.pieces]))
    topics, venues = draft or (subjects.topics_of(piece), subjects.venues_of(piece))
    related = around.related(topics, subjects)
    shown = [*around.here, *related]
    prefetch_renditions([piece.lead_image, *images_at_hand(), *(p.lead_image for p in shown)])
    picture = picture_of(piece.lead_image, piece.photographer)
    share_url = addresses.absolute(addresses.of(piece.url_path))
    home = Link(piece.branch.short_name, addresses.of(home_path_of(piece)))
    return {
        "piece": piece,
        "picture": picture,
        "topics": topic_links(topics),
        "venues": venue_links(venues, addresses.of(section_path)),
        "byline": byline(piece),
        "origin": home if frame else None,
        "related": make_cards(request, related, subjects, place),
        "here": make_cards(request, around.here, subjects, place),
        "here_title": piece.branch.short_name,
        "previous": neighbour(around.previous, addresses, place),
        "next": neighbour(around.next, addresses, place),
        "doors": doors(topics, addresses.of(place.url_path)),
        "share_url": share_url,
        "canonical": share_url,
        "json_ld": json_ld(piece, picture, addresses),
        "qr_svg": qr_svg(share_url),
    }


def subjects_of_draft(piece: ContentPage) -> tuple[list[Topic], list[Venue]]:
    """Topics and venues of a piece that is previewed: they are not saved."""
    return list(piece.topics.all()), list(piece.venues.all())


def keys(rows: Iterable[Model]) -> list[int]:
    return [row.pk for row in rows if row.pk]


def parent_path(url_path: str) -> str:
    return url_path.rstrip("/").rpartition("/")[0] + "/"


def home_path_of(piece: ContentPage) -> str:
    return parent_path(parent_path(piece.url_path))


def byline(piece: ContentPage) -> dict[str, str]:
    return {
        "source": piece.byline_source,
        "author": piece.author,
        "photographer": piece.photographer,
    }


def venue_links(venues: list[Venue], section: str) -> list[Link]:
    return [Link(venue.local_name, f"{section}?venue={venue.slug}") for venue in venues]


def neighbour(piece: ContentPage | None, addresses: Addresses, place: Place) -> Link | None:
    return Link(piece.title, addresses.of(place.url_path_of(piece))) if piece else None


def doors(topics: list[Topic], home: str) -> list[Link]:
    """What a reader can do now, on the branch's page of services."""
    kinds = [kind for topic in topics for kind in DOORS_BY_TOPIC.get(topic.slug, ())]
    wanted = list(dict.fromkeys([*kinds, "learn", "volunteer"]))[:DOORS]
    return [Link(str(Service.Kind(kind).label), f"{home}services/#{kind}") for kind in wanted]
