"""How well and how fast the search page finds, on a set of documents and judged queries.

    python benchmarks/search_quality.py DIR [--backend sqlite|postgres|elasticsearch]

DIR holds `docs.jsonl` (`id`, `title`, `body`) and `queries.jsonl` (`qid`, `text`, `relevant`: a
list of ids). The documents become published pieces of 71 branches in a scratch database, are
indexed, and searched by the function behind the search page ("whole"): hits, count, facets of
five filters, marked passages, and what was probably meant, of words and suggestions as the site
learns them. "Engine" is our backend's search alone: what matches, counted and in order. "Bare" is
the engine's own query for the same words and pairs of characters, any of which may match, best
ten. All are timed in turn, after searches for some titles. PostgreSQL and Elasticsearch are
started for the run.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if __package__ in (None, ""):
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scratch import ENGINES, scratch_site, show

if TYPE_CHECKING:
    from benchmarks.documents import Document

BEST = 10
#: So many titles are searched for before anything is timed.
WARM_UP = 200


class Query(NamedTuple):
    text: str
    relevant: frozenset[int]


class Quality(NamedTuple):
    """Means over all queries: recall and reciprocal rank of the first ten; share of empty ones."""

    recall: float
    reciprocal_rank: float
    empty: float


def main() -> None:
    options = parse()
    with scratch_site(options.backend):
        documents, judged = read(options.folder)
        queries, indexing = fill(documents, judged)
        some = documents[:: max(len(documents) // WARM_UP, 1)]
        report(options, len(documents), queries, indexing, [each.title for each in some])


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what the search page finds.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--backend", choices=ENGINES, default="sqlite")
    parser.add_argument("--worst", type=int, default=0, help="show so many queries that fail")
    return parser.parse_args()


def read(folder: Path) -> tuple[list[Document], list[dict[str, Any]]]:
    from benchmarks.documents import Document

    documents = [
        Document(str(row["id"]), row.get("title") or "", row.get("body") or "")
        for row in rows_of(folder / "docs.jsonl")
    ]
    return documents, rows_of(folder / "queries.jsonl")


def rows_of(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def fill(documents: list[Document], rows: list[dict[str, Any]]) -> tuple[list[Query], float]:
    """Publish and index `documents`. Gives the queries with primary keys, and pages per second."""
    from benchmarks.documents import load

    keys = load(documents)
    seconds = timed(index)
    learn()
    queries = [
        Query(
            row["text"], frozenset(keys[str(each)] for each in row["relevant"] if str(each) in keys)
        )
        for row in rows
    ]
    return queries, len(documents) / seconds


def index() -> None:
    from django.core.management import call_command

    call_command("update_index", verbosity=0)


def learn() -> None:
    """What is suggested and which words are right, as the clock finds out on a site."""
    from search import lexicon, suggestions

    suggestions.rebuild()
    lexicon.rebuild()


def timed(act: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def report(
    options: argparse.Namespace,
    documents: int,
    queries: list[Query],
    indexing: float,
    warm_up: Sequence[str],
) -> None:
    from benchmarks.bare import bare_query

    bare = bare_query(options.backend)
    for title in warm_up:
        search(title, [])
        bare(title)()
    found, times = ask_all(queries, [bare(query.text) for query in queries])
    quality = measure(queries, found)
    show(f"{options.backend}: {documents} documents, {len(queries)} queries")
    show(
        f"recall@{BEST} {quality.recall:.4f}  MRR@{BEST} {quality.reciprocal_rank:.4f}  "
        f"empty {quality.empty:.2%}"
    )
    if queries:
        show_times(times)
    show(f"indexed {indexing:.0f} pages/s")
    show_worst(queries, found, options.worst)


def ask_all(
    queries: Sequence[Query], bare_searches: Sequence[Callable[[], Any]]
) -> tuple[list[list[int]], dict[str, list[float]]]:
    """What is found for each of `queries`, and how many seconds each took in each way. The ways
    take turns in who comes first."""
    found: list[list[int]] = []
    times: dict[str, list[float]] = {"whole": [], "engine": [], "bare": []}
    for number, (query, bare_search) in enumerate(zip(queries, bare_searches, strict=True)):
        acts: list[tuple[str, Callable[[], Any]]] = [
            ("whole", partial(search, query.text, found)),
            ("engine", partial(search_engine, query.text)),
            ("bare", bare_search),
        ]
        for turn in range(len(acts)):
            name, act = acts[(number + turn) % len(acts)]
            times[name].append(timed(act))
    return found, times


def show_times(times: Mapping[str, Sequence[float]]) -> None:
    for name, seconds in times.items():
        p50, p95 = percentile(seconds, 50), percentile(seconds, 95)
        show(f"{name:6}  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms")
    for name in ("whole", "engine"):
        ratios = (
            percentile(times[name], share) / percentile(times["bare"], share) for share in (50, 95)
        )
        show("{:6} / bare  p50 {:.2f}  p95 {:.2f}".format(name, *ratios))


def search(text: str, found: list[list[int]]) -> None:
    """Add to `found` the primary keys of the first ten that the search page shows for `text`."""
    from benchmarks.visits import visit

    asked = visit({"q": text})
    if asked.count < len(asked.results):
        raise SystemExit(f"more is shown than found: {text}")
    found.append([piece.pk for piece in asked.page.object_list])


def search_engine(text: str) -> None:
    """Ask our backend what the search page asks it, but for facets: how many, and which first."""
    from wagtail.search.backends import get_search_backend

    from search import syntax
    from stories.search_source import SOURCE

    queryset = SOURCE.queryset("zh-hans")
    if (query := syntax.read(text).query(queryset)) is not None:
        get_search_backend().search(query, queryset).count()


def measure(queries: Sequence[Query], found: Sequence[Sequence[int]]) -> Quality:
    """How good the lists in `found` are as answers to `queries`."""
    judged = [(query.relevant, keys[:BEST]) for query, keys in zip(queries, found, strict=True)]
    recalls = [len(good.intersection(keys)) / max(len(good), 1) for good, keys in judged]
    ranks = [
        next((1 / place for place, key in enumerate(keys, start=1) if key in good), 0.0)
        for good, keys in judged
    ]
    size = max(len(judged), 1)
    empty = sum(not keys for keys in found)
    return Quality(sum(recalls) / size, sum(ranks) / size, empty / size)


def percentile(seconds: Sequence[float], share: int) -> float:
    """In milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) * share // 100, len(ordered) - 1)]


def show_worst(queries: Sequence[Query], found: Sequence[Sequence[int]], most: int) -> None:
    missed = [
        query.text
        for query, keys in zip(queries, found, strict=True)
        if not query.relevant.intersection(keys[:BEST])
    ]
    for text in missed[:most]:
        show(f"  missed: {text}")


if __name__ == "__main__":
    main()
