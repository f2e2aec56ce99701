"""What the search page shows, as JSON. docs/features/search-api.md says what the names mean."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urljoin

from search import registry
from search.asked import NEWEST
from search.facets import FilterRow
from search.languages import content_languages
from search.results import Result, Search


def answer(parameters: Mapping[str, str], language: str, site: str) -> dict[str, Any]:
    """The answer to the same parameters as those of the search page, in the active `language`.

    Addresses in it begin with `site`, such as https://example.org/.
    """
    search = Search(registry.registered_source(), parameters, language)
    return {
        "query": search.asked.query,
        "language": language,
        "sort": NEWEST if search.asked.newest_first else "relevance",
        "filters": {name: option.value for name, option in search.asked.chosen.items()},
        "ignored": search.asked.ignored,
        "correction": correction(search),
        "loosened": search.loosened,
        "count": search.count,
        "page": search.page.number,
        "pages": search.page.paginator.num_pages if search.count else 0,
        "best_bets": [shown(result, site) for result in search.best_bets],
        "results": [shown(result, site) for result in search.results],
        "facets": [facet(row) for row in search.filters],
    }


def correction(search: Search) -> dict[str, Any] | None:
    """What was probably meant, and whether the results are those of that."""
    if not search.correction:
        return None
    return {"query": search.correction, "used": search.corrected}


def shown(result: Result, site: str) -> dict[str, Any]:
    hit = result.hit
    return {
        "title": hit.title,
        "title_html": result.title,
        "url": urljoin(site, hit.url),
        "kind": hit.kind,
        "branch": hit.branch_name,
        "date": hit.date.isoformat() if hit.date else None,
        "phone": hit.phone or None,
        "language": hit.language or None,
        "passage": plain(result.passage),
        "passage_html": result.passage,
    }


def plain(marked: str) -> str:
    """The text of what a highlighter has marked, whose only tags are `<mark>`."""
    return unescape(marked.replace("<mark>", "").replace("</mark>", ""))


def facet(row: FilterRow) -> dict[str, Any]:
    return {
        "name": row.filter.name,
        "label": str(row.filter.label),
        "options": [
            {
                "value": choice.option.value,
                "label": choice.option.label,
                "count": choice.count,
                "chosen": choice.chosen,
                "parent": choice.option.parent or None,
            }
            for choice in row.choices
        ],
    }


def description(address: str) -> dict[str, Any]:
    """What the search at `address` understands."""
    source = registry.registered_source()
    filters = source.filters if source else ()
    return {
        "url": address,
        "method": "GET",
        "parameters": {
            "q": "text to find (required)",
            "language": " | ".join(content_languages()),
            "sort": f"relevance | {NEWEST}",
            "page": "number, from 1",
            **{each.name: "a value of the facet of this name" for each in filters},
        },
    }
