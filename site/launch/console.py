"""What is shown while something takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str = "") -> None:
    """Print a line at once, also when the output goes to a file or a pipe."""
    print(text, flush=True)  # noqa: T201


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Announce ``title`` and, unless the block fails, say how long it took."""
    say(f"==> {title}")
    start = time.monotonic()
    yield
    say(f"    done in {time.monotonic() - start:.1f} s")


class Counter:
    """Counts up to a known total: on one line in a terminal, in tenths elsewhere."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.count = 0

    def step(self, label: str) -> None:
        """Count one more and show it with ``label``."""
        self.count += 1
        line = f"    {self.count}/{self.total} {label}"
        if sys.stdout.isatty():
            print(f"\r{line:<79.79}", end="", flush=True)  # noqa: T201
        elif self.count % max(1, self.total // 10) == 0:
            say(line)

    def finish(self) -> None:
        """Leave the line of the terminal on which the counting was shown."""
        if sys.stdout.isatty() and self.count:
            say()
