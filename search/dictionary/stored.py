"""The dictionary in force: the one that ships with what the province has changed in it.

Every process keeps it ready and looks at a stamp, one small query, whether it is still the one;
so a change is in force everywhere with the next query. Within a request it is looked up once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections, router
from django.db.models.signals import post_delete, post_migrate, post_save

from search import dictionary
from search.dictionary import Dictionary, changes
from search.once import once_a_request

if TYPE_CHECKING:
    import uuid


def connect() -> None:
    """Let queries use the dictionary in force. Called once, when the app is ready."""
    from search.models import DictionaryEntry

    dictionary.set_provider(in_force)
    post_save.connect(_renew, sender=DictionaryEntry)
    post_delete.connect(_renew, sender=DictionaryEntry)
    post_migrate.connect(_look_for_table)


@once_a_request
def in_force() -> Dictionary:
    """The dictionary for the query at hand; see `search.dictionary.in_force`."""
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
    in_force.forget()


_made: dict[uuid.UUID, Dictionary] = {}
_tables: set[str] = set()
