"""What to offer somebody whose address leads nowhere."""

from __future__ import annotations

import re
from itertools import pairwise

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from branches.reserved import reserved_slugs
from home.frame import Frame, frame_of
from search.query import Question
from stories.cards import Card, make_cards
from stories.models import ContentPage
from stories.search_source import public_pieces
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
    """What the `words` of an address may have meant, else the newest of its branch.

    Without pictures and topics, which would cost queries and distract from the message.
    """
    frame = frame_of(request)
    if frame is None:
        return []
    pieces = searched(request, words) or guessed(request, frame, words)
    return make_cards(request, pieces[:SUGGESTIONS], SubjectIndex(), with_pictures=False)


def searched(request: HttpRequest, words: str) -> list[ContentPage]:
    """What full-text search finds for `words`, best first."""
    if not words:
        return []
    public = public_pieces(request.LANGUAGE_CODE)
    return list(public.for_listing().search(Question(words, within=public))[:SUGGESTIONS])


def guessed(request: HttpRequest, frame: Frame, words: str) -> list[ContentPage]:
    """The newest on a topic that `words` name in an address's way, then those of the branch."""
    pieces = published(request)
    if not words:
        return list(pieces.listed_by(frame.branch).for_listing()[:SUGGESTIONS])
    on_topic = pieces.filter(topics__slug__in=topic_slugs(words)).newest_first()
    of_branch = pieces.listed_by(frame.branch)
    either = pieces.first_of_each(on_topic[:SUGGESTIONS], of_branch[:SUGGESTIONS])
    named = Exists(on_topic.filter(pk=OuterRef("pk")))
    return list(either.for_listing().order_by(named.desc(), "-listed_on", "-pk"))


def topic_slugs(words: str) -> set[str]:
    """What in `words` may be the address of a topic: a word, or two that stand together."""
    single = words.lower().split()
    pairs = pairwise(single)
    return {*single, *("-".join(pair) for pair in pairs)}
