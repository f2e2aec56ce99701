from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from search.languages import current_language
from search.models import Suggestion
from search.suggestions import label_of, suggest

AS_TYPED = {"ensure_ascii": False}


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=300)
def suggestions(request: HttpRequest) -> JsonResponse:
    """What somebody may mean who has typed `?q=` so far, in the language of the address.

    A list of objects with `text` and `kind`; with `url` where one leads to a page (else it is
    searched for), with `label` where readers are told what kind it is.
    """
    found = suggest(request.GET.get("q", ""), current_language())
    response = JsonResponse([shown(each) for each in found], safe=False, json_dumps_params=AS_TYPED)
    response["X-Robots-Tag"] = "noindex"
    return response


def shown(suggestion: Suggestion) -> dict[str, str]:
    values = {
        "text": suggestion.text,
        "kind": suggestion.source,
        "url": suggestion.url,
        "label": label_of(suggestion),
    }
    return {name: value for name, value in values.items() if value}
