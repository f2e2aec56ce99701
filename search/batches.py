"""Many things, some at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import OperationalError

from search.outage import EngineDown

logger = logging.getLogger(__name__)

T = TypeVar("T")


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """`values` in lists of at most `size`."""
    left = iter(values)
    return iter(lambda: list(islice(left, size)), [])


def write_each(write: Callable[[Sequence[T]], Any], batch: Sequence[T]) -> None:
    """Let `write` bring all of `batch` into an index, in order: at once, or where that fails, by
    halves, so that what fails by itself keeps nothing else out. That is logged. EngineDown, and
    OperationalError of a database that is locked or away, are no fault of what is written: they
    are raised at once."""
    try:
        write(batch)
    except (EngineDown, OperationalError):
        raise
    except Exception:
        if len(batch) > 1:
            half = len(batch) // 2
            write_each(write, batch[:half])
            write_each(write, batch[half:])
        else:
            logger.exception("%s cannot be indexed.", *batch)
