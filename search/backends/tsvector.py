"""The index table of `modelsearch` in PostgreSQL: which entries match, and how well.

PostgreSQL says which entries have a term; how many have it and which have several is worked out
here, from sets of numbers. So each term is looked up once, and the texts themselves, which take
long to unpack, are read only where a term is longer than a token, and of what may come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import chain
from math import log1p
from typing import Any

from django.db import connections, models, router
from django.db.models.expressions import RawSQL
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from search.analysis import Term
from search.backends import bm25
from search.backends.database import Matched
from search.backends.matching import AllOf, AnyOf, Expression
from search.backends.tstext import written

#: How many pairs of an entry and a term are looked at closely; of how many entries at least.
LOOKS = 6_000
FEWEST = 200
#: A term in more than a fourth of all entries (and more than so many) does not say which to take.
TELLING = 4
MANY = 2_000
#: What it weighs: less than any other.
HARDLY = 0.01

# The list of queries is hidden from the planner in a subquery. Otherwise it takes a search with
# many words for one that is worth compiling, which takes longer than the search.
# https://www.postgresql.org/docs/15/jit-decision.html
LOOK_UP = """
    SELECT
        ARRAY(
            SELECT id FROM {entries}
            WHERE {column} @@ query AND content_type_id = ANY(%s) LIMIT %s
        ),
        (SELECT reltuples FROM pg_class WHERE oid = '{entries}'::regclass)
    FROM unnest((SELECT %s::tsquery[])) AS asked (query)
"""


class Table:
    """The index table as one search sees it; see `database.Table`."""

    def __init__(
        self, model: type[models.Model], columns: Sequence[str], title_weight: float
    ) -> None:
        entry: type[models.Model] = get_app_config().get_model("IndexEntry")
        self.model = model
        self.column = columns[0] if len(columns) == 1 else "body"
        self.weight = "D" if list(columns) == ["body"] else ""
        self.title_weight = title_weight
        self.connection = connections[router.db_for_read(entry)]
        self.entries = entry._meta.db_table
        self._sets: dict[str, frozenset[int]] = {}
        self._common: set[str] = set()
        self._total = 1

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        self._look_up(chain.from_iterable(map(self._queries, expressions)))
        return {place for place, each in enumerate(expressions) if self._having(each)}

    def words_of(self, place: int, words: Sequence[Expression]) -> int:
        counts = sorted(self._count(words).values(), reverse=True)
        return counts[place - 1] if len(counts) >= place else 0

    def matched(self, matched: Matched) -> list[Any]:
        ids = list(self._matching(matched))
        rows = self._run(f"SELECT object_id FROM {self.entries} WHERE id = ANY(%s)", [ids])  # noqa: S608
        return [self._to_pk(object_id) for (object_id,) in rows]

    def scored(
        self, matched: Matched, terms: Sequence[Term], sounds: Sequence[Term], whole: Term | None
    ) -> dict[Any, float]:
        """First by which terms an entry has, and how telling these are. What is best so far is
        looked at closely, and ranks by BM25 before the others."""
        found = self._matching(matched)
        weights = self._weights(terms)
        sums = dict.fromkeys(found, 0.0)
        for term, weight in weights.items():
            for entry in found & self._sets.get(self._loose(term), frozenset()):
                sums[entry] += weight
        best = nlargest(max(FEWEST, LOOKS // max(len(weights), 1)), sums, key=self._place(sums))
        close = closely(self.columns, weights, sounds, whole, best)
        ...

    def keys(self, pks: Iterable[Any]) -> RawSQL:
        pk_field = self.model._meta.pk
        values = [pk_field.get_db_prep_value(pk, self.connection) for pk in pks]
        return RawSQL(f"SELECT unnest(%s::{pk_field.db_type(self.connection)}[])", [values])  # noqa: S611
