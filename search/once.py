"""What a request looks up once, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from django.core.signals import request_finished, request_started

T = TypeVar("T")


class once_a_request(Generic[T]):  # noqa: N801 - a decorator
    """Within a request, the function that is decorated is called once, and its answer kept.
    Outside of requests it is called each time."""

    def __init__(self, look_up: Callable[[], T]) -> None:
        update_wrapper(self, look_up)
        self._look_up = look_up

    def __call__(self) -> T:
        kept = _kept.get()
        if kept is None:
            return self._look_up()
        if self not in kept:
            kept[self] = self._look_up()
        answer: T = kept[self]
        return answer

    def forget(self) -> None:
        """Look it up again when it is next asked for."""
        if kept := _kept.get():
            kept.pop(self, None)


@contextmanager
def as_in_a_request() -> Iterator[None]:
    """Within it answers are kept, as in a request."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def connect() -> None:
    """Let requests keep answers. Called once, when the app is ready."""
    request_started.connect(_begin)
    request_finished.connect(_end)


def _begin(**kwargs: Any) -> None:
    _kept.set({})


def _end(**kwargs: Any) -> None:
    _kept.set(None)


_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept_for_the_request", default=None)
