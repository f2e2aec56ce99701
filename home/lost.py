"""What to offer somebody whose address leads nowhere."""

from __future__ import annotations

import re

from django.http import HttpRequest
from wagtail.models import Locale, Page

from branches.reserved import reserved_slugs
from home.frame import frame_of
from stories.cards import Card, make_cards
from stories.models import ContentPage, Topic
from stories.querysets import ContentPageQuerySet
from stories.subject_index import SubjectIndex
from stories.views import published

SUGGESTIONS = 3
LONGEST_WORDS = 60
SEPARATORS = re.compile(r"[\W_]+")


def words_of(path: str) -> str:
    """The words in an address that may say what somebody looked for.

    Not what only says where: sections, languages, dates and numbers.
    """
    parts = [part for part in path.split("/") if part.lower() not in reserved_slugs()]
    words = [word for part in parts for word in SEPARATORS.split(part)]
    return " ".join(word for word in words if word and not word.isdecimal())[:LONGEST_WORDS]


def suggestions_for(request: HttpRequest, words: str) -> list[Card]:
    """Pieces that the `words` of an address find, else the newest of its branch."""
    frame = frame_of(request)
    if frame is None:
        return []
    found = pieces_found(request, words) or list(
        published(request).listed_by(frame.branch).for_listing()[:SUGGESTIONS]
    )
    return make_cards(request, found, SubjectIndex.read([piece.pk for piece in found]))


def pieces_found(request: HttpRequest, words: str) -> list[ContentPage]:
    """What full-text search finds for `words`, else what has a topic of that name."""
    if not words:
        return []
    locale = Locale.objects.get_for_language(request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    searched = ContentPage.objects.live().in_locale(locale.pk).search(words)
    found: list[Page] = list(searched[:SUGGESTIONS])
    if not found:
        return list(on_topic(request, words).for_listing()[:SUGGESTIONS])
    listed = published(request).filter(pk__in=[page.pk for page in found]).for_listing()
    by_key = {piece.pk: piece for piece in listed}
    return [by_key[page.pk] for page in found if page.pk in by_key]


def on_topic(request: HttpRequest, words: str) -> ContentPageQuerySet:
    """The newest pieces on a topic whose address (first-aid) is made of some of `words`."""
    slugs = Topic.objects.values_list("slug", flat=True)
    said = set(words.lower().split())
    topics = [slug for slug in slugs if set(slug.split("-")) <= said]
    return published(request).filter(topics__slug__in=topics).newest_first().distinct()
