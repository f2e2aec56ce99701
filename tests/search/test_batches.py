"""Many things are written some at a time, and what cannot be written keeps nothing else out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import OperationalError

from search.batches import batches, write_each
from search.outage import EngineDown


def test_batches_hold_all_in_order() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches([], 2)) == []


def test_what_fails_by_itself_is_logged_and_the_rest_is_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    written: list[int] = []
    tries = 0

    def write(some: Sequence[int]) -> None:
        nonlocal tries
        tries += 1
        if 7 in some or 8 in some:
            raise ValueError
        written.extend(some)

    write_each(write, range(100))
    assert written == [number for number in range(100) if number not in (7, 8)]
    assert [record.message for record in caplog.records] == [
        "7 cannot be indexed.",
        "8 cannot be indexed.",
    ]
    assert tries < 30


@pytest.mark.parametrize("error", [EngineDown("away"), OperationalError("database is locked")])
def test_what_is_no_fault_of_what_is_written_is_raised_at_once(error: Exception) -> None:
    tried: list[Sequence[int]] = []

    def write(some: Sequence[int]) -> None:
        tried.append(some)
        raise error

    with pytest.raises(type(error)):
        write_each(write, range(100))
    assert len(tried) == 1
