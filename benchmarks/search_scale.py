"""How search grows: its speed, its index and how fast that is built, with more and more pages.

    python benchmarks/search_scale.py [--pages 1000] [--pages 100000] [--backend sqlite]

Without options 1,000, 10,000 and 100,000 pages on each engine, each in a process and a scratch
database of its own. The pages are generated (`benchmarks/generated.py`) and written into the
tables; what is timed is `update_index` by the stock backend of the engine, then by ours, from
nothing, over the same pages (the seconds that pass, and those of this process alone: a busy
machine disturbs the former, a server has a share in the work); and after that queries of several
kinds by the function behind the search page, each beside the bare query of the engine for the same
words (`benchmarks/bare.py`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scratch import ENGINES, scratch_site, show
from benchmarks.search_quality import percentile, timed

if TYPE_CHECKING:
    from benchmarks.generated import Query

PAGES = (1_000, 10_000, 100_000)
MEGABYTE = 1_000_000


def main() -> None:
    options = parse()
    if options.one:
        (engine,), (pages,) = options.backend, options.pages
        show(json.dumps(measure(engine, pages)))
        return
    show(HEADING)
    kinds = []
    for engine in options.backend or ENGINES:
        for pages in options.pages or PAGES:
            figures = measure_apart(engine, pages)
            show(row(figures))
            kinds.append(figures)
    for figures in kinds:
        show_kinds(figures)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure search with more and more pages.")
    parser.add_argument("--pages", type=int, action="append")
    parser.add_argument("--backend", choices=ENGINES, action="append")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure_apart(engine: str, pages: int) -> dict[str, Any]:
    """The figures of one engine with so many pages, from a process of its own."""
    command = [sys.executable, __file__, "--one", "--backend", engine, "--pages", str(pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measure(engine: str, pages: int) -> dict[str, Any]:
    with scratch_site(engine):
        from benchmarks import generated
        from benchmarks.documents import load

        load(generated.documents(pages))
        return {
            "engine": engine,
            "pages": pages,
            **measure_index(engine),
            **measure_queries(engine, generated.queries()),
        }


def measure_index(engine: str) -> dict[str, float]:
    """Objects a second, and the size of the index, of the stock backend and of ours."""
    from benchmarks import indexes
    from search import analysis

    indexes.add_stock(engine)
    analysis.sounds("急救")  # reads what is read once in a process
    stock, stock_cpu = build_times(indexes.STOCK)
    stock_size = indexes.size(engine, indexes.STOCK)
    indexes.empty(engine)
    ours, ours_cpu = build_times(indexes.OURS)
    return {
        "stock_rate": indexes.objects() / stock,
        "rate": indexes.objects() / ours,
        "cpu_ratio": stock_cpu / ours_cpu,
        "stock_size": stock_size,
        "size": indexes.size(engine),
    }


def build_times(name: str) -> tuple[float, float]:
    """Seconds that pass, and those of this process's work."""
    from benchmarks import indexes

    begin = time.process_time()
    seconds = timed(lambda: indexes.build(name))
    return seconds, time.process_time() - begin


def measure_queries(engine: str, queries: list[Query]) -> dict[str, Any]:
    from benchmarks.bare import bare_query

    bare = bare_query(engine)
    whole_times: dict[str, list[float]] = {}
    bare_times: dict[str, list[float]] = {}
    whole(queries[0])()
    for number, query in enumerate(queries):
        acts = [(whole_times, whole(query)), (bare_times, bare(query.parameters["q"]))]
        for times, act in acts if number % 2 else reversed(acts):
            times.setdefault(query.kind, []).append(timed(act))
    return {"whole": in_milliseconds(whole_times), "bare": in_milliseconds(bare_times)}


def whole(query: Query) -> Callable[[], Any]:
    from benchmarks.visits import visit

    return lambda: visit(query.parameters)


def in_milliseconds(times: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile of all queries, and of each kind."""
    everything = [seconds for kind in times.values() for seconds in kind]
    return {
        kind: (percentile(seconds, 50), percentile(seconds, 95))
        for kind, seconds in {"all": everything, **times}.items()
    }


HEADING = (
    f"{'engine':13}  {'pages':>7}  {'index/s':>7}  {'stock':>7}  {'ratio':>5}  {'of CPU':>6}"
    f"  {'MB':>6}  {'stock':>6}  {'ratio':>5}  {'p50 ms':>6}  {'p95 ms':>6}"
    f"  {'bare p50':>8}  {'bare p95':>8}  {'ratio of p95':>12}"
)


def row(figures: dict[str, Any]) -> str:
    (p50, p95), (bare50, bare95) = figures["whole"]["all"], figures["bare"]["all"]
    rate, stock_rate = figures["rate"], figures["stock_rate"]
    size, stock_size = figures["size"] / MEGABYTE, figures["stock_size"] / MEGABYTE
    return (
        f"{figures['engine']:13}  {figures['pages']:7}  {rate:7.0f}  {stock_rate:7.0f}"
        f"  {rate / stock_rate:5.2f}  {figures['cpu_ratio']:6.2f}"
        f"  {size:6.1f}  {stock_size:6.1f}  {size / stock_size:5.2f}"
        f"  {p50:6.1f}  {p95:6.1f}  {bare50:8.1f}  {bare95:8.1f}  {p95 / bare95:12.2f}"
    )


def show_kinds(figures: dict[str, Any]) -> None:
    show(f"\n{figures['engine']}, {figures['pages']} pages: p50 and p95 in ms, whole and bare")
    for kind, (p50, p95) in figures["whole"].items():
        bare50, bare95 = figures["bare"][kind]
        show(f"  {kind:10} {p50:8.1f} {p95:8.1f} {bare50:8.1f} {bare95:8.1f}")


if __name__ == "__main__":
    main()
