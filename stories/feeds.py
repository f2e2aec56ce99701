"""RSS for every list of pieces."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from branches.routing import Addresses
from search.sanitizing import sanitize_all
from stories.cards import Card, Place, make_cards
from stories.filters import address
from stories.querysets import ContentPageQuerySet
from stories.subject_index import SubjectIndex

LENGTH = 20


class SanitizedFeed(Rss201rev2Feed):
    """RSS that is well-formed whatever its texts hold: XML knows no control characters."""

    def __init__(self, *texts: Any, **more: Any) -> None:
        super().__init__(*sanitize_all(texts), **sanitize_all(more))

    def add_item(self, *texts: Any, **more: Any) -> None:
        super().add_item(*sanitize_all(texts), **sanitize_all(more))


def feed_response(
    request: HttpRequest,
    pieces: ContentPageQuerySet,
    *,
    title: str,
    wanted: Mapping[str, str] = MappingProxyType({}),
    place: Place | None = None,
) -> HttpResponse:
    """The newest of `pieces` as RSS, at the address of the list with ``feed/`` after it.

    `wanted` are the filters that the address asks for; `place` as for `make_cards`.
    """
    newest = list(pieces.newest_first().for_listing()[:LENGTH])
    subjects = SubjectIndex.read([piece.pk for piece in newest])
    addresses = Addresses.of_request(request)
    feed = SanitizedFeed(
        title=title,
        link=addresses.absolute(address(request.path.removesuffix("feed/"), wanted)),
        description=title,
        language=request.LANGUAGE_CODE,
        feed_url=addresses.absolute(address(request.path, wanted)),
    )
    add_items(feed, addresses, make_cards(request, newest, subjects, place))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def add_items(feed: SanitizedFeed, addresses: Addresses, cards: Iterable[Card]) -> None:
    for card in cards:
        link = addresses.absolute(card.url)
        feed.add_item(
            title=card.title,
            link=link,
            description=card.summary,
            author_name=card.branch.title,
            pubdate=noon(card.listed_on),
            unique_id=permanent_id(card, feed.feed["language"]),
            unique_id_is_permalink=False,
            categories=[topic.title for topic in card.topics],
        )


def permanent_id(card: Card, language: str) -> str:
    """The same in every feed and for ever: programs that read feeds show a new one as new text."""
    return f"urn:uuid:{uuid5(card.key, language)}"


def noon(date: datetime.date) -> datetime.datetime:
    """Feeds want a time; a piece has a date. Noon is that date in every reader's time zone."""
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time(12)))
