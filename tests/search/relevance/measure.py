"""Asks the judged queries as the search page does, and counts how good the answers are.

recall@10: the share of the relevant that stands on the first page (of ten relevant, if there are
more). MRR@10: one divided by the place of the first relevant. success@3: one of the best is
among the first three. empty: nothing found where something is. wrong: something found that must
not be (excluded, outside a phrase, or for a query of which there is nothing here).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from search import registry
from search.results import PER_PAGE, Search
from tests.search.relevance.queries import Judged

ALL = "all"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first page shows for a query, as names in order with what the query names outright
    before all else, and how much there is in all."""

    query: Judged
    found: Sequence[str]
    count: int

    @property
    def recall(self) -> float:
        hits = len(self.query.relevant.intersection(self.found))
        return hits / min(PER_PAGE, len(self.query.relevant))

    @property
    def reciprocal_rank(self) -> float:
        ranks = (rank for rank, name in enumerate(self.found, 1) if name in self.query.relevant)
        return 1 / next(ranks, float("inf"))

    @property
    def succeeds(self) -> bool:
        return not self.query.best.isdisjoint(self.found[:3])

    @property
    def is_wrong(self) -> bool:
        if not self.query.relevant:
            return self.count > self.query.few
        beyond = self.query.strict and not self.query.relevant.issuperset(self.found)
        return beyond or not self.query.never.isdisjoint(self.found)


@dataclass(frozen=True, slots=True)
class Figures:
    """How good the answers to several queries are, each from 0 to 1."""

    queries: int
    recall: float
    mrr: float
    success: float
    empty: float
    wrong: float


def ask(queries: Iterable[Judged], names: Mapping[str, str]) -> list[Answer]:
    """The answers of the Chinese search page. `names` gives the name for each address."""
    return [answer(query, names) for query in queries]


def answer(query: Judged, names: Mapping[str, str]) -> Answer:
    search = Search(registry.registered_source(), {"q": query.text}, "zh-hans")
    shown = [*search.best_bets, *search.results]
    found = dict.fromkeys(names.get(result.hit.url, result.hit.url) for result in shown)
    return Answer(query, list(found), max(search.count, len(found)))


def figures(answers: Sequence[Answer]) -> Figures:
    """The figures of `answers`; those that need something relevant only of such queries."""
    asked = [answer for answer in answers if answer.query.relevant]
    return Figures(
        queries=len(answers),
        recall=mean(answer.recall for answer in asked),
        mrr=mean(answer.reciprocal_rank for answer in asked),
        success=mean(answer.succeeds for answer in asked),
        empty=mean(not answer.count for answer in asked),
        wrong=mean(answer.is_wrong for answer in answers),
    )


def mean(values: Iterable[float]) -> float:
    """The mean, 0 if there is nothing."""
    numbers = list(values)
    return fmean(numbers) if numbers else 0.0


def figures_by_kind(answers: Sequence[Answer]) -> dict[str, Figures]:
    """Figures per kind of query in the order of the file, and those of all."""
    kinds = dict.fromkeys(answer.query.kind for answer in answers)
    by_kind = {kind: figures([a for a in answers if a.query.kind == kind]) for kind in kinds}
    return by_kind | {ALL: figures(answers)}


def table(by_kind: Mapping[str, Figures]) -> str:
    """The figures for people to read."""
    rows = [f"{'kind':16}{'queries':>8}{'R@10':>8}{'MRR@10':>8}{'S@3':>8}{'empty':>8}{'wrong':>8}"]
    rows += [
        f"{kind:16}{row.queries:8}{row.recall:8.3f}{row.mrr:8.3f}{row.success:8.3f}"
        f"{row.empty:8.3f}{row.wrong:8.3f}"
        for kind, row in by_kind.items()
    ]
    return "\n".join(rows)
