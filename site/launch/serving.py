"""Serves the site and keeps its clock, until someone stops it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from launch.console import say
from launch.machine import HOST
from launch.trouble import Trouble

INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_TICKS = 60


def serve(
    root: Path,
    python: Path,
    port: int,
    environment: Mapping[str, str],
    when_ready: Callable[[], None],
) -> None:
    """Serve on ``port``, call ``when_ready`` once, and tick every minute until interrupted.

    The programs started here get a session of their own, so that Ctrl-C reaches this one alone,
    which then stops them in order.
    """
    heed_interrupts()
    server = start_server(root, python, port, environment)
    try:
        wait_until_serving(server, port)
        when_ready()
        tick_until_exit(server, [str(python), "manage.py", "tick"], root, environment)
    finally:
        stop(server)


def heed_interrupts() -> None:
    """Let whatever asks this program to end do so as Ctrl-C does: with what it has started."""
    for number in INTERRUPTS:
        signal.signal(number, signal.default_int_handler)


def start_server(
    root: Path, python: Path, port: int, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start the web server: one process with a few threads suits SQLite and a small machine."""
    command = [
        str(python),
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
    ]
    command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    command += ["config.wsgi:application"]
    paths = os.pathsep.join((str(root / "site"), str(root)))
    server_environment = {**environment, "PYTHONPATH": paths}
    return subprocess.Popen(command, cwd=root, env=server_environment, start_new_session=True)


def wait_until_serving(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the site answers; fail when the server ends or does not answer in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Trouble(
                f"The web server ended with code {server.returncode}; the reason stands above.",
                "Put it right and start again: the data is kept.",
            )
        if answers(port):
            return
        time.sleep(0.1)
    raise Trouble(
        f"The web server did not answer on port {port} within {SECONDS_TO_START} s.",
        "See whether the machine is very busy, and start again: the data is kept.",
    )


def answers(port: int) -> bool:
    """Tell whether the home page is answered, with whatever status."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def tick_until_exit(
    server: subprocess.Popen[bytes], command: list[str], root: Path, environment: Mapping[str, str]
) -> None:
    """Run the clock's ``command`` every minute for as long as the server runs."""
    while server.poll() is None:
        tick(command, root, environment)
        try:
            server.wait(timeout=SECONDS_BETWEEN_TICKS)
        except subprocess.TimeoutExpired:
            continue
    say(f"The web server ended with code {server.returncode}.")


def tick(command: list[str], root: Path, environment: Mapping[str, str]) -> None:
    """Run the clock once; a failure is shown and does not stop the site."""
    with subprocess.Popen(
        command,
        cwd=root,
        env=dict(environment),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            _, errors = process.communicate()
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode:
        say(f"The clock (manage.py tick) failed and is tried again in a minute:\n{errors}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, gently first; further interrupts do not cut this short."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
    server.terminate()
    try:
        server.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
