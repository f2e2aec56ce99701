from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.frame import frame_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """``frame``, read when a template first asks for it."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}
