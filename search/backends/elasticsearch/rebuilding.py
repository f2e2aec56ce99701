"""Building an index anew, while searches go on in the old one and changes go to both.

The order that keeps everything: the new index gets its alias `…-next` before the first object is
read, so that from then on every change reaches it, and what the rebuild itself writes never
replaces a document that is already there. At the end, objects that are missing or gone are put
right, and the alias is moved in one step.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from elasticsearch import NotFoundError
from modelsearch.index import get_indexed_models
from modelsearch.utils import deep_update

from search import index_state
from search.backends.elasticsearch.documents import mapping_of
from search.backends.elasticsearch.indexing import Index, Line
from search.index_checking import missing, surplus

#: Why a document is not created that exists.
ALREADY_THERE = "version_conflict_engine_exception"


class ReplacedError(Exception):
    """Another rebuild began while this one was under way, and took its place."""


class NewIndex(Index):
    """An index in the making, which is to be found by the name of `live` one day."""

    verb = "create"

    def __init__(self, live: Index) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        super().__init__(live.backend, f"{live.name}-{stamp}{secrets.token_hex(2)}")
        self.live = live
        self.models: list[type[Model]] = [
            model
            for model in get_indexed_models()
            if live.backend.get_index_for_model(model).name == live.name
        ]
        self.filled = False
        self._sender = ThreadPoolExecutor(1)
        self._sent: Future[None] | None = None

    @property
    def next_name(self) -> str:
        return self.live.next_name

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.next_name,)

    def put(self) -> None:
        """Make it, and let changes reach it from now on."""
        body = deep_update(
            deepcopy(self.backend.settings), {"mappings": {"properties": self._columns()}}
        )
        body["settings"].pop("refresh_interval", None)
        body = deep_update(body, {"settings": {"index": {"refresh_interval": -1}}})
        self.patient.indices.create(index=self.name, aliases={self.next_name: {}}, **body)

    def _columns(self) -> dict[str, Any]:
        """Those of all models that are known now. `add_model` brings in any other."""
        return {
            name: column
            for model in self.models
            for name, column in mapping_of(model).get_mapping()["properties"].items()
        }

    def add_model(self, model: type[Model]) -> None:
        if model not in self.models:
            super().add_model(model)
            self.models.append(model)

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        """Write them as they were read: what has changed since is there already, and stays."""
        self.write(model, list(items), ())
        self.filled = True

    def refresh(self) -> None:
        self._settle()
        self.patient.indices.refresh(index=self.name)

    def complete(self) -> None:
        """Bring in what came to be, or went, while the objects were read."""
        self.refresh()
        for model in self.models:
            self.add_items(model, list(missing(self, model)))
            self.write(model, (), list(surplus(self, model)))
        self.refresh()

    def take_over(self) -> None:
        """From now on searches go here. What was there is deleted, in the same step."""
        self._refresh_as_usual()
        before = [name for name in self.live.concrete_names() if name != self.name]
        self.patient.indices.update_aliases(
            actions=[
                {"add": {"index": self.name, "alias": self.live.name}},
                {"remove": {"index": self.name, "alias": self.next_name}},
                *({"remove_index": {"index": name}} for name in before),
            ]
        )

    def merge(self) -> None:
        """Let the engine make one segment of all that it has written; it goes on by itself. A
        search of many words in one takes half the time of one in six."""
        self.patient.indices.forcemerge(
            index=self.name, max_num_segments=1, wait_for_completion=False
        )

    def _send(self, lines: list[Line]) -> None:
        """Carry out `lines` while the next ones are made ready."""
        self._settle()
        self._sent = self._sender.submit(super()._send, lines)

    def _settle(self) -> None:
        """Wait for what has been sent, and raise what has failed."""
        sent, self._sent = self._sent, None
        if sent is not None:
            sent.result()

    def _matters(self, error: dict[str, Any]) -> bool:
        """A document that is already there is newer."""
        return bool(error["type"] != ALREADY_THERE)

    def _refresh_as_usual(self) -> None:
        settings = self.backend.settings["settings"]
        interval = settings.get(
            "refresh_interval", settings.get("index", {}).get("refresh_interval")
        )
        self.patient.indices.put_settings(
            index=self.name, settings={"index": {"refresh_interval": interval}}
        )


class Rebuilder:
    """Builds the index that is known as `live`; see the module."""

    def __init__(self, live: Index) -> None:
        self.live = live
        self.new = NewIndex(live)

    def start(self) -> NewIndex:
        """The new index, to be filled. What an aborted rebuild has left is deleted."""
        for name, aliases in self.live.concrete_names().items():
            if name != self.live.name and self.live.name not in aliases:
                self.live.patient.indices.delete(index=name, ignore_unavailable=True)
        self.new.put()
        return self.new

    def finish(self) -> None:
        """Put the new index in the place of the old one."""
        if self.new.filled:
            self.new.complete()
        try:
            self.new.take_over()
        except NotFoundError as error:
            raise ReplacedError(f"Another rebuild of {self.live.name} has begun.") from error
        self.live.backend.line.restore()
        index_state.built(self.live)
        self.new.merge()
