from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.languages import current_language
from search.statistics import record_click

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 2_000


@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """Counts that a result of the search `q` was opened; a browser sends it on leaving the page.

    No token is asked: nothing but a number changes, and public pages hold none. 204 in any case,
    but 400 for what no page of ours sends.
    """
    if request.content_type != FORM or len(request.body) > MOST_BYTES:
        return HttpResponse(status=400)
    record_click(request.POST.get("q", ""), current_language())
    return HttpResponse(status=204)
