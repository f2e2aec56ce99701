from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from search import registry, statistics
from search.languages import current_language
from search.results import Search


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=60, stale_while_revalidate=60, stale_if_error=3600)
def search_page(request: HttpRequest) -> HttpResponse:
    """The search page in the language of its address. It is no result for other search engines.

    It is only read: no token is asked of other methods, they are refused (405).
    """
    search = Search(registry.registered_source(), request.GET, current_language())
    if search.asked.query and search.is_first:
        shown = search.count + len(search.best_bets) + search.found_around
        found = 0 if search.corrected else shown
        statistics.record(search.asked.query, search.asked.language, found)
    response = render(request, "search/search.html", {"search": search})
    response["X-Robots-Tag"] = "noindex, follow"
    return response
