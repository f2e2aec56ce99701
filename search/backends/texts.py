"""What an index holds of an object: the texts of its search fields, cut into tokens.

The same for every engine that has a place each for titles, other text, and what is completed
while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField

from search import analysis
from search.backends.related import related_objects

#: So many characters of an object are indexed by sound too: its title and its beginning. All of
#: them would make the index of long texts half as large again, and slower to make.
HEARD = 500


class Texts(NamedTuple):
    """The texts of one object, in the order of its fields."""

    title: str
    body: str
    typed: str

    @property
    def heard(self) -> str:
        """Where words that are misspelt in a query are sought by their sound."""
        return f"{self.title} {self.body}"[:HEARD]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one object, in the order of its texts.

    `sounds` are those of the title and the beginning; `typed` are words that may be typed in part.
    """

    title: list[str]
    body: list[str]
    typed: list[str]
    sounds: list[str]


def tokens_of(obj: Model) -> Tokens:
    """What the index holds of `obj`, an instance of an indexed model."""
    texts = joined(texts_of(obj, obj.get_search_fields()))  # type: ignore[attr-defined]
    return Tokens(
        analysis.terms(texts.title),
        analysis.terms(texts.body),
        analysis.terms(texts.typed, stem=False),
        analysis.sounds(texts.heard),
    )


def joined(texts: Iterable[tuple[BaseField, str]]) -> Texts:
    """`texts_of` an object, put together by what they are searched as."""
    title: list[str] = []
    body: list[str] = []
    typed: list[str] = []
    for field, text in texts:
        if isinstance(field, AutocompleteField):
            typed.append(text)
        else:
            (title if field.field_name == "title" else body).append(text)
    return Texts(" ".join(title), " ".join(body), " ".join(typed))


def texts_of(obj: Any, fields: list[BaseField]) -> Iterator[tuple[BaseField, str]]:
    """The text of each search and autocomplete field of `obj`, also of related objects."""
    for field in fields:
        if isinstance(field, RelatedFields):
            for each in related_objects(field.get_value(obj)):
                yield from texts_of(each, field.fields)
        elif isinstance(field, SearchField | AutocompleteField):
            yield field, as_text(field.get_value(obj))


def as_text(value: Any) -> str:
    """A field's value as text: lists and dicts item by item, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return ", ".join(map(as_text, value))
    return force_str(value)
