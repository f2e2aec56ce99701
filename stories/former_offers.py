"""Redirects of offered pieces: their names below a branch begin with the slug of the branch that
offers them, so they change with it, and with the piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from branches.models import Branch, SlugRecord
from stories.models.content import ContentPage

if TYPE_CHECKING:
    from stories.models.sections import ContentSection

#: A slug of a branch, a hyphen, a slug of a page.
LONGEST_NAME = 50 + 1 + 255


def once_offered(section: ContentSection, name: str) -> ContentPage | None:
    """The piece that was once offered in `section` as `name`, if readers may still have it."""
    public = section.piece_model().objects.readable().in_locale(section.locale_id)
    meant_for_here = Q(audience=ContentPage.Audience.BELOW) | Q(branch=section.branch)
    called_so = pieces_once_called(section, name)
    return public.filter(meant_for_here, pk__in=called_so).select_related("branch").first()


def pieces_once_called(section: ContentSection, name: str) -> set[int]:
    """Keys of the pieces that stood in this section of a branch above, or once above, when the
    branch and they were called as `name` says, whichever of its hyphens stands between the two."""
    slugs = dict(splits(name[:LONGEST_NAME]))
    homes = SlugRecord.objects.filter(page__in=section.branch.pages.values("pk"))
    once_above = Q(pages__in=homes.values("parent"))
    above = Branch.objects.filter(once_above | Q(pk__in=Branch.objects.above(section.branch)))
    called = above.filter(pages__slug_records__slug__in=slugs)
    branches = called.values_list("pk", "pages__slug_records__slug")
    wanted = {(branch, slugs[slug]) for branch, slug in branches}
    branch_then = type(section).objects.filter(pk=OuterRef("parent")).values("branch")
    entries = SlugRecord.objects.public().annotate(branch=Subquery(branch_then))
    named = entries.filter(
        slug__in={slug for _branch, slug in wanted}, branch__in={branch for branch, _slug in wanted}
    )
    found = named.values_list("branch", "slug", "page")
    return {page for branch, slug, page in found if (branch, slug) in wanted}


def splits(name: str) -> Iterator[tuple[str, str]]:
    """`name` as slug of a branch and slug of a piece: a-1-2 is a and 1-2, or a-1 and 2."""
    parts = name.split("-")
    for length in range(1, len(parts)):
        yield "-".join(parts[:length]), "-".join(parts[length:])
