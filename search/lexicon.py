"""The words that are right: those of the dictionary, of what is suggested, and of titles; and names
that an upper app registers.

lexicon.register(short_names)

The clock brings them up to date; only what has changed is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b

from django.db import transaction
from django.db.models import Count, Max

from search import analysis, dictionary, slips
from search.batches import batches
from search.cutting import cutter, general_segmenter
from search.folding import fold, is_chinese, runs
from search.models import LearntFrom, SpellingKey, Suggestion

#: How much a word is to be expected: of the field, in what everybody sees or often, ever.
OF_THE_FIELD, FREQUENT, SEEN = 3, 2, 1

OFTEN = 3
MAX_CHINESE, MAX_LATIN = 7, 20
# What weighs so much as a suggestion is a name: of a topic, of a branch.
NAME_WEIGHT = 60
BATCH = 100

Words = Mapping[tuple[str, str], int]

#: Gives names that are right in all languages.
Names = Callable[[], Iterable[str]]

_registered: list[Names] = []


def register(names: Names) -> None:
    """Let what `names` gives be right, whether or not it stands in a title. Read when suggestions
    have changed."""
    _registered.append(names)


def rebuild() -> int:
    """Bring the words up to date, where anything has changed of which they are learnt. Returns
    how many were changed or removed."""
    state = state_of_sources()
    if LearntFrom.objects.filter(state=state).exists():
        return 0
    changed = _rebuild()
    LearntFrom.objects.update_or_create(pk=1, defaults={"state": state})
    return changed


def state_of_sources() -> str:
    """Something that is different when suggestions, the dictionary or our rules are. (What is
    suggested anew gets a new key.)"""
    found = Suggestion.objects.aggregate(number=Count("pk"), last=Max("pk"))
    entries = dictionary.in_force()
    words = sorted(map(str, entries.terms | entries.synonyms.keys() | entries.stop_words))
    digest = blake2b("\n".join(words).encode(), digest_size=16).hexdigest()
    return f"{slips.VERSION} {analysis.VERSION} {found['number']} {found['last']} {digest}"


def _rebuild() -> int:
    fresh = right_words()
    there = {
        (language, word): weight
        for language, word, weight in SpellingKey.objects.filter(version=slips.VERSION)
        .values_list("language", "word", "weight")
        .distinct()
    }
    outdated = SpellingKey.objects.exclude(version=slips.VERSION)
    gone = there.keys() - fresh.keys() | set(outdated.values_list("language", "word").distinct())
    changed = {key for key, weight in fresh.items() if there.get(key) != weight}
    for batch in batches(sorted(gone | changed), BATCH):
        _replace(batch, fresh)
    return len(gone | changed)


def right_words() -> Words:
    """Every word with its language (empty for all) and weight."""
    words: dict[tuple[str, str], int] = {}
    seen: Counter[tuple[str, str]] = Counter()
    stop_words = cutter().stop_words
    titles = Suggestion.objects.exclude(url="").values_list("language", "text", "weight")
    for language, text, weight in titles.iterator():
        folded = fold(text)
        seen.update((language, word) for word in words_of(folded, stop_words))
        if weight >= NAME_WEIGHT:
            words |= {(language, word): FREQUENT for word in whole_runs(folded)}
    for (language, word), count in seen.items():
        if count >= OFTEN:
            words[language, word] = FREQUENT
        elif count > 1 or not is_phrase(word):
            words.setdefault((language, word), SEEN)
    everywhere = registered_names() | words_of_the_dictionary(stop_words)
    return words | {("", word): weight for word, weight in everywhere.items()}


def registered_names() -> dict[str, int]:
    given = (fold(name) for names in _registered for name in names())
    return {word: FREQUENT for name in given for word in whole_runs(name)}


def words_of_the_dictionary(stop_words: frozenset[str]) -> dict[str, int]:
    """Its entries, and the words in many of them: 骨髓."""
    entries = dictionary.in_force()
    folded = [fold(entry) for entry in entries.terms | entries.synonyms.keys()]
    seen = Counter(word for entry in folded for word in words_of(entry, stop_words))
    often = {word: FREQUENT for word, count in seen.items() if count >= OFTEN}
    whole = {word: OF_THE_FIELD for entry in folded for word in whole_runs(entry)}
    return often | whole


def whole_runs(folded: str) -> Iterator[str]:
    """The stretches of folded text in one script that may be words."""
    return (run.text for run in runs(folded) if may_be_word(run.text))


def words_of(folded: str, stop_words: frozenset[str]) -> set[str]:
    """The telling words of folded text, and two or three of them that stand together."""
    found: set[str] = set()
    for run in runs(folded):
        words = known_parts(run.text) if run.kind == "han" else [run.text]
        found.update(filter(may_be_word, _neighbours(words, stop_words)))
    return found


def _neighbours(words: list[str], stop_words: frozenset[str]) -> Iterator[str]:
    """One to three words next to each other, none of which says nothing."""
    for size in (1, 2, 3):
        for n in range(len(words) - size + 1):
            if stop_words.isdisjoint(words[n : n + size]):
                yield "".join(words[n : n + size])


def known_parts(characters: str) -> list[str]:
    """Chinese as general words, without guesses: what is no word comes character by character."""
    return list(general_segmenter().cut(characters, False))


def is_phrase(word: str) -> bool:
    return is_chinese(word) and len(known_parts(word)) > 1


def may_be_word(word: str) -> bool:
    if is_chinese(word):
        return 2 <= len(word) <= MAX_CHINESE
    return slips.MIN_LENGTH - 1 <= len(word) <= MAX_LATIN and not any(map(str.isdigit, word))


@transaction.atomic
def _replace(batch: list[tuple[str, str]], fresh: Words) -> None:
    for language in {language for language, _word in batch}:
        words = [word for other, word in batch if other == language]
        SpellingKey.objects.filter(language=language, word__in=words).delete()
    SpellingKey.objects.bulk_create(
        [
            SpellingKey(
                key=key,
                language=language,
                word=word,
                weight=fresh[language, word],
                version=slips.VERSION,
            )
            for language, word in batch
            if (language, word) in fresh
            for key in slips.keys(word)
        ],
        batch_size=500,
    )
