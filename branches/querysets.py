"""The vocabulary of branches, and of all pages in their trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from wagtail.query import PageQuerySet

from branches.routing import is_restricted
from search.folding import visible

if TYPE_CHECKING:
    from wagtail.models import Page

    from branches.models import Branch, SlugRecord  # noqa: F401  # named in a string
    from branches.permissions import Scope


class TreePageQuerySet(PageQuerySet):
    def readable(self) -> Self:
        """What everybody may read: live, and neither restricted nor below what is."""
        return self.live().exclude(is_restricted())


class SlugRecordQuerySet(models.QuerySet["SlugRecord"]):
    def below(self, parent: Page) -> Self:
        """The names that were ever given below `parent`."""
        return self.filter(parent_id=parent.pk)

    def public(self) -> Self:
        """Those at which readers have found something."""
        return self.filter(was_public=True)


class BranchQuerySet(models.QuerySet["Branch"]):
    def open(self) -> Self:
        return self.filter(status="open")

    def below(self, branch: Branch, *, inclusive: bool = True) -> Self:
        """`branch` and every branch under it, at any depth."""
        found = self.filter(lineage__startswith=branch.lineage)
        return found if inclusive else found.exclude(pk=branch.pk)

    def above(self, branch: Branch) -> Self:
        """Those whom `branch` reports to, up to the province; not itself."""
        codes = branch.lineage.strip("/").split("/")
        return self.filter(code__in=codes).exclude(pk=branch.pk)

    def named_like(self, text: str) -> Self:
        """Those whose name, division, code or pinyin (full or initials) contains `text`."""
        text = visible(text).strip()
        latin = text.lower().replace(" ", "").replace("'", "").replace("ü", "v")
        return self.filter(
            Q(name__icontains=text)
            | Q(division__icontains=text)
            | Q(code__startswith=text)
            | Q(pinyin__contains=f" {latin}")
        )

    def former_owner(self, slug: str, code: str) -> Branch | None:
        """Who was called `slug` before, if the branch with `code` never was and nobody is now."""
        called = list(self.filter(pages__slug_records__slug=slug).distinct())
        known = any(branch.code == code or branch.slug == slug for branch in called)
        return called[0] if called and not known else None

    def within(self, scope: Scope) -> Self:
        """Those for which the user of `scope` reviews, and those below them."""
        if scope.everywhere:
            return self.all()
        reviewed = Q(pk=None)
        for lineage in scope.reviews:
            reviewed |= Q(lineage__startswith=lineage)
        return self.filter(reviewed)

    def replace_lineage(self, before: str, after: str) -> int:
        """Carry a changed lineage through to the branches below. Returns how many changed."""
        return self.filter(lineage__startswith=before).update(
            lineage=Concat(Value(after), Substr("lineage", len(before) + 1))
        )
