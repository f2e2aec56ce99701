"""How a search is asked, whatever the engine. Mixins of query compilers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from search.backends import matching
from search.query import Question


class AsksQuestions:
    """A plain string without `operator` is a `Question`."""

    reading = matching.SEARCH

    def __init__(self, queryset: Any, query: Any, **options: Any) -> None:
        if isinstance(query, str) and not options.get("operator"):
            query = Question(query)
        super().__init__(queryset, query, **options)  # type: ignore[call-arg]

    @cached_property
    def question(self) -> Question | None:
        """The question in what is asked for."""
        query: Any = self.query  # type: ignore[attr-defined]
        return matching.question_in(query)[0]


class CompletesWords:
    """A search while typing: every word has to be there, and the last may be unfinished."""

    reading = matching.AUTOCOMPLETE

    def __init__(self, queryset: Any, query: Any, **options: Any) -> None:
        options["operator"] = options.get("operator") or "and"
        super().__init__(queryset, query, **options)  # type: ignore[call-arg]
