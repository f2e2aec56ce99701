"""The site is served, its clock runs, and one interrupt ends everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import accepts_connections, free_port

SITE = Path(__file__).resolve().parents[2] / "site"
SECONDS = 20
PROGRAM = """
import os, sys
from pathlib import Path
from launch import serving
from launch.trouble import Trouble
root, port = Path(sys.argv[1]), int(sys.argv[2])
try:
    serving.serve(root, Path(sys.executable), port, os.environ, lambda: print("ready", flush=True))
except KeyboardInterrupt:
    print("stopped", flush=True)
except Trouble as trouble:
    print(trouble, flush=True)
"""
APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]
"""
FAKE_MANAGE = "import sys; open('ticks', 'a').write(sys.argv[1] + ' ')"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that answers every address and writes down the ticks of its clock."""
    config = tmp_path / "site" / "config"
    config.mkdir(parents=True)
    (config / "wsgi.py").write_text(APPLICATION)
    (tmp_path / "manage.py").write_text(FAKE_MANAGE)
    return tmp_path


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def program(root: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The launcher, serving the project."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(root), str(port)],
        env={**os.environ, "PYTHONPATH": str(SITE)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.terminate()


def first_line(program: subprocess.Popen[str]) -> str:
    assert program.stdout
    return program.stdout.readline().strip()


def wait_for(file: Path) -> str:
    """Return what ``file`` holds as soon as it exists."""
    deadline = time.monotonic() + SECONDS
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < deadline, f"{file} was not written"
        time.sleep(0.02)
    return file.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_ticks_and_stops(
    program: subprocess.Popen[str], root: Path, port: int, number: signal.Signals
) -> None:
    assert first_line(program) == "ready"
    assert accepts_connections(port)
    assert wait_for(root / "ticks") == "tick "
    program.send_signal(number)
    assert first_line(program) == "stopped"
    assert program.wait(timeout=SECONDS) == 0
    assert not accepts_connections(port)


def test_a_failing_clock_is_reported_and_the_site_stays(
    root: Path, program: subprocess.Popen[str], port: int
) -> None:
    (root / "manage.py").write_text("import sys; sys.exit('the database is away')")
    assert first_line(program) == "ready"
    assert "tried again in a minute" in first_line(program)
    assert "the database is away" in first_line(program)
    assert accepts_connections(port)


def test_a_server_that_cannot_start_is_reported(root: Path, program: subprocess.Popen[str]) -> None:
    (root / "site" / "config" / "wsgi.py").write_text("raise ImportError('broken')")
    output, _ = program.communicate(timeout=SECONDS)
    assert "The web server ended with code" in output
