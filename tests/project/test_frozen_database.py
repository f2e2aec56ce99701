"""A PostgreSQL that hangs holds no page for long, and no command up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import psycopg
import pytest

from tests import services
from tests.project.programs import ROOT, manage

pytestmark = pytest.mark.server

#: What the site waits for an answer here, and what is left to it for all the rest.
PATIENCE = 1
SOON = 10
BRANCHES = """code,parent_code,level,division,name_zh,slug
220000,,province,吉林省,吉林省红十字会,jilin
220100,220000,city,长春市,长春市红十字会,changchun
"""
SLEEP = "from django.db import connection; connection.cursor().execute('SELECT pg_sleep(3)')"


@pytest.fixture(scope="module")
def database(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a PostgreSQL with a small site."""
    file = tmp_path_factory.mktemp("branches") / "branches.csv"
    file.write_text(BRANCHES, encoding="utf-8")
    for command in (("migrate", "--verbosity=0"), ("import_branches", str(file))):
        done = manage(*command, DATABASE_URL=postgres_url)
        assert done.returncode == 0, done.stderr
    return postgres_url


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """All processes of the server are stopped, and go on afterwards."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    postmaster = (Path(row[0]) / "postmaster.pid").read_text().split()[0]
    found = subprocess.run(["pgrep", "-P", postmaster], capture_output=True, check=True, text=True)
    processes = [int(number) for number in (postmaster, *found.stdout.split())]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


@contextmanager
def site_on(url: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of the site as granian serves it, and its process."""
    port = services.free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "site:.",
        "ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "false",
        "DATABASE_URL": url,
        "DATABASE_TIMEOUT": str(PATIENCE),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", "4", "config.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        services.wait_until(lambda: services.accepts_connections(port), process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def fetch(address: str) -> tuple[int, Message]:
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def test_pages_are_503_soon_and_come_back(database: str) -> None:
    paths = ["/", "/changchun/", "/nowhere/", "/api/search/?q=a"] * 2
    with site_on(database) as (site, process):
        with ThreadPoolExecutor(4) as readers:
            before = [
                code for code, _headers in readers.map(fetch, [site + path for path in paths])
            ]
        assert before == [200, 200, 404, 200] * 2
        with frozen(database), ThreadPoolExecutor(len(paths)) as readers:
            began = time.monotonic()
            answers = list(readers.map(fetch, [site + path for path in paths]))
            took = time.monotonic() - began
            again = [site + path for path in [*paths, "/static/icon.svg"] * 2]
            began = time.monotonic()
            codes = [code for code, _headers in readers.map(fetch, again)]
            took_again = time.monotonic() - began
        assert [code for code, _ in answers] == [503] * len(paths)
        assert all(int(headers["Retry-After"]) for _, headers in answers)
        assert answers[3][1].get_content_type() == "application/json"
        assert answers[0][1].get_content_type() == "text/html"
        assert took < 2 * SOON  # twice as many readers as the site has threads
        assert codes == [*[503] * len(paths), 200] * 2
        assert took_again < PATIENCE  # nobody finds out anew
        services.wait_until(lambda: fetch(f"{site}/changchun/")[0] == 200, process)
        assert {fetch(site + path)[0] for path in ("/", "/changchun/")} == {200}


def test_a_statement_is_cancelled_for_who_answers_requests(database: str) -> None:
    settings = {"DATABASE_URL": database, "DATABASE_TIMEOUT": str(PATIENCE)}
    site = manage("shell", "--no-imports", "-c", SLEEP, ANSWERS_REQUESTS="true", **settings)
    assert "statement timeout" in site.stderr
    command = manage("shell", "--no-imports", "-c", SLEEP, **settings)
    assert command.returncode == 0, command.stderr


def test_the_planner_knows_what_was_imported(database: str) -> None:
    query = "SELECT last_analyze FROM pg_stat_user_tables WHERE relname = 'wagtailcore_page'"
    with psycopg.connect(database) as connection:
        assert connection.execute(query).fetchone() != (None,)
