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
from elasticsearch import ApiError, Elasticsearch

from search.outage import EngineDown, IndexMissing, Refused

#: Why a request or an operation fails where an index is not there.
NO_INDEX = "index_not_found_exception"
#: Answers that say that the engine cannot serve now, does not let us in (401, 403), or is not there
#: (404 that speaks of no index).
DOWN = {401, 403, 404, 408, 429, 500, 502, 503, 504}

_clients: dict[tuple[int, str], Elasticsearch] = {}
_lock = Lock()


def client(make: Callable[..., Elasticsearch], **options: Any) -> Elasticsearch:
    """The client with these options: the same one as long as the process lives."""
    key = (os.getpid(), repr(sorted(options.items())))
    with _lock:
        if key not in _clients:
            _clients[key] = make(**options)
        return _clients[key]


def failure(status: int, why: str) -> Exception:
    """What an answer with that status (of HTTP) means."""
    if status == 404 and NO_INDEX in why:
        return IndexMissing(why)
    return EngineDown(why) if status in DOWN else Refused(why)


def search(
    es: Elasticsearch, index: str, searches: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The answers to `searches` (bodies as JSON) in one index, in one request."""
    if len(searches) == 1:  # sooner answered by itself
        return [es.search(index=index, body=searches[0]).body]
    lines = [line for body in searches for line in ({}, body)]
    answers: list[dict[str, Any]] = es.msearch(index=index, searches=lines)["responses"]
    for answer in answers:
        if "error" in answer:
            raise failure(answer["status"], str(answer["error"]))
    return answers


@contextmanager
def reading_errors() -> Iterator[None]:
    """Raises EngineDown for what means that the engine, or its index, is not there, Refused
    otherwise."""
    try:
        yield
    except TransportError as error:
        raise EngineDown(str(error)) from error
    except ApiError as error:
        raise failure(error.meta.status, str(error)) from error
