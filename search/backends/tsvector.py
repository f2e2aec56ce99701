"""The index table of `modelsearch` in PostgreSQL: which entries match, and how well.

PostgreSQL says which entries have a term; how many have it, and which have several, is worked out
here from sets of numbers. So each term is looked up once, and the texts, which take long to
unpack, are read only where a term is longer than a token, and of entries that may come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from itertools import chain
from math import log1p
from typing import Any

from django.db import models

from search.analysis import Heard, Term
from search.backends.database import Evidence, Matched
from search.backends.entry_table import MORE, SOME, EntryTable
from search.backends.expressions import AllOf, AnyOf, Expression
from search.backends.tsrank import ranking, unpacked
from search.backends.tstext import OTHER_TEXT, tokens_of, written

#: How many pairs of an entry and a term are looked at closely; of how many entries at least.
LOOKS = 6_000
FEWEST = 200
#: A term in more than a fourth of all entries (and in more than so many) hardly says which to take.
TELLING = 4
MANY = 2_000
HARDLY = 0.01

# The list of queries is hidden from the planner in a subquery. Otherwise it takes a search for
# many words for one that is worth compiling, which takes longer than the search.
# https://www.postgresql.org/docs/15/jit-decision.html
LOOK_UP = """
    SELECT
        ARRAY(
            SELECT id FROM {entries}
            WHERE {column} @@ query AND content_type_id = ANY(%s) LIMIT %s
        ),
        (SELECT reltuples::int FROM pg_class WHERE oid = '{entries}'::regclass)
    FROM unnest((SELECT %s::tsquery[])) AS asked (query)
"""


class Table(EntryTable):
    """The index table as one search sees it; see `database.Table`."""

    def __init__(
        self,
        model: type[models.Model],
        columns: Sequence[str],
        title_weight: float,
        within: models.QuerySet[Any] | None = None,
    ) -> None:
        super().__init__(model, within)
        self.column = columns[0] if len(columns) == 1 else "body"
        self.lexeme_weight = OTHER_TEXT if list(columns) == ["body"] else ""
        self.title_weight = title_weight
        self._found: dict[str, frozenset[int]] = {}
        self._common: set[str] = set()
        self._total = 1

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        self._look_up(chain.from_iterable(map(self._queries, expressions)))
        some = [nlargest(SOME, self._having(each)) for each in expressions]
        counted = self._counted_of(chain.from_iterable(some))
        return {place for place, each in enumerate(some) if counted.intersection(each)}

    def numbers(self, expressions: Sequence[Expression]) -> tuple[list[int], int]:
        self._look_up(chain.from_iterable(map(self._queries, expressions)))
        ((total,),) = self.run(
            f"SELECT COUNT(*) FROM {self.entries} WHERE content_type_id = ANY(%s)",  # noqa: S608
            [self.content_types],
        )
        return [len(self._having(each)) for each in expressions], total

    def number_counted(self, expression: Expression) -> int:
        return len(self._counted_of(self._having(expression)))

    def words_of(self, place: int, words: Sequence[Expression]) -> int:
        """In most cases, a few more than `place` have enough among them that count."""
        found = self._count(words).most_common()
        for most in (place * MORE, len(found)):
            counted = self._counted_of(entry for entry, _hits in found[:most])
            hits = [hits for entry, hits in found[:most] if entry in counted]
            if len(hits) >= place:
                return hits[place - 1]
        return 0

    def _counted_of(self, entries: Iterable[int]) -> set[int]:
        """Those of `entries` that decide what is enough."""
        wanted = list(entries)
        if self.within is None:
            return set(wanted)
        rows = self.run(f"SELECT id, object_id FROM {self.entries} WHERE id = ANY(%s)", [wanted])  # noqa: S608
        counted = self.counted(object_id for _entry, object_id in rows)
        return {entry for entry, object_id in rows if object_id in counted}

    def matched(self, matched: Matched) -> list[Any]:
        ids = list(self._matching(matched))
        rows = self.run(f"SELECT object_id FROM {self.entries} WHERE id = ANY(%s)", [ids])  # noqa: S608
        return [self.to_pk(object_id) for (object_id,) in rows]

    def scored(self, matched: Matched, evidence: Evidence) -> dict[Any, float]:
        """First by which terms an entry has and how telling they are. What is best so far is
        looked at closely: it is ranked by BM25, and before the rest."""
        sums = dict.fromkeys(self._matching(matched), 0.0)
        weights = self._weights(evidence.terms)
        for term, weight in weights.items():
            for entry in self._found.get(self._loosely(term), frozenset()) & sums.keys():
                sums[entry] += weight
        before = self._points(evidence.few)
        looks = max(FEWEST, LOOKS // max(len(weights), 1))
        if evidence.whole is not None and len(sums) > looks:
            for entry in self._titled(evidence.whole) & sums.keys():
                sums[entry] += sum(weights.values())
        best = nlargest(looks, sums, key=lambda entry: (before[entry], sums[entry], entry))
        evidence = replace(evidence, sounds=self._missing(evidence.sounds))
        score, params = ranking(weights, evidence, self._title_weight, self.lexeme_weight)
        looked_at = unpacked(self.entries, self.column)
        rows = self.run(
            f"SELECT id, object_id, score FROM {self.entries} "  # noqa: S608
            f"LEFT JOIN (SELECT id AS looked, {score} AS score FROM ({looked_at}) AS unpacked) "
            f"AS scores ON looked = id WHERE id = ANY(%s)",
            [*params, best, list(sums)],
        )
        return self._behind(sums, before, rows)

    def _behind(
        self,
        sums: Mapping[int, float],
        before: Mapping[int, int],
        rows: Sequence[tuple[int, str, float | None]],
    ) -> dict[Any, float]:
        """The score of all: of those not looked at closely, less than that of any that are."""
        looked = [(score, sums[entry]) for entry, _object_id, score in rows if score is not None]
        lowest, lowest_sum = map(min, zip(*looked, strict=True)) if looked else (0.0, 0.0)
        share = lowest / lowest_sum if lowest_sum else 0.0
        return {
            self.to_pk(object_id): (share * sums[entry] if score is None else score)
            + before.get(entry, 0)
            for entry, object_id, score in rows
        }

    def _missing(self, sounds: Sequence[Heard]) -> tuple[Heard, ...]:
        """Those of `sounds` whose pair no entry has."""
        pairs = [self._query(each.pair) for each in sounds]
        known = {pair for pair in pairs if self._found.get(pair) or pair in self._common}
        asked = [pair for pair in pairs if pair not in known and pair not in self._found]
        if asked:
            found = zip(asked, self._having_each(asked, 1), strict=True)
            known |= {pair for pair, (ids, _total) in found if ids}
        return tuple(each for pair, each in zip(pairs, sounds, strict=True) if pair not in known)

    def _weights(self, terms: Sequence[Term]) -> dict[Term, float]:
        """How telling each term is; twice as much if it comes twice."""
        self._look_up(map(self._loosely, terms), most=max(MANY, self._total // TELLING))
        return {term: times * self._telling(term) for term, times in Counter(terms).items()}

    def _telling(self, term: Term) -> float:
        """https://en.wikipedia.org/wiki/Okapi_BM25, as Lucene has it: never negative."""
        query = self._loosely(term)
        if query in self._common:
            return HARDLY
        having = len(self._found[query])
        return log1p((self._total - having + 0.5) / (having + 0.5))

    def _loosely(self, term: Term) -> str:
        """What finds entries with `term` at once: if it is not known yet where its tokens stand
        side by side, where they all stand somewhere."""
        query = self._query(term)
        return query if query in self._found else self._query(AllOf(tokens_of(term)))

    def _matching(self, matched: Matched) -> frozenset[int]:
        rest = [each for each in (matched.only, matched.without) if each is not None]
        self._look_up(chain.from_iterable(map(self._queries, rest)))
        if matched.words:
            counted = self._count(matched.words)
            found = frozenset(entry for entry, hits in counted.items() if hits >= matched.least)
            found = found & self._having(matched.only) if matched.only else found
        else:
            found = self._having(matched.only) if matched.only else frozenset()
        return found - self._having(matched.without) if matched.without else found

    def _count(self, words: Sequence[Expression]) -> Counter[int]:
        """How many of `words` each entry has that has any."""
        self._look_up(chain.from_iterable(map(self._queries, words)))
        return Counter(chain.from_iterable(map(self._having, words)))

    def _points(self, few: Mapping[AnyOf, int]) -> Counter[int]:
        """How many points each entry has for those of the `few` words that it has."""
        self._look_up(chain.from_iterable(map(self._queries, few)))
        before: Counter[int] = Counter()
        for word, points in few.items():
            before.update(dict.fromkeys(self._having(word), points))
        return before

    def _having(self, expression: Expression) -> frozenset[int]:
        """The entries that `expression` matches, which has been looked up."""
        if isinstance(expression, AnyOf):
            return frozenset().union(*map(self._having, expression.parts))
        return self._found[self._query(expression)]

    def _queries(self, expression: Expression) -> Iterator[str]:
        """What is to be looked up for `_having`."""
        if isinstance(expression, AnyOf):
            yield from chain.from_iterable(map(self._queries, expression.parts))
        else:
            yield self._query(expression)

    def _look_up(self, queries: Iterable[str], most: int | None = None) -> None:
        """Find the entries that match each of `queries`, unless these are `most` or more."""
        known = self._found.keys() | (self._common if most else set())
        missing = [query for query in dict.fromkeys(queries) if query not in known]
        if not missing:
            return
        for query, (ids, total) in zip(missing, self._having_each(missing, most), strict=True):
            self._total = max(self._total, total, len(ids))
            if most and len(ids) == most:
                self._common.add(query)
            else:
                self._found[query] = frozenset(ids)

    def _titled(self, whole: Expression) -> frozenset[int]:
        """The entries that have `whole` in their title."""
        ((ids, _total),) = self._having_each([written(whole)], None, "title")
        return frozenset(ids)

    def _having_each(
        self, queries: list[str], most: int | None, column: str | None = None
    ) -> list[tuple[Any, ...]]:
        """The entries that match each query, but no more than `most`; and how many there are."""
        sql = LOOK_UP.format(entries=self.entries, column=column or self.column)
        return self.run(sql, [self.content_types, most, queries])

    def _query(self, expression: Expression) -> str:
        return written(expression, self.lexeme_weight)

    @property
    def _title_weight(self) -> float:
        return self.title_weight if self.column == "body" else 1.0
