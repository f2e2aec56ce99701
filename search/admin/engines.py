"""What administrators see on the home screen while a search engine is away, or incomplete."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from search.models import EngineOutage, PendingChange


class Trouble(NamedTuple):
    """When an engine was `away` first, those that are `incomplete`, and how many changes wait."""

    away: datetime | None
    incomplete: list[EngineOutage]
    waiting: int


def trouble() -> Trouble | None:
    """What is wrong with the search engines; None if nothing is."""
    outages = list(EngineOutage.objects.order_by("since"))
    away = next((outage.since for outage in outages if not outage.missing), None)
    incomplete = [outage for outage in outages if outage.missing]
    found = Trouble(away, incomplete, PendingChange.objects.count())
    return found if any(found) else None


class EnginePanel(Component):
    """Says since when, what is to be done, and how many changes wait."""

    name = "search-engines"
    order = 50
    template_name = "search/admin/engine_panel.html"

    def __init__(self, found: Trouble) -> None:
        self.found = found

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {"trouble": self.found}


def panels(request: HttpRequest, found: list[Component]) -> None:
    """Add ours where there is something to say to this user."""
    if request.user.is_superuser and (wrong := trouble()):
        found.append(EnginePanel(wrong))
