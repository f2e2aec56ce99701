"""The connection to Elasticsearch: one for each address and process, kept open between requests.

https://elasticsearch-py.readthedocs.io/en/latest/api/elasticsearch.html
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch

from search.outage import EngineDown

#: Answers that say that the engine cannot serve now, or that there is no index (404).
DOWN = {404, 408, 429, 500, 502, 503, 504}

_clients: dict[tuple[int, str], Elasticsearch] = {}
_lock = Lock()


def client(make: Callable[..., Elasticsearch], **options: Any) -> Elasticsearch:
    """The client with these options: the same one as long as the process lives."""
    key = (os.getpid(), repr(sorted(options.items())))
    with _lock:
        if key not in _clients:
            _clients[key] = make(**options)
        return _clients[key]


class QueryRefused(Exception):
    """The engine is there but does not take this query: a mistake of ours, or a limit of its."""


def search(
    es: Elasticsearch, index: str, searches: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The answers to `searches` (bodies as JSON) in one index, in one request."""
    lines = [line for body in searches for line in ({}, body)]
    try:
        answers: list[dict[str, Any]] = es.msearch(index=index, searches=lines)["responses"]
    except BadRequestError as error:
        raise QueryRefused(str(error)) from error
    for answer in answers:
        if "error" in answer:
            kind = EngineDown if answer["status"] in DOWN else QueryRefused
            raise kind(str(answer["error"]))
    return answers


@contextmanager
def reading_errors() -> Iterator[None]:
    """Raises EngineDown for what means that the engine is not there; other errors are a mistake
    in what it was asked."""
    try:
        yield
    except TransportError as error:
        raise EngineDown(str(error)) from error
    except ApiError as error:
        if error.meta.status in DOWN:
            raise EngineDown(str(error)) from error
        raise
