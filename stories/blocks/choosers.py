"""Wagtail's choosers, which take what has been read for the whole text; see `references`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from stories.references import find, key_of


class TakesWhatIsAtHand:
    model_class: Any

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        values = list(values)
        found = find(self.model_class, [value for value in values if value])
        return [found.get(value) for value in values]

    def value_from_form(self, value: Any) -> Any:
        """A form can be sent with anything in it: what names nothing is left for validation."""
        readable = value is None or isinstance(value, self.model_class) or key_of(value)
        return super().value_from_form(value) if readable else value  # type: ignore[misc]  # a mixin

    def get_form_state(self, value: Any) -> Any:
        chosen = value if isinstance(value, self.model_class) else None
        return super().get_form_state(chosen)  # type: ignore[misc]  # a mixin


class ImageAtHandBlock(TakesWhatIsAtHand, ImageChooserBlock):
    canonical_module_path = "wagtail.images.blocks.ImageChooserBlock"


class DocumentAtHandBlock(TakesWhatIsAtHand, DocumentChooserBlock):
    canonical_module_path = "wagtail.documents.blocks.DocumentChooserBlock"
