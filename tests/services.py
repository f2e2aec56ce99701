"""Starts the real programs of ``make test-all``: PostgreSQL, Redis and Elasticsearch.

A program that is missing is an error with the remedy in it, never a skipped test.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS_TO_START = 60
ELASTICSEARCH = "9.5.3"
ELASTICSEARCH_GROUP = "org.elasticsearch.distribution.integ-test-zip"
OLDEST_JAVA = 21
DOWNLOADS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "province-site"


class MissingProgramError(RuntimeError):
    """A program that the test needs is not on this machine."""

    def __init__(self, program: str, package: str) -> None:
        super().__init__(
            f"{program} is missing. Install it (Debian: apt-get install {package}), "
            "or leave out the tests that need it with 'make test'."
        )


def find_chromium() -> str:
    """Return the path of Chromium, which Playwright drives."""
    return find_program("chromium", "chromium", "/usr/bin/chromium")


def find_program(name: str, package: str, *candidates: str) -> str:
    """Return the path of ``name``, or the newest of ``candidates`` that exists."""
    found = [path for path in candidates if Path(path).exists()]
    if path := (found[-1] if found else shutil.which(name)):
        return path
    raise MissingProgramError(name, package)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis_server() -> Iterator[str]:
    """Run Redis without persistence on a free port; give its address."""
    program = find_program("redis-server", "redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--daemonize"]
    with running([*command, "no"], lambda: accepts_connections(port)):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run PostgreSQL on a new cluster in a temporary folder; give the address of a database."""
    binaries = sorted(str(path) for path in Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    folder = Path(find_program("postgres", "postgresql", *binaries)).parent
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="postgres-") as directory:
        owner = unprivileged_user()
        if owner:
            shutil.chown(directory, owner)
        data = f"{directory}/data"
        init = [f"{folder}/initdb", "-D", data, "-U", "site", "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            [*init, "--locale=C.UTF-8", "--no-sync"], user=owner, check=True, capture_output=True
        )
        serve = [f"{folder}/postgres", "-D", data, "-p", str(port), "-k", directory]
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        options += ["-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        ready = [f"{folder}/pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]
        with running([*serve, *options], lambda: succeeds(ready), user=owner):
            yield f"postgres://site@127.0.0.1:{port}/postgres"


@contextmanager
def elasticsearch_server(port: int | None = None, folder: Path | None = None) -> Iterator[str]:
    """Run Elasticsearch; give its address. With the same ``folder`` it finds its data again."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="elasticsearch-") as directory:
        home = unpack_elasticsearch(folder or Path(directory))
        settings = {
            "discovery.type": "single-node",
            "xpack.security.enabled": "false",
            "http.host": "127.0.0.1",
            "http.port": str(port),
            "transport.port": str(free_port()),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        options = [f"-E{name}={value}" for name, value in settings.items()]
        environment = {
            "ES_JAVA_HOME": str(find_java()),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
            "PATH": os.environ["PATH"],
        }
        command = [f"{home}/bin/elasticsearch", *options]
        url = f"http://127.0.0.1:{port}"
        health = f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        with running(command, lambda: answers(health), unprivileged_user(), environment):
            yield url


def unpack_elasticsearch(folder: Path) -> Path:
    """Return where Elasticsearch lies in ``folder``, owned by whoever is to run it."""
    home = folder / f"elasticsearch-{ELASTICSEARCH}"
    if not home.exists():
        shutil.unpack_archive(find_elasticsearch(), folder)
        for program in [*home.glob("bin/*"), *home.glob("modules/*/platform/*/bin/*")]:
            program.chmod(0o755)
        if owner := unprivileged_user():
            for path in [folder, *folder.rglob("*")]:
                shutil.chown(path, owner)
    return home


def find_elasticsearch() -> Path:
    """Return the distribution that Elastic tests with, brought from Maven Central if need be.

    It has the analysers ``standard``, ``simple``, ``whitespace``, ``stop`` and ``keyword`` only.
    """
    archive = DOWNLOADS / f"elasticsearch-{ELASTICSEARCH}.zip"
    if not archive.exists():
        maven = find_program("mvn", "maven")
        artifact = f"{ELASTICSEARCH_GROUP}:elasticsearch:{ELASTICSEARCH}:zip"
        options = [f"-Dartifact={artifact}", f"-DoutputDirectory={DOWNLOADS}"]
        subprocess.run([maven, "-q", "-B", "dependency:copy", *options], check=True)
    return archive


def find_java() -> Path:
    """Return the folder of the newest Java that Elasticsearch runs on."""
    found: dict[int, Path] = {}
    for release in Path("/usr/lib/jvm").glob("*/release"):
        if match := re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE):
            found[int(match[1])] = release.parent
    if not found or max(found) < OLDEST_JAVA:
        raise MissingProgramError(f"Java {OLDEST_JAVA} or later", "default-jre-headless")
    return found[max(found)]


def unprivileged_user() -> str | None:
    """Return whom to run servers as that refuse root: ``postgres`` or ``nobody``."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def running(
    command: list[str],
    is_ready: Callable[[], bool],
    user: str | None = None,
    environment: dict[str, str] | None = None,
) -> Iterator[None]:
    """Run ``command`` for the length of the block, which begins when it is ready."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, user=user, env=environment
        )
        try:
            wait_until(is_ready, process)
            yield
        except ProcessLookupError as error:
            log.seek(0)
            raise RuntimeError(f"{command[0]} ended at once:\n{log.read().decode()}") from error
        finally:
            process.terminate()
            process.wait(timeout=SECONDS_TO_START)


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Return as soon as ``is_ready``; fail when the process ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_ready():
        if process.poll() is not None:
            raise ProcessLookupError
        if time.monotonic() > deadline:
            raise TimeoutError(f"{process.args!r} was not ready within {SECONDS_TO_START} s")
        time.sleep(0.05)


def accepts_connections(port: int) -> bool:
    """Tell whether something listens on ``port``."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def answers(url: str) -> bool:
    """Tell whether something answers at ``url`` over HTTP."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False


def succeeds(command: list[str]) -> bool:
    """Tell whether ``command`` ends well."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
