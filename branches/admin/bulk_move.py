"""Bulk move: many pieces go to another branch, as one does by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.models import Page

from branches.moving import make_room

TAKEN = "pages_with_duplicate_slugs"


class MoveTogether(MoveBulkAction):
    """In place of Wagtail's, which refuses pieces whose number is taken where they go."""

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Any]]]:
        pages, others = super().get_actionable_objects()
        taken = [each["item"] for each in others.get(TAKEN, [])]
        return [*pages, *taken], {**others, TAKEN: []}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        destination: Page | None = None,
        user: Any = None,
        **kwargs: Any,
    ) -> tuple[int, int] | None:
        if destination is None:
            return None
        pages = list(objects)
        for page in pages:
            make_room(page, destination)
            page.move(destination, pos="last-child", user=user)
        return len(pages), 0
