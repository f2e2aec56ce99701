"""How well search answers the judged queries of `tests/search/relevance/queries.toml`.

    python benchmarks/relevance.py [--worst 20] [--kind typo] [--query 献血]

Prints the figures per kind and the queries with the worst answers: for each what was found, with
a mark before what is relevant (`+`, the best `*`), and what of the best is missing. The database
is made for the run; BENCH_DATABASE_URL names another, which is loaded if it is empty
and indexed again if it is not.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if __package__ in (None, ""):
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scratch import scratch_site, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.search.relevance.measure import Answer

SHOWN = 6


def main() -> None:
    options = parse()
    with scratch_site():
        fill()
        answers = ask_all(options.kind, options.query)
        report(answers, options.worst)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how well search answers.")
    parser.add_argument("--worst", type=int, default=20, help="so many queries are shown")
    parser.add_argument("--kind", help="only the queries of this kind")
    parser.add_argument("--query", help="only the queries with this text in them")
    return parser.parse_args()


def fill() -> None:
    """Load the sample content, or index it again if it is there."""
    from django.core.management import call_command

    from branches.models import Branch
    from tests.search.relevance.sample import load_sample

    if Branch.objects.exists():
        call_command("update_index", verbosity=0)
    else:
        load_sample()


def ask_all(kind: str | None, text: str | None) -> list[Answer]:
    from tests.search.relevance.measure import ask
    from tests.search.relevance.queries import read_queries
    from tests.search.relevance.sample import names_by_address

    queries = [
        query
        for query in read_queries()
        if kind in (None, query.kind) and (text or "") in query.text
    ]
    return ask(queries, names_by_address())


def report(answers: Sequence[Answer], worst: int) -> None:
    from sample.texts import read_pieces
    from tests.search.relevance.measure import figures_by_kind, table

    titles = {piece.key: piece.fields["title"] for piece in read_pieces()}
    show(table(figures_by_kind(answers)))
    for answer in sorted(answers, key=goodness)[:worst]:
        show(f"\n{answer.query.kind}: {answer.query.text}  ({answer.count} found)")
        for name in answer.found[:SHOWN]:
            show(f"  {mark(answer, name)} {name:26} {titles.get(name, '')}")
        for name in sorted(answer.query.best.difference(answer.found))[:SHOWN]:
            show(f"  - {name:26} {titles.get(name, '')}")


def goodness(answer: Answer) -> float:
    """What puts the answers in order, worst first."""
    if answer.is_wrong:
        return -1.0
    if not answer.query.relevant:
        return float("inf")
    return answer.recall + answer.reciprocal_rank + answer.succeeds


def mark(answer: Answer, name: str) -> str:
    if name in answer.query.best:
        return "*"
    return "+" if name in answer.query.relevant else " "


if __name__ == "__main__":
    main()
