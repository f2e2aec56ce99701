"""A visit to the search page, as a benchmark makes it."""

from __future__ import annotations

from collections.abc import Mapping

from search import dictionary
from search.results import Search
from stories.search_source import SOURCE


def visit(parameters: Mapping[str, str]) -> Search:
    """The search with all that the page shows of it worked out. The dictionary is looked up once,
    as in a request."""
    with dictionary.using(dictionary.in_force()):
        search = Search(SOURCE, parameters, "zh-hans")
        for name in ("count", "results", "filters", "best_bets"):
            getattr(search, name)
    return search
