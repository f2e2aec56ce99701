"""How long branches take: all 71 from nothing, and the 1,000th against the 10th.

    python benchmarks/branches.py [--branches 1000]

The first number is `import_branches` of the real file, migrations not counted. Then branches
are added one by one, as in the CMS; the last ten are compared with those about the 10th, in
time and in queries. The database is made for the run, in a temporary folder;
BENCH_DATABASE_URL names another, which must be empty.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

if __package__ in (None, ""):
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scratch import ROOT, scratch_site, show

FILE = ROOT / "branches" / "data" / "jilin_branches.csv"
#: How many are measured at either end.
SAMPLE = 10


class Cost(NamedTuple):
    seconds: float
    queries: int


def main() -> None:
    options = parse()
    with scratch_site():
        report_import()
        report_growth(options.branches)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the speed of making branches.")
    parser.add_argument("--branches", type=int, default=1000)
    return parser.parse_args()


def report_import() -> None:
    """The real file, from nothing; then again, which changes nothing. Leaves nothing behind."""
    from django.db import transaction

    from branches.importing import import_branches

    with transaction.atomic():
        for what in ("from nothing", "again"):
            start = time.perf_counter()
            outcome = import_branches(FILE)
            seconds = time.perf_counter() - start
            count = outcome.created + outcome.changed + outcome.unchanged
            show(f"import of {count} branches {what:12} {seconds:8.2f} s")
        transaction.set_rollback(True)


def report_growth(count: int) -> None:
    from benchmarks.seeding import make_branch

    province = make_branch("jilin", None)
    cities = [make_branch(f"city-{number}", province) for number in range(9)]
    costs = [cost_of(f"county-{n}", cities[n % len(cities)]) for n in range(count - 10)]
    first, last = costs[:SAMPLE], costs[-SAMPLE:]
    for number, sample in ((SAMPLE, first), (count, last)):
        seconds, queries = middle(sample)
        show(f"branch {number:5}: {seconds * 1000:8.1f} ms {queries:5} queries")
    ratio = middle(last).seconds / middle(first).seconds
    show(f"branch {count} takes {ratio:.2f} times as long as branch {SAMPLE}")


def middle(costs: list[Cost]) -> Cost:
    return Cost(median(c.seconds for c in costs), int(median(c.queries for c in costs)))


def cost_of(slug: str, parent: object) -> Cost:
    """What it costs to add the branch `slug` below `parent`."""
    from django.db import connection, transaction

    from benchmarks.seeding import make_branch

    queries = 0

    def count(execute: object, *args: object) -> object:
        nonlocal queries
        queries += 1
        return execute(*args)  # type: ignore[operator]

    start = time.perf_counter()
    with connection.execute_wrapper(count), transaction.atomic():
        make_branch(slug, parent)  # type: ignore[arg-type]
    return Cost(time.perf_counter() - start, queries)


if __name__ == "__main__":
    main()
