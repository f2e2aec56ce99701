"""How fast public pages are, uncached, against an empty Django view in the same run.

    python benchmarks/pages.py [--branches 71] [--pages 10000] [--seconds 3]

Before each request Django's cache and the content types it keeps are emptied, so that every
page is made anew from the database, as for the first reader after a restart. All requests go
through the whole stack of middleware, in one process and one thread. The database is made for
the run, in a temporary folder; BENCH_DATABASE_URL names another, which must be empty.
"""

from __future__ import annotations

import argparse
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scratch import scratch_site, show


def main() -> None:
    options = parse()
    with scratch_site():
        add_empty_view()
        paths = seed(options.branches, options.pages)
        report(options, paths)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the speed of public pages.")
    parser.add_argument("--branches", type=int, default=71)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each page")
    return parser.parse_args()


def add_empty_view() -> None:
    from django.conf import settings
    from django.urls import clear_url_caches

    settings.ROOT_URLCONF = "benchmarks.addresses"
    clear_url_caches()


def seed(branches: int, pages: int) -> dict[str, str]:
    """Fill the database; give the addresses to visit, by what they are."""
    from benchmarks import seeding

    made = seeding.make_branches(branches)
    image = seeding.make_image(made[0])
    for branch in made:
        seeding.make_pieces(branch, max(pages // branches, 1), image)
    return addresses_in(made[-1])


def addresses_in(branch: Any) -> dict[str, str]:
    from branches.models import BranchPage
    from stories.models import StoryPage

    home = BranchPage.objects.get(branch=branch).url
    stories = StoryPage.objects.filter(branch=branch).order_by("pk")
    return {
        "portal": "/",
        "branch": home,
        "list": f"{home}stories/",
        "filtered list": f"{home}stories/?topic=first-aid&year=2026",
        "list of all": "/stories/",
        "topic": "/topics/first-aid/",
        "story": stories[stories.count() // 2].url,
    }


def report(options: argparse.Namespace, paths: dict[str, str]) -> None:
    empty = rate("/empty/", options.seconds)
    show(f"{options.branches} branches, {options.pages} pieces; nothing cached")
    show(f"{'':22}{'requests/s':>12}{'of empty':>10}{'ms':>8}{'queries':>9}")
    show(f"{'empty view':22}{empty:12.0f}{1:10.0%}{1000 / empty:8.1f}{0:9}")
    for name, path in paths.items():
        found = rate(path, options.seconds)
        row = f"{name:22}{found:12.1f}{found / empty:10.1%}{1000 / found:8.1f}{queries(path):9}"
        show(row)


def rate(path: str, seconds: float) -> float:
    """Requests per second for `path`, after a first one to warm up the templates."""
    visit(path)
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        visit(path)
        count += 1
    return count / (time.perf_counter() - begin)


def visit(path: str) -> Any:
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache

    cache.clear()
    ContentType.objects.clear_cache()
    response = client().get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return response


@lru_cache
def client() -> Any:
    from django.test import Client

    return Client()


def queries(path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        visit(path)
    return len(captured)


if __name__ == "__main__":
    main()
