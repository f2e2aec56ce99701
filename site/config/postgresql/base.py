"""The database backend: Django looks for it in a module of this name.

PostgreSQL cancels a statement that takes too long (``statement_timeout``), but one that hangs as a
whole cancels nothing, and its machine goes on acknowledging what is sent. So the client has a limit
as well, ``OPTIONS["answer_timeout"]`` in seconds: after that the connection is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.pop("answer_timeout", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        connection: Connection[Any] = super().get_new_connection(conn_params)
        if limit := self.settings_dict["OPTIONS"].get("answer_timeout"):
            vars(connection)["wait"] = impatient(connection, limit)
        return connection


def impatient(connection: Connection[Any], limit: float) -> Callable[..., Any]:
    """`connection.wait`, by which all that is sent and received goes, for `limit` seconds."""
    wait = connection.wait

    def wait_no_longer(*args: Any, **kwargs: Any) -> Any:
        began = monotonic()
        try:
            return wait(*args, **{"timeout": limit} | kwargs)
        except OperationalError:
            if monotonic() - began >= limit:
                connection.close()  # it would be waited for at the next query as well
            raise

    return wait_no_longer
