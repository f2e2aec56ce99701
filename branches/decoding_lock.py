"""Mutual exclusion: one picture is decoded at a time, over all threads and processes of the site.

So the memory that decoding takes is there once. Whoever waits, waits a bounded time, and a request
with many pictures does not wait for each of them anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.files import locks
from django.core.files.storage import default_storage
from django.core.signals import request_started

#: For how many seconds somebody waits for a turn.
PATIENCE = 20.0
#: And who has a page before them that is whole without the picture, which the clock makes then.
SHORT_PATIENCE = 3.0

#: Seconds that the present request has waited; None where there is none.
_waited: ContextVar[float | None] = ContextVar("waited_for_the_decoder", default=None)


class Busy(Exception):
    """Somebody else's pictures are being decoded, and that takes long."""


@contextmanager
def turn(patience: float = PATIENCE, in_a_request: float = PATIENCE) -> Iterator[None]:
    """Have the lock. Busy after so many seconds, or when all turns of a request have waited so
    many together."""
    waited = _waited.get()
    began = monotonic()
    end = began + (patience if waited is None else min(patience, in_a_request - waited))
    with opened_lock() as handle:
        try:
            while not locks.lock(handle, locks.LOCK_EX | locks.LOCK_NB):
                if monotonic() > end:
                    raise Busy("other pictures are being decoded")
                sleep(0.05)
        finally:
            if waited is not None:
                _waited.set(waited + monotonic() - began)
        yield


@contextmanager
def opened_lock() -> Iterator[int]:
    """The file that is locked, which nobody else on the machine may open."""
    path = lock_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def lock_path() -> Path:
    """Where the setting says, or beside the folder of media. NotImplementedError where these are
    in no folder."""
    set_path: str = getattr(settings, "DECODING_LOCK", "")
    return Path(set_path or f"{os.path.normpath(default_storage.path(''))}.lock")


def connect() -> None:
    request_started.connect(_begin, dispatch_uid="branches.decoding_lock.begin")


def _begin(**kwargs: Any) -> None:
    _waited.set(0.0)
