"""Disk full: recognised wherever it shows, and said in words instead of as an unknown error.

What was begun is undone where it is begun: rows by the transaction, files by
:mod:`branches.whole_files`. Uploads are refused while there is still some room, so that texts
can be saved and letters written when no more pictures can.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from search.error_chain import chain_of

if TYPE_CHECKING:
    from django.core.files import File

ERRORS = {errno.ENOSPC, errno.EDQUOT}
#: PostgreSQL's for disk_full.
SQLSTATE = "53100"
#: Bytes that uploads leave to all else.
RESERVED = 50 * 1024 * 1024
#: What a picture takes on the disk, its renditions included, in sizes of its file.
COPIES = 3


def is_disk_full(error: BaseException | None) -> bool:
    """Whether `error`, or what lies behind it, says that the disk is full."""
    return any(says_full(each) for each in chain_of(error))


def says_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind of error, the rest its detail.
        return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_FULL
    if isinstance(error, OSError):
        return error.errno in ERRORS
    return getattr(error, "sqlstate", None) == SQLSTATE


def has_room_for(file: File[bytes]) -> bool:
    """Whether the new `file` fits on the disk of its storage. True where that is no folder."""
    try:
        folder = Path(file.storage.path(""))  # type: ignore[attr-defined]
    except NotImplementedError:
        return True
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free >= RESERVED + COPIES * (file.size or 0)
