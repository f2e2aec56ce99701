"""Whether a database kept something from being done: away, frozen, locked, or too slow."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

#: Seconds after which to ask again.
RETRY_AFTER = 30


def is_database_away(error: BaseException | None) -> bool:
    """Whether `error`, or what it was raised from, is one of a database that may answer later: a
    connection lost, a statement cancelled, a lock not given."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__
    return False
