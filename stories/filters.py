"""What a reader can ask of a list, in the words of the page and of the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from search.dates import read_year
from stories.cards import Link
from stories.models.content import ContentPage
from stories.models.subjects import Subject
from stories.subject_index import SubjectIndex


@dataclass(frozen=True)
class Filter:
    """A row of choices above a list; the first option is 全部."""

    name: str
    label: str
    options: list[Link]


@dataclass(frozen=True)
class Choice:
    """One thing that can be asked of a list.

    :param name: its name in the address.
    :param lookup: how pieces are looked up by it.
    :param values: what may be asked, with the words for it.
    """

    name: str
    label: str
    lookup: str
    values: Mapping[str, str]


def choices_for(model: type[ContentPage] | None, subjects: SubjectIndex) -> list[Choice]:
    """What can be asked of a list of `model` (None: of all types), apart from the year."""
    own = (
        [own_choice(model, name, field) for name, field in model.list_filters.items()]
        if model
        else []
    )
    return [
        *own,
        Choice("topic", _("主题"), "topics__slug", named(subjects.topics)),
        Choice("venue", _("走进"), "venues__slug", named(subjects.venues)),
    ]


def own_choice(model: type[ContentPage], name: str, field_name: str) -> Choice:
    field = model._meta.get_field(field_name)
    values = {value: str(label) for value, label in field.flatchoices}
    lookup = f"{model._meta.model_name}__{field_name}"
    return Choice(name, str(field.verbose_name), lookup, values)


def named(subjects: Iterable[Subject]) -> dict[str, str]:
    return {subject.slug: subject.local_name for subject in subjects}


def wanted_of(asked: Mapping[str, str], choices: Iterable[Choice]) -> dict[str, str]:
    """What of the address's `asked` makes sense, in the order of `choices`, the year last."""
    wanted = {c.name: asked[c.name] for c in choices if asked.get(c.name) in c.values}
    if year := read_year(asked.get("year", "")):
        wanted["year"] = year
    return wanted


def address(path: str, wanted: Mapping[str, str], **changes: str) -> str:
    """`path` asking for `wanted` with `changes`; an empty value asks for nothing."""
    query = urlencode({name: value for name, value in {**wanted, **changes}.items() if value})
    return f"{path}?{query}" if query else path


def filter_of(choice: Choice, path: str, wanted: Mapping[str, str]) -> Filter:
    """The row of links for `choice`, each keeping what else is asked."""
    options = {"": _("全部"), **choice.values}
    now = wanted.get(choice.name, "")
    links = [
        Link(label, address(path, wanted, **{choice.name: value}), current=value == now)
        for value, label in options.items()
    ]
    return Filter(choice.name, choice.label, links)
