"""Exception chaining: an error, all that it was raised from, and all in whose handling it was."""

from __future__ import annotations

from collections.abc import Iterator


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """`error`, and what lies behind it, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        link = waiting.pop()
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            yield link
            waiting += [link.__context__, link.__cause__]
