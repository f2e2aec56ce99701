"""System checks, at each start of a command; those of indexes and databases with `manage.py check
--database default` and at each `migrate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connections, router
from modelsearch.backends import get_search_backends_with_name
from modelsearch.conf import get_app_config

from search import index_state
from search.index_checking import Checked

#: Where the backend for SQLite is.
SQLITE = "search.backends.sqlite"

#: What the analysis of texts imports, with the name of the package that brings it. Some of it is
#: imported when a text is indexed, whose failure would be a line in a log.
NEEDED = {"opencc": "OpenCC", "pypinyin": "pypinyin", "rjieba": "rjieba"}
ELASTICSEARCH = {"elasticsearch": "elasticsearch"}


@checks.register
def check_packages(**kwargs: Any) -> list[checks.CheckMessage]:
    """Tells each package that is missing: without it no page with Chinese in it is indexed."""
    return [
        checks.Error(
            f"The package {package} is not installed. Search cannot read texts without it: what is "
            "saved is left out of the index.",
            hint=f"Run: pip install {package} (requirements.txt names the version).",
            id="search.E001",
        )
        for package in missing_packages()
    ]


def missing_packages() -> Iterator[str]:
    """Those of the packages that the analysis and the configured backends need."""
    backends = get_app_config().get_search_backend_config().values()
    with_elasticsearch = any("elasticsearch" in entry["BACKEND"] for entry in backends)
    for module, package in (NEEDED | (ELASTICSEARCH if with_elasticsearch else {})).items():
        if find_spec(module) is None:
            yield package


@checks.register(checks.Tags.database)
def check_indexes(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warns of each index that is missing, or was built as texts were cut earlier. What is missing
    was noted by `search.watch`: a check waits for no server."""
    from search.models import IndexState

    alias = router.db_for_read(IndexState)
    if alias not in (databases or ()) or any(missing_packages()):
        return []
    if IndexState._meta.db_table not in connections[alias].introspection.table_names():
        return []
    rebuild = "update_index" if apps.is_installed("wagtail.search") else "rebuild_modelsearch_index"
    return [
        checks.Warning(
            f"The search index {index.get_key()!r} of the backend {name!r} is missing, or was not "
            "built by this version of the text analysis, so that searches may miss what it holds.",
            hint=f"Run: manage.py {rebuild} --backend {name}",
            id="search.W001",
        )
        for name, backend in get_search_backends_with_name()
        for index in backend.all_indexes()
        if isinstance(index, Checked) and not index_state.is_current(index)
    ]


@checks.register(checks.Tags.database)
def check_sqlite(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warns where SQLite refuses those who save while the index is rebuilt."""
    backends = get_app_config().get_search_backend_config().values()
    if not any(entry["BACKEND"].startswith(SQLITE) for entry in backends):
        return []
    alias = router.db_for_write(get_app_config().get_model("IndexEntry"))
    mode = connections[alias].settings_dict["OPTIONS"].get("transaction_mode") or "DEFERRED"
    if alias not in (databases or ()) or mode.upper() != "DEFERRED":
        return []
    return [
        checks.Warning(
            f"Transactions of the SQLite database {alias!r} begin as readers. One that writes then "
            "fails at once with 'database is locked' if somebody else has written meanwhile, as a "
            "rebuild of the search index does all the time.",
            hint=f'Set DATABASES["{alias}"]["OPTIONS"]["transaction_mode"] = "IMMEDIATE".',
            id="search.W002",
        )
    ]
