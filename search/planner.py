"""Planner statistics: how much there is of what, by which a database plans its queries.

PostgreSQL gathers them by itself, some minutes after much was written; until then it plans as if
tables were nearly empty, and reads all of them. SQLite has none, and our queries are made for that.
"""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections


def gather_statistics(using: str = DEFAULT_DB_ALIAS) -> None:
    """To be called after much was written at once."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
