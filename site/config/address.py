"""Base URL of a development machine: where the site is served, is what all of it says.

``make run`` and ``runserver`` write down their address; what is run by hand beside them (a
``tick`` that sends letters, an import) reads it. ``SITE_URL`` in the environment wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

DEFAULT = "http://127.0.0.1:8000"
EVERYWHERE = {"", "0", "0.0.0.0", "[::]"}  # noqa: S104  # nothing is bound here


def of_this_machine(arguments: Sequence[str], kept: Path) -> str:
    """The address that the command line `arguments` serve, else the one last served, in `kept`."""
    if "runserver" in arguments[1:2]:
        address = served(arguments[2:])
        kept.write_text(address, encoding="utf-8")
        return address
    try:
        return kept.read_text(encoding="utf-8").strip() or DEFAULT
    except (OSError, UnicodeDecodeError):
        return DEFAULT


def served(options: Sequence[str]) -> str:
    """The address of ``runserver`` with `options`: a port, or a host and a port, or neither."""
    for option in reversed(options):  # the numbers before it belong to other options
        if match := re.fullmatch(r"(?:(?P<host>[\w.-]+|\[[\da-fA-F:]+\]):)?(?P<port>\d+)", option):
            host = match["host"] or ""
            return f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{match['port']}"
    return DEFAULT
