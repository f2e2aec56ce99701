"""How long is waited for the database, so that one that hangs does not hang every page."""

from __future__ import annotations

from typing import Any

#: Seconds for a connection; and for a machine that is gone to be noticed, at the latest.
CONNECT_TIMEOUT = 5
UNACKNOWLEDGED = 15
#: Seconds to wait for a lock of somebody else's, and to leave a transaction open between queries.
LOCK_TIMEOUT = 5
IDLE_IN_TRANSACTION = 120
#: So many more seconds than a statement may take may pass until its answer is here.
MARGIN = 2

#: SQLite: readers never wait (WAL); a writer takes its lock at the start of the transaction and
#: waits up to 20 s for it, so that it never fails half-way as "locked".
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def postgres_options(statement_timeout: int) -> dict[str, Any]:
    """OPTIONS for PostgreSQL. No statement takes more than `statement_timeout` seconds; with 0 it
    may, as those of commands do that migrate or build an index."""
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_TIMEOUT,
        "tcp_user_timeout": UNACKNOWLEDGED * 1000,
        "keepalives_idle": UNACKNOWLEDGED,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    if statement_timeout:
        limits = {
            "statement_timeout": statement_timeout,
            "lock_timeout": min(LOCK_TIMEOUT, statement_timeout),
            "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
        }
        options["options"] = " ".join(f"-c {name}={value}s" for name, value in limits.items())
        options["answer_timeout"] = statement_timeout + MARGIN
    return options
