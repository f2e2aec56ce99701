"""The vocabulary of pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from wagtail.models import Locale

from branches.models import Branch
from branches.querysets import TreePageQuerySet
from stories.expressions import InFew, NotByIndex

if TYPE_CHECKING:
    from stories.models import ContentPage


class ContentPageQuerySet(TreePageQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-listed_on", "-pk")

    def in_locale(self, locale_id: int) -> Self:
        return self.filter(Exact(NotByIndex("locale_id"), locale_id))

    def public_in(self, language: str) -> Self:
        """All that readers of the language with the code `language` may see."""
        locale = Locale.objects.filter(language_code=language).values("pk")
        return self.readable().filter(Exact(NotByIndex("locale_id"), Subquery(locale)))

    def of(self, branch: Branch) -> Self:
        return self.filter(branch=branch)

    def below(self, branch: Branch, *, inclusive: bool = True) -> Self:
        """Pieces of `branch` and of every branch under it."""
        return self.filter(
            branch__in=Branch.objects.below(branch, inclusive=inclusive).values("pk")
        )

    def offered_to(self, branch: Branch) -> Self:
        """What the branches above offer to those below them; not the branch's own."""
        return self.filter(offered_from_above(branch))

    def listed_by(self, branch: Branch) -> Self:
        """What `branch` lists as its own: its pieces, and what is offered to it."""
        return self.filter(Q(branch=branch) | offered_from_above(branch)).newest_first()

    def in_sections_of(self, branch: Branch) -> Self:
        """What the sections of `branch` show. Those of the province, whose site is the portal,
        show what all branches have published."""
        return self.newest_first() if branch.parent_id is None else self.listed_by(branch)

    def about(self, topic_slug: str) -> Self:
        return self.filter(topics__slug=topic_slug)

    def in_year(self, year: str) -> Self:
        return self.filter(year=year)

    def of_type(self, model: type[ContentPage]) -> Self:
        """Only pieces of the type `model`."""
        return self.filter(**{f"{model._meta.model_name}__isnull": False})

    def newer_than(self, piece: ContentPage) -> Self:
        """Those before `piece` in a list, nearest first. (One not yet saved ends its day.)"""
        newer = Q(listed_on__gt=piece.listed_on)
        if piece.pk:
            newer |= Q(listed_on=piece.listed_on, pk__gt=piece.pk)
        return self.filter(newer).order_by("listed_on", "pk")

    def older_than(self, piece: ContentPage) -> Self:
        """Those after `piece` in a list, nearest first."""
        same_day = Q(pk__lt=piece.pk) if piece.pk else Q()
        older = Q(listed_on__lt=piece.listed_on) | (Q(listed_on=piece.listed_on) & same_day)
        return self.filter(older).newest_first()

    def sharing_topics_with(self, piece: ContentPage) -> Self:
        """Those with a topic that `piece` has too."""
        tagged = self.model.topics.through.objects
        return self.about_any(tagged.filter(contentpage_id=piece.pk).values("topic_id"))

    def about_any(self, topics: Any) -> Self:
        """Those with one of `topics` (keys, or a query for them)."""
        tagged = self.model.topics.through.objects
        return self.filter(
            Exists(tagged.filter(contentpage_id=OuterRef("pk"), topic_id__in=topics))
        )

    def first_of_each(self, *lists: Self) -> Self:
        """What is in any of the (cut) `lists`, in one query; they are told apart in Python.

        Each list is cut in a subquery of its own: SQLite allows no limit in the parts of a union.
        Nothing else is asked of what comes out, with which a database might begin instead.
        """
        cut = [self.model.objects.order_by().filter(pk__in=part.values("pk")) for part in lists]
        first, *others = [part.values("pk") for part in cut]
        few = first.union(*others, all=True).query
        found: Self = self.model.objects.filter(InFew(F("pk"), few))
        return found

    def for_listing(self) -> Self:
        """With what a list shows of each piece, read with it: branch, picture, type, category."""
        return (
            self.select_related("branch", "lead_image")
            .defer("body", "search_description", "lead_image__file_hash")
            .annotate(
                listed_type=F("content_type__model"),
                listed_category=Coalesce(
                    "newspage__category", "storypage__kind", "explainerpage__law", Value("")
                ),
                listed_place=Coalesce("storypage__place", Value("")),
            )
        )


def offered_from_above(branch: Branch) -> Q:
    return Q(branch__in=Branch.objects.above(branch).values("pk"), audience="below")
