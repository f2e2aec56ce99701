"""What is proposed while somebody types. `search` knows no page type: upper apps say what there is.

suggestions.register(Source("topic", entries=topics, label=_("主题")))

A source is read anew, for one thing, when the app says that it has changed (`update`, `forget`),
and as a whole by the clock (`rebuild`), which mends what was missed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Case, When
from django.utils.functional import Promise

from search import typed
from search.batches import batches
from search.models import Suggestion, SuggestionKey
from search.side_effects import isolated

MOST = 8
BATCH = 100

# What counts against a text that does not begin as was typed: a word in it does, or just some
# characters. A topic found inside comes before a title with such a word.
_RANKS = {typed.BEGINNING: 0, typed.WORD: 10_000, typed.INSIDE: 13_000}

# The inner query reads the index only, however many texts begin so. Some are read more than are
# shown, since different things may have the same name.
_BY_BEGINNING = f"""
    SELECT suggestion.* FROM (
        SELECT suggestion_id, MIN(rank) AS best FROM {SuggestionKey._meta.db_table}
        WHERE language = %s AND key >= %s AND key < %s
        GROUP BY suggestion_id ORDER BY best, suggestion_id LIMIT %s
    ) AS found JOIN {Suggestion._meta.db_table} AS suggestion ON suggestion.id = suggestion_id
    ORDER BY best, suggestion_id
"""  # noqa: S608  # nothing but the names of our tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to propose in one language; see the fields of `Suggestion`."""

    reference: str
    language: str
    text: str
    url: str = ""
    weight: int = 50


@dataclass(frozen=True, slots=True)
class Source:
    """Where suggestions of one kind come from; `label` tells readers what kind that is.

    Those of a source that `helps` are offered to readers who have found nothing.

    `entries(None)` gives all that is public now, in every language; `entries(references)` the
    same for these things only. Of two that are the same in `reference` and `language` the last
    counts.
    """

    name: str
    entries: Callable[[Collection[str] | None], Iterable[Entry]]
    label: str | Promise = ""
    helps: bool = False


_registered: dict[str, Source] = {}


def register(source: Source) -> None:
    """Propose what `source` gives. ImproperlyConfigured where its name is taken."""
    if source.name in _registered:
        raise ImproperlyConfigured(f"Suggestions from {source.name} are registered twice.")
    _registered[source.name] = source


def suggest(query: str, language: str, most: int = MOST) -> list[Suggestion]:
    """What somebody may mean who has typed `query` so far, the best first. One query at most."""
    beginning = typed.beginning(query)
    if not beginning:
        return []
    parameters = [language, beginning, beginning + b"\xff", 3 * most]
    found: dict[str, Suggestion] = {}
    for suggestion in Suggestion.objects.raw(_BY_BEGINNING, parameters):
        found.setdefault(suggestion.text, suggestion)
    return list(found.values())[:most]


def popular(language: str, most: int = MOST) -> list[Suggestion]:
    """What may help who has found nothing: what others search for, then topics. One query."""
    helping = [source.name for source in _registered.values() if source.helps]
    found = Suggestion.objects.filter(source__in=helping, language=language)
    asked_first = Case(When(url="", then=0), default=1)
    return list(found.order_by(asked_first, "-weight", "pk")[:most])


def label_of(suggestion: Suggestion) -> str:
    """What readers are told that it is, in the language of the page; may be empty."""
    source = _registered.get(suggestion.source)
    return str(source.label) if source else ""


def update(source_name: str, *references: str) -> None:
    """Bring what `source_name` proposes for `references` up to date. Never fails: what calls it
    (publishing) matters more, and the clock mends what was missed."""
    isolated(
        f"suggesting {source_name} {references}", _replace, _registered[source_name], references
    )


def forget(source_name: str, *references: str) -> None:
    """Propose nothing of `references` any more. Never fails."""
    stale = Suggestion.objects.filter(source=source_name, reference__in=references)
    isolated(f"forgetting {source_name} {references}", stale.delete)


def rebuild() -> int:
    """Bring all suggestions up to date, writing only what has changed, in short transactions.

    Returns how many things were changed or removed.
    """
    removed, _ = Suggestion.objects.exclude(source__in=_registered).delete()
    return bool(removed) + sum(map(_rebuild, _registered.values()))


def _rebuild(source: Source) -> int:
    stored = Suggestion.objects.filter(source=source.name)
    there = {(each.reference, each.language): _values(each) for each in stored.iterator()}
    fresh = {(entry.reference, entry.language): _values(entry) for entry in source.entries(None)}
    gone = {reference for reference, _ in there.keys() - fresh.keys()}
    changed = {key[0] for key, values in fresh.items() if there.get(key) != values}
    for batch in batches(sorted(gone - changed), BATCH):
        forget(source.name, *batch)
    for batch in batches(sorted(changed), BATCH):
        _replace(source, batch)
    return len(gone | changed)


def _replace(source: Source, references: Collection[str]) -> None:
    """What the source says is read and written in one transaction: nobody withdraws between."""
    with transaction.atomic():
        entries = {(e.reference, e.language): e for e in source.entries(references)}
        Suggestion.objects.filter(source=source.name, reference__in=references).delete()
        made = Suggestion.objects.bulk_create(
            Suggestion(source=source.name, reference=entry.reference, **_values(entry))
            for entry in entries.values()
        )
        keys = [key for suggestion in made for key in _keys(suggestion)]
        SuggestionKey.objects.bulk_create(keys, batch_size=500)


def _values(entry: Entry | Suggestion) -> dict[str, str | int]:
    """What is stored of `entry`, or is."""
    return {
        "language": entry.language,
        "text": entry.text[:255],
        "url": entry.url,
        "weight": entry.weight,
        "keys_version": getattr(entry, "keys_version", typed.VERSION),
    }


def _keys(suggestion: Suggestion) -> Iterable[SuggestionKey]:
    """Beginnings first, then the heavier, then the shorter, which has less that was not typed."""
    lesser = (99 - suggestion.weight) * 100 + min(len(suggestion.text), 99)
    return (
        SuggestionKey(
            suggestion=suggestion,
            language=suggestion.language,
            key=key,
            rank=_RANKS[place] + lesser,
        )
        for key, place in typed.keys(suggestion.text).items()
    )
