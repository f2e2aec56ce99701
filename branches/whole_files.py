"""Atomic writes: a file of the media folder is there whole or not at all, and not without its row.

A disk that fills up, or a process that is killed, leaves no half of a file under its name: it is
written beside, and renamed when it is complete. What was stored for a row that then could not be
written is removed again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage

_stored: ContextVar[list[tuple[FileSystemStorage, str]] | None] = ContextVar("stored", default=None)


class WholeFileStorage(FileSystemStorage):
    """A folder into which files come whole."""

    def _save(self, name: str, content: Any) -> str:
        part = str(Path(name).with_name(f".{uuid4().hex}.part"))
        try:
            super()._save(part, content)  # type: ignore[misc]  # of Django, not in its stubs
            name = self.settle(part, name)
        except BaseException:
            self.delete(part)
            raise
        if (stored := _stored.get()) is not None:
            stored.append((self, name))
        return name

    def settle(self, part: str, name: str) -> str:
        """Rename `part` to `name`, or to what is free where that is taken; return which."""
        while True:
            try:
                os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                Path(self.path(part)).replace(self.path(name))
                return name


@contextmanager
def with_their_rows() -> Iterator[None]:
    """Remove the files that were stored within, where what stores them fails."""
    before = _stored.get()
    stored: list[tuple[FileSystemStorage, str]] = []
    token = _stored.set(stored)
    try:
        yield
    except BaseException:
        for storage, name in stored:
            storage.delete(name)
        raise
    finally:
        _stored.reset(token)
        if before is not None:
            before.extend(stored)
