"""BM25 in PostgreSQL, from what its own ranking tells.

`ts_rank` of one lexeme that stands n times is the sum of 1/j² up to n, over the limit of that sum,
π²/6. What is missing to the limit is 1/(n + ½), to within a twentieth, and so tells n: without a
table of all lexemes of a text, which takes PostgreSQL a hundred times longer to make.
https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/tsrank.c
(calc_rank_or)
"""

from __future__ import annotations

from collections.abc import Mapping
from math import pi
from statistics import fmean
from typing import Any

from search.analysis import Term
from search.backends.database import Evidence
from search.backends.expressions import AnyOf
from search.backends.matching import ON_TOP
from search.backends.tstext import OTHER_TEXT, tokens_of, written

K1 = 1.2
B = 0.75
#: What each pair counts that sounds right, where a usual term that is spelled right counts up to 1.
SOUND_WEIGHT = 0.3
#: How much a character counts that is there as often as can be; a pair, some 2 to 10.
CHARACTER_WEIGHT = 2.5

LIMIT = pi**2 / 6
ALIKE = "'{1,1,1,1}'"


def unpacked(table: str, column: str) -> str:
    """SQL for the rows that `ranking` scores, with the list of their ids as parameter.

    Their `bend` is what often standing there is measured by: more in a text that is longer than
    usual. `title_norm` holds the number of tokens. The text is unpacked once, not anew for each
    term: OFFSET 0 keeps that apart.
    """
    return f"""
        SELECT
            id, title, autocomplete, bend,
            ts_filter(text, '{{a,b,c,d}}') AS text,
            ts_filter(text, '{{{OTHER_TEXT}}}') AS other_text
        FROM (
            SELECT id, title, autocomplete, {column} AS text,
                {K1} * ({1 - B} + {B} * title_norm / GREATEST(AVG(title_norm) OVER (), 1)) AS bend
            FROM {table} WHERE id = ANY(%s)
        ) AS packed
        OFFSET 0
    """  # noqa: S608


def times(vector: str, query: str) -> str:
    """SQL for how often the lexeme in `query` stands in `vector`; of several lexemes, a mean."""
    missing = f"1 - LEAST(ts_rank({ALIKE}, {vector}, {query}), 0.9999)"
    return f"ROUND(1 / ({LIMIT} * ({missing})) - 0.5)"


TERMS = f"""
    SELECT SUM(weight * often / (often + bend))
    FROM (
        SELECT weight, {times("text", "tokens")} + {times("title", "tokens")} * %s AS often
        FROM unnest(%s::tsquery[], %s::tsquery[], %s::float8[]) AS term (query, tokens, weight)
        WHERE text @@ query
    ) AS counted
"""  # noqa: S608
#: A character is the start of its pairs: how many different ones is how often it is there.
CHARACTERS = f"""
    SELECT SUM(often / (often + bend)) * {CHARACTER_WEIGHT}
    FROM (
        SELECT ts_rank({ALIKE}, other_text, query) * {LIMIT} AS often
        FROM unnest(%s::tsquery[]) AS single (query)
    ) AS counted
"""  # noqa: S608
SOUNDS = f"ts_rank({ALIKE}, autocomplete, %s::tsquery) * {LIMIT} * %s"


def ranking(
    weights: Mapping[Term, float], evidence: Evidence, title_weight: float, lexeme_weight: str
) -> tuple[str, list[Any]]:
    """SQL with its parameters for the score of a row with its places unpacked.

    `weights` tells how telling each term is; `title_weight`, how much more often a term counts
    that stands in the title.
    """
    queries = [written(term, lexeme_weight) for term in weights]
    tokens = [written(AnyOf(tokens_of(term))) for term in weights]
    parts = [f"COALESCE(({TERMS}), 0)"]
    params: list[Any] = [title_weight - 1, queries, tokens, list(weights.values())]
    if evidence.characters:
        parts.append(f"COALESCE(({CHARACTERS}), 0)")
        params.append([written(each) for each in evidence.characters])
    if evidence.sounds:
        parts.append(SOUNDS)
        usual = fmean(weights.values()) if weights else 0.0
        sounds = AnyOf(tuple(each.sound for each in evidence.sounds))
        params += [written(sounds), len(evidence.sounds) * usual * SOUND_WEIGHT]
    if (whole := evidence.whole) is not None:
        parts.append(f"((text @@ %s::tsquery)::int + (title @@ %s::tsquery)::int) * {ON_TOP}")
        params += [written(whole, lexeme_weight), written(whole)]
    return " + ".join(parts), params
