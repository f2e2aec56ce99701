"""System checks, with `manage.py check --database default` and at each `migrate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections, router
from modelsearch.backends import get_search_backends_with_name

from search import index_state
from search.index_checking import Checked


@checks.register(checks.Tags.database)
def check_indexes(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warns of each index that was built as texts were cut earlier, or never."""
    from search.models import IndexState

    alias = router.db_for_read(IndexState)
    if alias not in (databases or ()):
        return []
    if IndexState._meta.db_table not in connections[alias].introspection.table_names():
        return []
    return [
        checks.Warning(
            f"The search index {index} of the backend {name!r} was not built by this version of "
            "the text analysis, so that searches may miss what it holds.",
            hint=f"Run: manage.py update_index --backend {name}",
            id="search.W001",
        )
        for name, backend in get_search_backends_with_name()
        for index in backend.all_indexes()
        if isinstance(index, Checked) and not index_state.is_current(index)
    ]
