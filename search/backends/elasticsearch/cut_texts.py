"""The texts of one object as the columns of its document hold them, each text cut once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from modelsearch.index import AutocompleteField, BaseField

from search import analysis
from search.backends.texts import joined
from search.folding import HAN

#: A text is repeated as often as it weighs; more often than this makes no difference.
MOST_WEIGHT = 10


class CutTexts:
    """`texts` are what `search.backends.texts.texts_of` gives for the object."""

    def __init__(self, texts: Sequence[tuple[BaseField, str]]) -> None:
        self.texts = texts
        self._cut = cache(analysis.placed_terms)

    def of(self, field: BaseField, text: str) -> str:
        """The tokens of one of the texts."""
        return self._tokens([text], stem=not is_typed(field))

    @cached_property
    def title(self) -> str:
        return self._tokens(text for field, text in self._searched if is_title(field))

    @cached_property
    def body(self) -> str:
        return self._tokens(text for field, text in self._searched if not is_title(field))

    @cached_property
    def typed(self) -> str:
        texts = (text for field, text in self.texts if is_typed(field))
        return self._tokens(texts, stem=False)

    @cached_property
    def characters(self) -> str:
        """The single Chinese characters of what is no title, each as often as it is there."""
        return " ".join(token[0] for token in self.body.split() if HAN.match(token))

    @cached_property
    def sounds(self) -> str:
        return " ".join(analysis.sounds(joined(self.texts).heard))

    def repeated(self, title_weight: float) -> Iterator[str]:
        """What weighs more than other text, once for each unit of weight above the first."""
        for field, text in self._searched:
            usual = title_weight if is_title(field) else 1.0
            weight = min(round(getattr(field, "boost", None) or usual), MOST_WEIGHT)
            for _ in range(weight - 1):
                yield self.of(field, text)

    @property
    def _searched(self) -> list[tuple[BaseField, str]]:
        return [(field, text) for field, text in self.texts if not is_typed(field)]

    def _tokens(self, texts: Iterable[str], *, stem: bool = True) -> str:
        """The terms of `texts` with a space between them."""
        placed: list[str] = []
        unplaced: list[str] = []
        for text in texts:
            cut = self._cut(text, stem=stem)
            placed += cut[0]
            unplaced += cut[1]
        return " ".join(placed + unplaced)


def is_typed(field: BaseField) -> bool:
    return isinstance(field, AutocompleteField)


def is_title(field: BaseField) -> bool:
    return field.field_name == "title"
