"""The database backend: Django looks for it in a module of this name.

PostgreSQL cancels a statement that takes too long (``statement_timeout``), but one that hangs as a
whole cancels nothing, and its machine goes on acknowledging what is sent. So the client has a limit
as well, ``OPTIONS["answer_timeout"]`` in seconds: after that the connection is given up, and for
some seconds no thread of the process asks for another, or all of them would be waiting, and a
style sheet would have to wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from time import monotonic
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg.errors import ConnectionTimeout

circuit_breaker: Any = import_module("search.circuit_breaker")


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def answer_timeout(self) -> float | None:
        """None for commands, which may take their time."""
        limit: float | None = self.settings_dict["OPTIONS"].get("answer_timeout")
        return limit

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.pop("answer_timeout", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        limit, connect = self.answer_timeout, super().get_new_connection
        if not limit:
            return connect(conn_params)
        breaker = breaker_of(self.alias)
        try:
            with breaker.attempt():
                connection: Connection[Any] = connect(conn_params)
        except circuit_breaker.LeftAlone as error:
            raise OperationalError(str(error)) from error
        vars(connection)["wait"] = impatient(connection, limit, breaker.trip)
        return connection

    def is_usable(self) -> bool:
        """Whether the connection of an earlier request may serve this one. Not if others have
        found out that the database hangs: to ask it would be to wait."""
        if self.answer_timeout and breaker_of(self.alias).is_open:
            return False
        return bool(super().is_usable())


@cache
def breaker_of(alias: str) -> Any:
    """The one of the database `alias`, which hangs where it takes too long to connect or answer.
    What it refuses, it refuses at once."""
    return circuit_breaker.CircuitBreaker(f"The database {alias!r}", (ConnectionTimeout,))


def impatient(
    connection: Connection[Any], limit: float, trip: Callable[[object], None]
) -> Callable[..., Any]:
    """`connection.wait`, by which all that is sent and received goes, for `limit` seconds; then
    `trip` is told why it was given up."""
    wait = connection.wait

    def wait_no_longer(*args: Any, **kwargs: Any) -> Any:
        began = monotonic()
        try:
            return wait(*args, **{"timeout": limit} | kwargs)
        except OperationalError:
            if monotonic() - began >= limit:
                trip(f"no answer in {limit} seconds")
                connection.close()  # it would be waited for at the next query as well
            raise

    return wait_no_longer
