"""What somebody meant who has mistyped a query: 心肺复书 -> 心肺复苏.

A stretch of the query is taken for a slip only if it stands in no text, and if a right word (see
`search.lexicon`) differs from it as slips do. So words that nobody thought of are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from search.cutting import cutter
from search.folding import Folded, fold, fold_with_offsets
from search.judging import Correction, judged
from search.models import SpellingKey
from search.stretches import Stretch, marked_right, stretches_of

MAX_CHARACTERS = 60
MAX_KEYS = 1_500
MAX_WORDS = 2_000
MAX_CORRECTIONS = 3
SHORT_LATIN = 3

#: Whether a search finds anything for a query, in which "quoted phrases" have to stand as they are.
IsFound = Callable[[str], bool]


def correction(query: str, language: str, found: int, is_found: IsFound) -> str | None:
    """The query that was probably meant; None where nothing better is known.

    :param found: how many results `query` has.
    :param is_found: is asked at most four times, and only where there is something to propose.
    """
    folded = fold_with_offsets(query[:MAX_CHARACTERS])
    stretches = list(stretches_of(folded.text))
    right_words = look_up(stretches, language)
    if not right_words:
        return None
    wrong = marked_right(stretches, right_words)
    likely = judged(wrong, right_words, not_to_touch(folded.text), nothing_found=not found)
    chosen = best(each for each in likely if is_safe(each, folded))
    chosen = [each for each in chosen if not (found and is_found(f'"{each.stretch.text}"'))]
    if not chosen:
        return None
    proposed = replaced(folded, chosen) + query[MAX_CHARACTERS:]
    return proposed if fold(proposed) != fold(query) and is_found(proposed) else None


def not_to_touch(folded: str) -> frozenset[str]:
    """The characters that are words of their own. Not where there are but two, which are meant as
    one word: in 弄安, 弄 is no verb."""
    return frozenset() if len(folded.strip()) == 2 else cutter().stop_words


def replaced(folded: Folded, corrections: Iterable[Correction]) -> str:
    """The query as it was typed, with the right words in it."""
    text = folded.source
    for each in sorted(corrections, key=lambda each: -each.stretch.start):
        place = place_of(each, folded)
        word = each.word.upper() if is_shouted(each, folded) else each.word
        text = text[: place.start] + word + text[place.stop :]
    return text


def place_of(each: Correction, folded: Folded) -> slice:
    """Where the query holds what is corrected, as it was typed."""
    first, last = each.stretch.start, each.stretch.end - 1
    return slice(folded.offsets[first], folded.offsets[last] + 1)


def is_safe(each: Correction, folded: Folded) -> bool:
    """Three letters make many words; in capitals they are an abbreviation: AEB, but not aid."""
    return len(each.word) != SHORT_LATIN or not each.word.isascii() or is_shouted(each, folded)


def is_shouted(each: Correction, folded: Folded) -> bool:
    return folded.source[place_of(each, folded)].isupper()


def look_up(stretches: Iterable[Stretch], language: str) -> Mapping[str, dict[str, int]]:
    """For each key of `stretches`, the right words under it with their weights. One query."""
    keys = dict.fromkeys(key for stretch in stretches for key in stretch.keys)
    wanted = list(islice(keys, MAX_KEYS))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if wanted:
        rows = SpellingKey.objects.filter(key__in=wanted, language__in=("", language))
        for key, word, weight in rows.values_list("key", "word", "weight")[:MAX_WORDS]:
            found[key][word] = max(weight, found[key].get(word, 0))
    return found


def best(corrections: Iterable[Correction]) -> list[Correction]:
    """The likeliest corrections that do not overlap."""
    chosen: list[Correction] = []
    for each in sorted(corrections, key=lambda each: each.order):
        if len(chosen) < MAX_CORRECTIONS and not any(map(each.overlaps, chosen)):
            chosen.append(each)
    return chosen
