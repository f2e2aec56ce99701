"""Backends by the names that the settings give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modelsearch.backends import import_backend
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.conf import get_app_config


def name_of(backend_class: type[BaseSearchBackend], params: Mapping[str, Any] | None = None) -> str:
    """What `get_search_backend` gives such a backend for: the name of an entry of the settings
    (with these `params`, where they are known), else the path of the class."""
    for name, entry in get_app_config().get_search_backend_config().items():
        options = {key: value for key, value in entry.items() if key != "BACKEND"}
        if params is not None and options != params:
            continue
        if import_backend(entry["BACKEND"]) is backend_class:
            return str(name)
    return f"{backend_class.__module__}.{backend_class.__qualname__}"


def name_of_backend(backend: BaseSearchBackend) -> str:
    """The name of `backend`."""
    return getattr(backend, "name", None) or name_of(type(backend))
