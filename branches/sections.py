"""The sections that every branch tree has. An app declares its own from its ``apps.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from branches.models import SectionPage


@dataclass(frozen=True)
class Section:
    """A section of every branch tree: 红会故事, 新闻动态, …

    :param slug: its address under the branch, and its identity.
    :param model: the page type, as ``"app.Model"``, a subclass of ``SectionPage``.
    :param order: sections stand in ascending order.
    :param titles: the title by language code; ``zh-hans`` must be there.
    :param called: what else people call it who look for it.
    """

    slug: str
    model: str
    order: int
    titles: Mapping[str, str]
    called: tuple[str, ...] = ()

    def title_in(self, language: str) -> str:
        return self.titles.get(language) or self.titles["zh-hans"]

    @property
    def page_class(self) -> type[SectionPage]:
        return apps.get_model(self.model)


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Give every branch tree `section`. ImproperlyConfigured where its slug or model is taken."""
    for known in _sections.values():
        if section.slug == known.slug or section.model == known.model:
            raise ImproperlyConfigured(f"Section {section.slug} ({section.model}) is taken.")
    _sections[section.slug] = section


def section_at(slug: str) -> Section:
    return _sections[slug]


def all_sections() -> list[Section]:
    """The declared sections, in order."""
    return sorted(_sections.values(), key=lambda section: section.order)
