from __future__ import annotations

from django.http import HttpResponse

from branches.admin.screens import DeskRequest


def session(request: DeskRequest) -> HttpResponse:
    """That somebody is signed in: scripts ask before they send what would be lost otherwise."""
    return HttpResponse(status=204)
