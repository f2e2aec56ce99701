"""How likely it is that a stretch of a query is a slip of a right word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search import slips
from search.folding import is_chinese
from search.lexicon import FREQUENT, OF_THE_FIELD
from search.stretches import Stretch

RightWords = Mapping[str, Mapping[str, int]]

# The lower the likelier.
SURE, LIKELY, POSSIBLE, FAR = 0.0, 1.0, 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Correction:
    """`word` instead of `stretch`."""

    stretch: Stretch
    word: str
    cost: float
    weight: int

    @property
    def order(self) -> tuple[float, int, int, str]:
        """The likeliest first: what explains more of the query counts for it."""
        return self.cost - len(self.stretch.text), -self.weight, self.stretch.start, self.word

    def overlaps(self, other: Correction) -> bool:
        return self.stretch.start < other.stretch.end and other.stretch.start < self.stretch.end


def judged(
    stretches: Iterable[Stretch],
    right_words: RightWords,
    stop_words: frozenset[str],
    *,
    nothing_found: bool,
) -> Iterator[Correction]:
    """Every correction that is likely enough. Where the query finds nothing, a word that is known
    may be the slip."""
    for stretch in stretches:
        if stretch.letters:
            yield from _spelt_out(stretch, right_words)
            continue
        for word, weight in _meant(stretch, right_words).items():
            if is_chinese(stretch.text):
                cost = _cost_in_chinese(stretch, word, weight, stop_words)
                if cost is None and nothing_found and _is_misheard(stretch, word, stop_words):
                    cost = LIKELY
            else:
                cost = _cost_in_letters(stretch, word, weight)
            if cost is not None:
                yield Correction(stretch, word, cost, weight)


def _meant(stretch: Stretch, right_words: RightWords) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in stretch.keys:
        found |= right_words.get(key, {})
    return found


def _cost_in_chinese(
    stretch: Stretch, word: str, weight: int, stop_words: frozenset[str]
) -> float | None:
    typed = stretch.text
    if len(typed) == len(word):
        wrong = slips.differences(typed, word)
        if len(word) >= slips.MIN_LENGTH and slips.sounds_alike(typed, word):
            return SURE + len(wrong) / len(word)
        if len(word) >= slips.MIN_LENGTH and typed in slips.swapped(word):
            return LIKELY
        short = len(word) < slips.MIN_LENGTH
        if not wrong <= stretch.doubtful or (short and _says_nothing(stretch, wrong, stop_words)):
            return None
        return _cost_of_wrong_characters(stretch, word, weight, wrong)
    if not stretch.doubtful:
        return None
    if word in slips.undoubled(typed):
        return SURE
    if len(word) >= slips.MIN_LENGTH and typed in slips.without_one(word):
        shortened = word.startswith(typed) or word.endswith(typed)
        return None if shortened else LIKELY
    return None


def _is_misheard(stretch: Stretch, word: str, stop_words: frozenset[str]) -> bool:
    """Whether one character is another that sounds about so, though it belongs to a word that is
    known: 自愿|者, 鲜血|车."""
    if len(stretch.text) != len(word) or len(word) < 3:
        return False
    wrong = slips.differences(stretch.text, word)
    return (
        len(wrong) == 1
        and not _says_nothing(stretch, wrong, stop_words)
        and slips.sounds_about_alike(stretch.text, word)
    )


def _says_nothing(stretch: Stretch, places: frozenset[int], stop_words: frozenset[str]) -> bool:
    """Whether a character at `places` is a word of its own, and so right: 献血|这|件|事."""
    return any(stretch.text[n] in stop_words for n in places)


def _cost_of_wrong_characters(
    stretch: Stretch, word: str, weight: int, wrong: frozenset[int]
) -> float | None:
    """For words of one length, of which only doubtful characters differ."""
    typed = stretch.text
    if slips.sounds_alike(typed, word):
        return LIKELY if len(word) > 2 else POSSIBLE if weight >= FREQUENT else None
    if len(word) > 2 and (typed in slips.swapped(word) or slips.sounds_about_alike(typed, word)):
        return LIKELY
    if len(word) >= slips.MIN_LENGTH and len(wrong) == 1 and not _is_added(stretch, *wrong):
        return FAR
    return None


def _is_added(stretch: Stretch, place: int) -> bool:
    """Whether the character is added to known words: 红十字|节."""
    return place in (0, len(stretch.text) - 1) and stretch.doubtful == {place}


def _cost_in_letters(stretch: Stretch, word: str, weight: int) -> float | None:
    """Latin and Korean: one letter wrong, missing, too many, or two swapped; not the first, and
    in a short word of the field only."""
    typed = stretch.text
    if min(len(typed), len(word)) < slips.MIN_LENGTH:
        short = len(typed) == len(word) == slips.MIN_LENGTH - 1 and weight >= OF_THE_FIELD
        if not short:
            return None
    if typed in slips.swapped(word):
        return LIKELY
    if typed[0] != word[0]:
        return None
    if len(typed) == len(word):
        return POSSIBLE if len(slips.differences(typed, word)) == 1 else None
    longer, shorter = sorted((typed, word), key=len, reverse=True)
    return LIKELY if shorter in slips.without_one(longer) else None


def _spelt_out(stretch: Stretch, right_words: RightWords) -> Iterator[Correction]:
    """Chinese words that together are read as the letters of `stretch`; as few as can be."""
    reached: dict[int, tuple[str, int]] = {0: ("", OF_THE_FIELD)}
    for start, end in sorted(stretch.syllables, key=lambda each: (each[0], -each[1])):
        if start in reached and end not in reached:
            before, least = reached[start]
            if found := _read_as(stretch.letters[start:end], right_words):
                word, weight = found
                reached[end] = before + word, min(least, weight)
    if len(stretch.letters) in reached:
        word, weight = reached[len(stretch.letters)]
        yield Correction(stretch, word, SURE, weight)


def _read_as(letters: str, right_words: RightWords) -> tuple[str, int] | None:
    """The word that is read as `letters`, or (if it is frequent) about so, and its weight."""
    words = right_words.get(slips.sound_key(letters), {})
    exact = {word for word in words if letters in slips.sounds(word)}
    fitting = [word for word in words if word in exact or words[word] >= FREQUENT]
    if not fitting:
        return None
    word = min(fitting, key=lambda word: (word not in exact, -words[word], word))
    return word, words[word]
