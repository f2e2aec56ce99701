"""Bulk actions: what Wagtail does to many at once has the consequences of doing it to each.

Wagtail's own write past `save()`, with `QuerySet.update`, so that nothing that follows a change
runs; or leave out what the screen for one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.admin.views.pages.bulk_actions import MoveBulkAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.search import index

from branches.accounts import end_sessions
from branches.admin.screens import DeskRequest
from branches.media import FILE_MODELS
from branches.members import ACTIVATE, DEACTIVATE
from branches.models import User
from branches.moving import make_room
from branches.workflow import send_on_soon


class Move(MoveBulkAction):
    """Pieces move also where their number is taken: they get the next free one, as each would."""

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Any]]]:
        pages, refused = super().get_actionable_objects()
        taken = refused.get("pages_with_duplicate_slugs", [])
        refused |= {"pages_with_duplicate_slugs": []} if taken else {}
        return [*pages, *(each["item"] for each in taken)], refused

    @classmethod
    def execute_action(
        cls,
        objects: Sequence[Page],
        destination: Page | None = None,
        user: User | None = None,
        **kwargs: Any,
    ) -> Any:
        pages = [page.specific for page in objects]
        for page in pages if destination else ():
            make_room(page, destination)
            super().execute_action([page], destination=destination, user=user, **kwargs)
        return len(pages), 0


def after(request: DeskRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Do what follows where each of `objects` had been changed by itself."""
    if action_type == "set_active_state":
        follow_accounts(request.user, objects)
        send_on_soon()
    if action_type == "add_to_collection" and action.model in FILE_MODELS:
        keys = [each.pk for each in objects]
        for each in action.model.objects.filter(pk__in=keys):
            index.insert_or_update_object(each)
            log(instance=each, action="wagtail.edit", user=request.user)


def follow_accounts(manager: User, people: Iterable[User]) -> None:
    for person in User.objects.filter(pk__in=[each.pk for each in people]):
        action = ACTIVATE if person.is_active else DEACTIVATE
        log(instance=person, action=action, user=manager)
        if not person.is_active:
            end_sessions(person)
