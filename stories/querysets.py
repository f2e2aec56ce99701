"""The vocabulary of pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from branches.models import Branch


class ContentPageQuerySet(PageQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-date", "-pk")

    def in_locale(self, locale_id: int) -> Self:
        return self.filter(locale_id=locale_id)

    def of(self, branch: Branch) -> Self:
        return self.filter(branch=branch)

    def below(self, branch: Branch, *, inclusive: bool = True) -> Self:
        """Pieces of `branch` and of every branch under it."""
        found = self.filter(branch__lineage__startswith=branch.lineage)
        return found if inclusive else found.exclude(branch=branch)

    def offered_to(self, branch: Branch) -> Self:
        """What the branches above offer to those below them; not the branch's own."""
        above = branch.lineage.strip("/").split("/")[:-1]
        return self.filter(branch__code__in=above, audience="below")

    def listed_by(self, branch: Branch) -> Self:
        """What the sections of `branch` list: its own pieces, and what is offered to it."""
        above = branch.lineage.strip("/").split("/")[:-1]
        return self.filter(
            Q(branch=branch) | Q(branch__code__in=above, audience="below")
        ).newest_first()

    def found_by(self, branch: Branch) -> Self:
        """What a search within `branch` covers: it, those below it, and what is offered to it."""
        above = branch.lineage.strip("/").split("/")[:-1]
        return self.filter(
            Q(branch__lineage__startswith=branch.lineage)
            | Q(branch__code__in=above, audience="below")
        )

    def about(self, topic_slug: str) -> Self:
        return self.filter(topics__slug=topic_slug)

    def reaching(self, venue_slug: str) -> Self:
        return self.filter(venues__slug=venue_slug)

    def featured_first(self) -> Self:
        return self.order_by("-featured", "-date", "-pk")

    def for_listing(self) -> Self:
        """With what a list shows of each piece: branch, picture; nothing more."""
        return (
            self.select_related("branch", "lead_image")
            .defer("body", "search_description")
            .prefetch_related("topics")
        )
