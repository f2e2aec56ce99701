"""The dictionary in force: the one that ships with what the province has changed in it.

Every process keeps it ready and looks at a stamp, one small query, whether it is still the one;
so a change is in force everywhere with the next query. Within a request it is looked up once.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.signals import request_finished, request_started
from django.db import connections, router
from django.db.models.signals import post_delete, post_migrate, post_save

from search import dictionary
from search.dictionary import Dictionary, changes

if TYPE_CHECKING:
    import uuid


class Held:
    """What a request has looked up."""

    words: Dictionary | None = None


def connect() -> None:
    """Let queries use the dictionary in force. Called once, when the app is ready."""
    from search.models import DictionaryEntry

    dictionary.set_provider(in_force)
    post_save.connect(_renew, sender=DictionaryEntry)
    post_delete.connect(_renew, sender=DictionaryEntry)
    request_started.connect(_begin_request)
    request_finished.connect(_end_request)
    post_migrate.connect(_look_for_table)


def in_force() -> Dictionary:
    """The dictionary for the query at hand; see `search.dictionary.in_force`."""
    held = _of_request.get()
    if held is None:
        return _current()
    if held.words is None:
        held.words = _current()
    return held.words


def _current() -> Dictionary:
    from search.models import DictionaryEntry, DictionaryStamp

    if not _table_exists():
        return dictionary.shipped()
    stamp = DictionaryStamp.objects.current()
    if stamp is None:
        return dictionary.shipped()
    words = _made.get(stamp)
    if words is None:
        words = changes.compose(list(DictionaryEntry.objects.active().order_by("pk")))
        _made.clear()
        _made[stamp] = words
    return words


def _table_exists() -> bool:
    """False before the first migration, when there is nothing but what ships."""
    if not _tables:
        _look_for_table()
    return bool(_tables)


def _look_for_table(**kwargs: Any) -> None:
    from search.models import DictionaryStamp

    connection = connections[router.db_for_read(DictionaryStamp)]
    if DictionaryStamp._meta.db_table in connection.introspection.table_names():
        _tables.add(DictionaryStamp._meta.db_table)


def _renew(**kwargs: Any) -> None:
    from search.models import DictionaryStamp

    DictionaryStamp.objects.renew()
    if held := _of_request.get():
        held.words = None


def _begin_request(**kwargs: Any) -> None:
    _of_request.set(Held())


def _end_request(**kwargs: Any) -> None:
    _of_request.set(None)


_of_request: ContextVar[Held | None] = ContextVar("dictionary_of_request", default=None)
_made: dict[uuid.UUID, Dictionary] = {}
_tables: set[str] = set()
