"""SQLite is set up for many readers and one patient writer."""

from __future__ import annotations

from pathlib import Path

from tests.project.programs import manage

PRAGMAS = """
from django.db import connection
with connection.cursor() as cursor:
    for name in ("journal_mode", "foreign_keys", "busy_timeout"):
        print(cursor.execute(f"PRAGMA {name}").fetchone()[0])
print(connection.transaction_mode)
"""


def test_sqlite_waits_for_the_writer_and_keeps_readers_going(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    done = manage("shell", "--no-imports", "-c", PRAGMAS, DATABASE_URL=url)
    assert done.stdout.split() == ["wal", "1", "20000", "IMMEDIATE"], done.stderr
