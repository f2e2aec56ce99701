"""What administrators see on the home screen while a search engine is away."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Min
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from search.models import EngineOutage, PendingChange


class Trouble(NamedTuple):
    """An engine that does not answer (`since`), or has changes `waiting` since then."""

    since: datetime | None
    waiting: int
    is_away: bool


def trouble() -> Trouble | None:
    """What is wrong with the search engines; None if nothing is."""
    outage = EngineOutage.objects.aggregate(since=Min("since"))["since"]
    waiting = PendingChange.objects.aggregate(since=Min("since"))["since"]
    if outage is None and waiting is None:
        return None
    return Trouble(outage or waiting, PendingChange.objects.count(), outage is not None)


class EnginePanel(Component):
    """Says since when, and how many changes wait."""

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
