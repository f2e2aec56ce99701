"""The same tests on PostgreSQL: search, and the pages and permissions that ask the database most.

`modelsearch` shapes its table for one kind of database when it is imported, so a process of its own
runs them. By hand: `TEST_DATABASE_URL=postgres://… pytest tests/search`.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import pytest

from tests.project.programs import ROOT

SEARCH = ["tests/search"]
PAGES = [
    "tests/home/test_queries.py",
    "tests/stories/test_lists.py",
    "tests/stories/test_pieces.py",
    "tests/branches/test_permissions_addresses.py",
    "tests/branches/test_moves.py",
    "tests/branches/test_slug_history.py",
    "tests/branches/test_redirects.py",
]
WITH_LETTERS = ["tests/search/test_matching.py", "tests/search/test_hostile_input.py"]
OPTIONS = ["-m", "not server", "-q", "-p", "no:cacheprovider"]
PLAIN = "CREATE DATABASE test_plain TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"

pytestmark = pytest.mark.server


@pytest.mark.parametrize("tests", [SEARCH, PAGES], ids=["search", "pages"])
def test_they_pass_on_postgresql(postgres_url: str, tests: list[str]) -> None:
    run(postgres_url, *tests)


def test_search_needs_no_locale(postgres_url: str) -> None:
    """In the locale C, PostgreSQL takes no Chinese character for a letter."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(PLAIN)
    run(postgres_url.removesuffix("postgres") + "plain", *WITH_LETTERS, "--reuse-db")


def run(url: str, *tests: str) -> None:
    """Run `tests` on the database at `url`."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *tests, *OPTIONS],
        cwd=ROOT,
        env=os.environ | {"TEST_DATABASE_URL": url},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
