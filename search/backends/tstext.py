"""Texts and queries in the notation of PostgreSQL's types `tsvector` and `tsquery`.

Tokens are written as they are, with their places, so that no parser, dictionary or locale of the
database has a say. https://www.postgresql.org/docs/15/datatype-textsearch.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import cycle, pairwise

from search.analysis import Term
from search.backends.expressions import AllOf, ButNot, Expression
from search.backends.texts import Tokens

# What PostgreSQL holds, with some room: bytes of one lexeme, places of one, places of all, bytes of
# one tsvector.
# https://www.postgresql.org/docs/15/textsearch-limitations.html
LONGEST = 500
MOST_PLACES = 250
LAST_PLACE = 16_382
MOST_BYTES = 1_000_000
MOST_SOUNDS = 50_000

#: The weights of lexemes in a column that has both.
TITLE, OTHER_TEXT = "A", "D"

Places = dict[str, str]


def vectors(tokens: Tokens) -> tuple[str, str, str]:
    """The columns title, body and autocomplete for what the index holds of an object.

    `body` has all text, the title with weight A and the rest with weight D: one index answers
    for both. No place lies between the two, so that nothing matches across.
    """
    title = _places(tokens.title, 1, TITLE)
    rest = _places(tokens.body, min(len(tokens.title), LAST_PLACE // 2) + 2)
    typed = _places(tokens.typed, 1)
    both = title | {token: f"{title[token]},{rest[token]}" for token in title.keys() & rest.keys()}
    heard = dict.fromkeys(list(dict.fromkeys(tokens.sounds))[:MOST_SOUNDS], "")
    return _vector(title), _vector(rest | both), _vector(heard | typed)


def written(expression: Expression, weight: str = "") -> str:
    """`expression` as a tsquery, of lexemes with this weight only."""
    if isinstance(expression, Term):
        *before, last = map(_quoted, expression.tokens)
        suffix = ("*" if expression.prefix else "") + weight
        tokens = [f"{token}:{weight}" if weight else token for token in before]
        return _joined(" <-> ", [*tokens, f"{last}:{suffix}" if suffix else last])
    if isinstance(expression, ButNot):
        return f"({written(expression.whole, weight)} & !{written(expression.part, weight)})"
    sign = " & " if isinstance(expression, AllOf) else " | "
    return _joined(sign, [written(part, weight) for part in expression.parts])


def tokens_of(term: Term) -> tuple[Term, ...]:
    """Each token of `term` as a term of its own."""
    *before, last = term.tokens
    whole = (Term(token, (token,)) for token in before)
    return (*whole, Term(last, (last,), prefix=term.prefix))


def _joined(sign: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"


def _places(tokens: Sequence[str], first: int, weight: str = "") -> Places:
    """Each token with its places from `first`, as `3A,17A`. After the last place that there is,
    they begin anew: adjacent tokens stay adjacent. What is too large by itself is cut short."""
    places: Places = {}
    left_out = _left_out(tokens)
    for number, (place, token) in enumerate(zip(cycle(range(first, LAST_PLACE)), tokens)):
        if number in left_out:
            continue
        there = places.get(token)
        places[token] = f"{place}{weight}" if there is None else f"{there},{place}{weight}"
    if 4 * sum(map(len, places)) + 4 * len(places) + 2 * len(tokens) > MOST_BYTES // 3:
        return _places(tokens[: len(tokens) * 3 // 4], first, weight)
    return places


def _left_out(tokens: Sequence[str]) -> set[int]:
    """Which of the tokens have no place, as the same are there more often than there are places.
    Kept are first those beside a new neighbour, on both sides: so no phrase of two is lost."""
    often = {token for token, times in Counter(tokens).items() if times > MOST_PLACES}
    if not often:
        return set()
    first = {pair: number for number, pair in reversed(list(enumerate(pairwise(tokens))))}
    telling = {number + side for number in first.values() for side in (0, 1)}
    where: dict[str, list[int]] = {token: [] for token in often}
    for number, token in enumerate(tokens):
        if token in often:
            where[token].append(number)
    return {
        number
        for numbers in where.values()
        for number in sorted(numbers, key=lambda each: each not in telling)[MOST_PLACES:]
    }


def _vector(places: Places) -> str:
    return " ".join(
        f"{_quoted(token)}:{where}" if where else _quoted(token) for token, where in places.items()
    )


def _quoted(token: str) -> str:
    escaped = token[:LONGEST].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
