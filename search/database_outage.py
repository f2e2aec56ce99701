"""Whether a database kept something from being done: away, frozen, locked, or too slow."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

from search.error_chain import chain_of

#: Seconds after which to ask again.
RETRY_AFTER = 30


def is_database_away(error: BaseException | None) -> bool:
    """Whether `error`, or what lies behind it, is one of a database that may answer later: a
    connection lost, a statement cancelled, a lock not given."""
    return any(isinstance(each, OperationalError | InterfaceError) for each in chain_of(error))
