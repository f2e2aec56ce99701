"""Which pieces stand on a home page: read in one query, told apart in Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, IntegerField, Value, When

from branches.models import Branch, BranchPage
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage
from stories.querysets import ContentPageQuerySet

COUNTS: dict[type[ContentPage], int] = {StoryPage: 5, NewsPage: 8, ExplainerPage: 3}
BELOW = 4


@dataclass(frozen=True)
class Selection:
    """The pieces of the home page of `branch`, best first.

    :param apart: whether those of the branches below stand in a part of their own.
    """

    branch: Branch
    pieces: list[ContentPage]
    apart: bool

    @cached_property
    def below(self) -> list[ContentPage]:
        """The latest of the branches below, where they stand apart."""
        found = [piece for piece in self.pieces if self.apart and self.is_below(piece)]
        return found[:BELOW]

    def is_below(self, piece: ContentPage) -> bool:
        lineage = piece.branch.lineage
        return lineage != self.branch.lineage and lineage.startswith(self.branch.lineage)

    def of_type(self, model: type[ContentPage]) -> list[ContentPage]:
        """The pieces of type `model`, as many as the page shows."""
        return self.all_of_type(model)[: COUNTS[model]]

    def all_of_type(self, model: type[ContentPage]) -> list[ContentPage]:
        name = model._meta.model_name
        own = [piece for piece in self.pieces if not (self.apart and self.is_below(piece))]
        return [piece for piece in own if piece.listed_type == name]

    @property
    def stories(self) -> list[ContentPage]:
        """The stories with the one that leads at the front: the newest of the featured ones.

        Where it is offered by a branch above, being featured there makes it no lead here.
        """
        found = self.all_of_type(StoryPage)
        ours = [s for s in found if not self.apart or s.branch_id == self.branch.pk]
        lead = [story for story in ours if story.featured][:1] or found[:1]
        rest = [story for story in found if story not in lead]
        return [*lead, *rest][: COUNTS[StoryPage]]


def read_portal(page: BranchPage) -> Selection:
    """The newest of the whole province, and the newest featured story. One query."""
    live = ContentPage.objects.readable().in_locale(page.locale_id)
    newest = [live.of_type(model).newest_first()[:count] for model, count in COUNTS.items()]
    featured = live.of_type(StoryPage).filter(featured=True).newest_first()[:1]
    found = live.first_of_each(*newest, featured).newest_first()
    return Selection(page.branch, list(found.for_listing()), apart=False)


def read_branch(page: BranchPage) -> Selection:
    """The branch's own pieces, then what is offered to it, and the latest from below. One query."""
    branch = page.branch
    live = ContentPage.objects.readable().in_locale(page.locale_id)
    listed = own_first(live.listed_by(branch), branch)
    lists = [listed.of_type(model)[:count] for model, count in COUNTS.items()]
    featured = live.of(branch).of_type(StoryPage).filter(featured=True).newest_first()[:1]
    below = live.below(branch, inclusive=False).newest_first()[:BELOW]
    found = own_first(live.first_of_each(*lists, featured, below), branch)
    return Selection(branch, list(found.for_listing()), apart=True)


def own_first(pieces: ContentPageQuerySet, branch: Branch) -> ContentPageQuerySet:
    rank = Case(When(branch=branch, then=Value(0)), default=Value(1), output_field=IntegerField())
    return pieces.order_by(rank, "-listed_on", "-pk")
