"""A scratch site for a benchmark: Django set up over an empty database, gone afterwards."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

#: Search engines, each on its database.
ENGINES = ("sqlite", "postgres", "elasticsearch")


@contextmanager
def scratch_site(engine: str = "sqlite") -> Iterator[Path]:
    """Set Django up with an empty database and the search engine `engine`, started for the run
    where it is a server. Gives the folder. Once in a process.

    BENCH_DATABASE_URL and BENCH_ELASTICSEARCH_URL name servers that run already (the database
    must be empty).
    """
    from tests import services

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        database = os.environ.get("BENCH_DATABASE_URL", "")
        if not database and engine == "postgres":
            database = stack.enter_context(services.postgres_server())
        search = os.environ.get("BENCH_ELASTICSEARCH_URL", "")
        if not search and engine == "elasticsearch":
            search = stack.enter_context(services.elasticsearch_server())
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DEBUG": "false",
            "DATABASE_URL": database or f"sqlite:///{folder / 'db.sqlite3'}",
            "ELASTICSEARCH_URL": search if engine == "elasticsearch" else "",
            "MEDIA_ROOT": str(folder / "media"),
            "ENV_FILE": os.devnull,
        }
        set_up()
        stack.callback(close_connections)
        yield folder


def set_up() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def close_connections() -> None:
    """PostgreSQL does not stop before."""
    from django.db import connections

    connections.close_all()


def show(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
