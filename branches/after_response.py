"""After-response hook: work is done when who asked has the answer, and need not wait for it.

So that the time of an answer says nothing about what there was to do, and a slow mail server
keeps nobody waiting. The web server closes an answer once it is sent; Django then sends
`request_finished`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started

logger = logging.getLogger(__name__)

Job = Callable[[], object]

_waiting: ContextVar[list[Job] | None] = ContextVar("waiting_for_the_response", default=None)


def after_response(job: Job) -> None:
    """Do `job` when the present request is answered; at once where there is none."""
    waiting = _waiting.get()
    if waiting is None:
        job()
    else:
        waiting.append(job)


def connect() -> None:
    request_started.connect(_begin, dispatch_uid="branches.after_response.begin")
    request_finished.connect(_finish, dispatch_uid="branches.after_response.finish")


def _begin(**kwargs: Any) -> None:
    _waiting.set([])


def _finish(**kwargs: Any) -> None:
    waiting, _ = _waiting.get(), _waiting.set(None)
    for job in waiting or ():
        try:
            job()
        except Exception:
            logger.exception("What was to be done after a response failed.")
