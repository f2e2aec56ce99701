"""Writing to the index of all models that have the same root."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from django.db.models import Model
from elasticsearch import Elasticsearch
from modelsearch.backends.elasticsearch9 import Elasticsearch9Index
from modelsearch.index import class_is_indexed

from search import index_checking
from search.backends.elasticsearch.documents import (
    DIGEST,
    MODEL,
    MODELS,
    Written,
    mapping_of,
    written,
)
from search.backends.elasticsearch.engine import NO_INDEX, reading_errors
from search.backends.elasticsearch.inheritance import as_they_are
from search.backends.related import fetch_related
from search.batches import batches
from search.outage import EngineDown, IndexMissing, Refused

#: Documents in one request.
BATCH = 500
#: A request with fewer lines is answered as quickly as a search.
AT_ONCE = 100
#: Seconds that a large request may take.
PATIENCE = 120
#: As many ids as are read at once.
PAGE = 5000

#: Why an operation fails where an index is overloaded, or closed to changes, as when the disk is
#: nearly full.
UNABLE = {
    "cluster_block_exception",
    "es_rejected_execution_exception",
    "unavailable_shards_exception",
}

#: A line of a bulk request: what to do (a dict), or the document to do it with (JSON).
Line: TypeAlias = Any


class Index(Elasticsearch9Index):
    """An index by its alias `name`, while another may be built that is to take its place.

    Each change goes to `name` and, in the same request, to `next_name`, which is an alias for the
    new index while there is one, else nothing. Both have to be aliases: Elasticsearch would make
    an index of its own for a name that it does not know.
    """

    verb = "index"

    @property
    def patient(self) -> Elasticsearch:
        """The client, for requests that may take their time."""
        return self.es.options(request_timeout=PATIENCE)

    @property
    def next_name(self) -> str:
        return f"{self.name}-next"

    @property
    def targets(self) -> tuple[str, ...]:
        """What a change is written to. Nothing has to be at any but the first."""
        return (self.name, self.next_name)

    def add_item(self, item: Any) -> None:
        if class_is_indexed(type(item)):
            self.write(type(item), [item], ())

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        """Write them as they are by then."""
        if class_is_indexed(model):
            index_checking.write_as_now(self, model, [item.pk for item in items])

    def delete_item(self, item: Any) -> None:
        if class_is_indexed(type(item)):
            self.write(type(item), (), [str(item.pk)])

    def write(self, model: type[Model], objs: Sequence[Any], gone: Collection[str]) -> None:
        """Bring what the index has of `objs`, and of what is `gone` (ids), up to date."""
        for some in batches(objs, BATCH):
            batch = as_they_are(model, some)
            fetch_related(model, batch)
            self._send([line for obj in batch for line in self._lines(obj)])
        if gone:
            self._send(
                [{"delete": {"_index": at, "_id": pk}} for pk in gone for at in self.targets]
            )

    def _lines(self, obj: Any) -> Iterator[Line]:
        document = self.written(obj).json
        for target in self.targets:
            yield {self.verb: {"_index": target, "_id": str(obj.pk)}}
            yield document

    def written(self, obj: Any) -> Written:
        """The document of `obj`."""
        model: type[Model] = type(obj)
        return written(mapping_of(model).get_document(obj, self.backend.title_weight))

    def _send(self, lines: list[Line]) -> None:
        """Carry out `lines`; the first failure at the main target is raised."""
        es = self.es if len(lines) < AT_ONCE else self.patient
        with reading_errors():
            answer = es.bulk(
                operations=lines,
                require_alias=True,
                refresh=self.backend.refresh_at_once,
                filter_path="errors,items.*.error",
            )
        if answer["errors"]:
            self._complain(
                [
                    result["error"]
                    for item in answer["items"]
                    for result in item.values()
                    if self._matters(result["error"])
                ]
            )

    def _matters(self, error: dict[str, Any]) -> bool:
        """Whether one operation has failed that should not have."""
        return not (error["type"] == NO_INDEX and error.get("index") == self.next_name)

    def _complain(self, errors: list[dict[str, Any]]) -> None:
        for error in errors:
            if error["type"] == NO_INDEX:
                raise IndexMissing(f"{self.name}: {error['reason']}")
            if error["type"] in UNABLE:
                raise EngineDown(f"{self.name}: {error['reason']}")
        if errors:
            raise Refused(f"{len(errors)} changes were refused, the first with {errors[0]}")

    def known(self, model: type[Model], pks: Sequence[str]) -> Collection[str]:
        return self.digests(model, pks)

    def digest(self, obj: Any) -> str:
        """What `digests` gives for `obj` where the index has it as it is now."""
        (as_it_is,) = as_they_are(type(obj), [obj])
        return self.written(as_it_is).digest

    def digests(self, model: type[Model], pks: Sequence[str]) -> dict[str, str]:
        """Of those of `pks` that the index has as objects of `model`, or of one below: their
        digests."""
        of_model = {"term": {MODELS: mapping_of(model).get_content_type()}}
        wanted = {"bool": {"filter": [of_model, {"ids": {"values": list(pks)}}]}}
        found = self._hits(query=wanted, size=len(pks), docvalue_fields=[DIGEST])
        return {hit["_id"]: hit["fields"][DIGEST][0] for hit in found}

    def object_ids(self, model: type[Model]) -> Iterator[list[str]]:
        """The ids of all that the index has as objects of exactly `model`, some at a time."""
        request: dict[str, Any] = {"query": self._exactly(model), "sort": ["pk"], "size": PAGE}
        while hits := self._hits(**request):
            yield [hit["_id"] for hit in hits]
            request["search_after"] = hits[-1]["sort"]

    def _exactly(self, model: type[Model]) -> dict[str, Any]:
        return {"term": {MODEL: mapping_of(model).get_content_type()}}

    def _hits(self, **request: Any) -> list[dict[str, Any]]:
        with reading_errors():
            answer = self.patient.search(
                index=self.name, source=False, track_total_hits=False, **request
            )
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits

    def add_model(self, model: type[Model]) -> None:
        columns = mapping_of(model).get_mapping()["properties"]
        with reading_errors():
            self.patient.indices.put_mapping(index=self.name, properties=columns)

    def put(self) -> None:
        """Make an index without documents, found by the alias."""
        from search.backends.elasticsearch.rebuilding import NewIndex

        new = NewIndex(self)
        new.put()
        new.take_over()

    def delete(self) -> None:
        """Delete the index that the alias stands for, and what aborted rebuilds have left."""
        for name in self.concrete_names():
            self.patient.indices.delete(index=name, ignore_unavailable=True)

    def concrete_names(self) -> dict[str, set[str]]:
        """The indexes behind this name, also those never finished, with the aliases of each."""
        with reading_errors():
            found = self.patient.indices.get(
                index=f"{self.name},{self.name}-*", features="aliases", ignore_unavailable=True
            )
        return {name: set(entry["aliases"]) for name, entry in found.items()}

    def exists(self) -> bool:
        with reading_errors():
            return bool(self.es.indices.exists(index=self.name))

    def refresh(self) -> None:
        """Let what has been written be found. Where there is no index there is nothing to find."""
        with suppress(IndexMissing), reading_errors():
            self.es.indices.refresh(index=self.name)
