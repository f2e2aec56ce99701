"""A visit to the search page, as a benchmark makes it."""

from __future__ import annotations

from collections.abc import Mapping

from search.once import as_in_a_request
from search.results import Search
from stories.search_source import SOURCE


def visit(parameters: Mapping[str, str]) -> Search:
    """The search with all that the page shows of it worked out."""
    with as_in_a_request():
        search = Search(SOURCE, parameters, "zh-hans")
        for name in ("count", "results", "filters", "best_bets"):
            getattr(search, name)
    return search
