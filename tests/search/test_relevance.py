"""How well search answers the judged queries of `relevance/queries.toml`, kind by kind.

Floors stand a little under what was measured. They rise with search, and never fall unnoticed;
`python benchmarks/relevance.py` prints the figures and the worst queries.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.home.public_site import _nothing_cached, kept_for_module
from tests.search.relevance.measure import ALL, Figures, ask, figures_by_kind, table
from tests.search.relevance.queries import read_queries
from tests.search.relevance.sample import load_sample, names_by_address

__all__ = ["_nothing_cached", "kept_for_module"]

pytestmark = pytest.mark.django_db

QUERIES = read_queries()


class Floor(NamedTuple):
    """At least so much recall@10, MRR@10, success@3; at most so many empty and wrong."""

    recall: float
    mrr: float
    success: float
    empty: float = 0.0
    wrong: float = 0.0


FLOORS = {
    "word": Floor(0.89, 0.97, 0.97),
    "words": Floor(0.75, 0.93, 0.93),
    "question": Floor(0.80, 0.88, 0.83),
    "synonym": Floor(0.68, 0.84, 0.75),
    "traditional": Floor(0.85, 0.95, 0.95),
    "width": Floor(0.76, 0.95, 0.67),
    "pinyin": Floor(0.82, 0.95, 0.83),
    "typo": Floor(0.62, 0.87, 0.65, empty=0.04),
    "phrase": Floor(0.95, 0.95, 0.95),
    "exclude": Floor(0.84, 0.95, 0.85),
    "branch": Floor(0.92, 0.96, 0.95),
    "branch_subject": Floor(0.87, 0.92, 0.89),
    "law": Floor(0.93, 0.96, 0.96),
    "topic": Floor(0.74, 0.90, 0.95),
    "number": Floor(0.84, 0.91, 0.89),
    "latin": Floor(0.92, 0.95, 0.95),
    "korean": Floor(0.85, 0.89, 0.64),
    "english": Floor(0.95, 0.95, 0.95),
    "movement": Floor(0.92, 0.95, 0.95),
    "festival": Floor(0.95, 0.95, 0.95),
    "everyday": Floor(0.70, 0.86, 0.82),
    "nothing": Floor(0.00, 0.00, 0.00, wrong=0.14),
    ALL: Floor(0.85, 0.94, 0.89, empty=0.01, wrong=0.01),
}


@pytest.fixture(scope="module")
def names(kept_for_module: Callable[..., Any]) -> dict[str, str]:
    def load() -> dict[str, str]:
        load_sample()
        return names_by_address()

    return kept_for_module(load)


@pytest.fixture(scope="module")
def measured(kept_for_module: Callable[..., Any], names: dict[str, str]) -> dict[str, Figures]:
    by_kind = kept_for_module(lambda: figures_by_kind(ask(QUERIES, names)))
    sys.stdout.write(f"\n{table(by_kind)}\n")
    return by_kind


@pytest.mark.parametrize("kind", [*dict.fromkeys(query.kind for query in QUERIES), ALL])
def test_answers_are_as_good_as_they_were(kind: str, measured: dict[str, Figures]) -> None:
    floor, found = FLOORS[kind], measured[kind]
    reached = (
        found.recall >= floor.recall
        and found.mrr >= floor.mrr
        and found.success >= floor.success
        and found.empty <= floor.empty
        and found.wrong <= floor.wrong
    )
    assert reached, f"{kind}: {floor}\n{table(measured)}"


def test_every_judgement_names_something_that_is_there(names: dict[str, str]) -> None:
    judged = {name for query in QUERIES for name in query.relevant | query.never}
    assert judged <= set(names.values())
