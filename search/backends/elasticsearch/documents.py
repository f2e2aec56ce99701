"""What Elasticsearch holds of an object: its texts as tokens, and what filters name as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model
from elasticsearch.serializer import JsonSerializer
from modelsearch.backends.base import get_model_root
from modelsearch.backends.elasticsearch9 import Elasticsearch9Mapping
from modelsearch.index import FilterField, RelatedFields

from search.backends.elasticsearch.cut_texts import CutTexts
from search.backends.many import many_to_many
from search.backends.related import related_objects
from search.backends.texts import texts_of

ALL_TEXT = "_all_text"
TYPED = "_typed"
SOUNDS = "_sounds"
CHARACTERS = "_characters"
MODEL = "_model"
MODELS = "_django_content_type"
DIGEST = "_digest"

TITLE_WEIGHT = 2.0
#: Longer values are kept out of filters: Lucene takes no term of more than 32,766 bytes.
LONGEST_KEYWORD = 8000

TEXT = {"type": "text", "analyzer": "whitespace"}
#: The text that ranks. Measured on law-dev (recall@10 / MRR@10) with b = 0.75, the usual value:
#: .538/.442, with 0.9: .541/.450, with 1: .547/.451. Other values of k1 do no better.
SIMILARITY = {"pieces": {"type": "BM25", "k1": 1.2, "b": 0.9}}
RANKED_TEXT = {**TEXT, "similarity": "pieces"}
#: What is looked up by itself, never as a part of a phrase.
PLACELESS_TEXT = {**TEXT, "index_options": "freqs"}
#: Kept to be read, not to be searched.
READ_ONLY = {"type": "keyword", "index": False}

_json = JsonSerializer()


class Mapping(Elasticsearch9Mapping):
    """The documents of one model. All models with the same root share an index.

    `_all_text` holds what the database backends hold as title and as body, and after that once
    more what weighs more than the rest. Each text of the model itself also has its own column.
    """

    def __init__(self, model: type[Model]) -> None:
        super().__init__(model)
        self.get_field_column_name = cache(super().get_field_column_name)
        self.get_all_content_types = cache(super().get_all_content_types)

    def get_mapping(self) -> dict[str, Any]:
        """The columns of the documents of this model."""
        root = type(self)(get_model_root(self.model))
        return {
            "properties": {
                "pk": root.pk_column(),
                MODEL: {"type": "keyword"},
                MODELS: {"type": "keyword"},
                DIGEST: READ_ONLY,
                ALL_TEXT: RANKED_TEXT,
                TYPED: TEXT,
                SOUNDS: PLACELESS_TEXT,
                CHARACTERS: PLACELESS_TEXT,
                **dict(self.columns(self.model.get_search_fields())),
            },
        }

    def pk_column(self) -> dict[str, Any]:
        kind = self.type_map.get(self.model._meta.pk.get_internal_type(), "string")
        return {"type": "keyword" if kind == "string" else kind}

    def columns(self, fields: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Name and definition of the column of each of `fields`."""
        for field in fields:
            name = self.get_field_column_name(field)
            if isinstance(field, RelatedFields):
                inner = type(self)(field.get_field(self.model).related_model)
                if properties := dict(inner.columns(filterable(field.fields))):
                    yield name, {"type": "nested", "properties": properties}
            elif isinstance(field, FilterField):
                column = self.get_field_mapping(field)[1]
                if column["type"] == "keyword":
                    column = {"ignore_above": LONGEST_KEYWORD, **column}
                yield name, column
            else:
                yield name, TEXT

    def get_document(self, obj: Any, title_weight: float = TITLE_WEIGHT) -> dict[str, Any]:
        """The document of `obj`, all but its digest."""
        fields = self.model.get_search_fields()
        texts = CutTexts(list(texts_of(obj, fields)))
        return {
            "pk": obj.pk,
            MODEL: self.get_content_type(),
            MODELS: self.get_all_content_types(),
            ALL_TEXT: [texts.title, texts.body, *texts.repeated(title_weight)],
            TYPED: texts.typed,
            SOUNDS: texts.sounds,
            CHARACTERS: texts.characters,
            **{
                self.get_field_column_name(field): texts.of(field, text)
                for field, text in texts.texts
                if field in fields
            },
            **self._filter_values(obj, fields),
        }

    def _filter_values(self, obj: Any, fields: Iterable[Any]) -> dict[str, Any]:
        """What filters compare, by column; of related objects a document each."""
        return {
            self.get_field_column_name(field): self._filter_value(obj, field)
            for field in filterable(fields)
        }

    def _filter_value(self, obj: Any, field: Any) -> Any:
        if isinstance(field, RelatedFields):
            return [
                mapping_of(type(each))._filter_values(each, field.fields)
                for each in related_objects(field.get_value(obj))
            ]
        if many_to_many(field, self.model):
            return [plain(each.pk) for each in getattr(obj, field.field_name).all()]
        return plain(self._get_document_field_data(field, obj)[1])

    def _clean_value(self, value: Any) -> Any:
        return plain(value)


@cache
def mapping_of(model: type[Model]) -> Mapping:
    """The mapping of `model`, which knows its columns by now."""
    return Mapping(model)


def filterable(fields: Iterable[Any]) -> list[Any]:
    """Those of `fields` that filters may name, or that contain such."""
    return [
        field
        for field in fields
        if isinstance(field, FilterField)
        or (isinstance(field, RelatedFields) and filterable(field.fields))
    ]


def plain(value: Any) -> Any:
    """`value` as it is written and asked for: what JSON has no form for as text."""
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value


class Written(NamedTuple):
    """A document as it is sent, with its digest in it."""

    json: bytes
    digest: str


def written(document: dict[str, Any]) -> Written:
    """`document` with a digest of all that is in it."""
    text = _json.dumps(document)
    digest = hashlib.blake2b(text, digest_size=8).hexdigest()
    return Written(text[:-1] + f',"{DIGEST}":"{digest}"}}'.encode(), digest)
