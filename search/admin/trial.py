"""What a change to the dictionary would do to a query, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from search import dictionary, explaining
from search.dictionary import changes
from search.explaining import Reading
from search.models import DictionaryEntry

#: Written into the box for who does not know what to try.
EXAMPLE = "怎么捐髓，长春红会的电话是多少？"


@dataclass(frozen=True, slots=True)
class Trial:
    """How a sentence is read `now`, and how it would be `then`.

    `then` is None without a change, or with one that has `problems`.
    """

    now: Reading
    then: Reading | None = None
    problems: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the change makes no difference to the sentence."""
        return self.then == self.now


def sentence_of(data: Mapping[str, str]) -> str:
    return data.get("sentence", EXAMPLE)


def try_out(data: Mapping[str, str], entry_id: int | None = None) -> Trial:
    """The trial of what the entry's form holds in `data`, saved or not, with the sentence in it.

    :param entry_id: the primary key of the entry that is being changed.
    """
    sentence = sentence_of(data)
    now = explaining.read(sentence)
    if not data.get("text", "").strip():
        return Trial(now)
    entry = entry_of(data, entry_id)
    try:
        entry.full_clean(exclude=["note"], validate_unique=False)
    except ValidationError as refused:
        return Trial(now, problems=tuple(refused.messages))
    active = list(DictionaryEntry.objects.active().order_by("pk"))
    before = [other for other in active if other.pk == entry_id]
    if not any(changes.concerns(each, sentence) for each in [entry, *before]):
        return Trial(now, now)
    others = [other for other in active if other.pk != entry_id]
    with dictionary.using(changes.compose([*others, entry] if entry.is_active else others)):
        return Trial(now, explaining.read(sentence))


def entry_of(data: Mapping[str, str], entry_id: int | None) -> DictionaryEntry:
    return DictionaryEntry(
        pk=entry_id,
        kind=data.get("kind", DictionaryEntry.Kind.SYNONYMS),
        action=data.get("action", DictionaryEntry.Action.ADD),
        text=data["text"],
        is_active=bool(data.get("is_active")),
    )
