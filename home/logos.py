"""The logo of a branch: one small rendition, read together with the branch."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import F, FilteredRelation, Q, QuerySet

from branches.models import Branch, BranchPage, BranchRendition
from stories.pictures import MENDED, Picture

#: Twice as large as it is shown, for sharp screens; in the format in which it was uploaded.
LOGO_SPEC = "max-480x128"


def with_logo(pages: QuerySet[BranchPage]) -> QuerySet[BranchPage]:
    """`pages` with the file and the size of their branches' logos, where those have been made."""
    made = FilteredRelation(
        "branch__logo__renditions", condition=Q(branch__logo__renditions__filter_spec=LOGO_SPEC)
    )
    return pages.annotate(made=made).annotate(
        logo_file=F("made__file"), logo_width=F("made__width"), logo_height=F("made__height")
    )


def logo_of(page: BranchPage) -> Picture | None:
    """The logo of the branch of `page`, which comes from `with_logo`; None while none is made."""
    image = page.branch.logo
    if image is None or not page.logo_file:
        return None
    src = default_storage.url(page.logo_file)
    return Picture(
        src=src, srcset="", webp_srcset="", width=page.logo_width, height=page.logo_height,
        alt=image.description, credit="", large=src,
    )  # fmt: skip


def make_logo(branch: Branch) -> None:
    """Make the small logo of `branch`."""
    if branch.logo is not None:
        branch.logo.get_rendition(LOGO_SPEC)


def mend_logos() -> int:
    """Make the small logos that could not be made when they were set. Returns how many."""
    made = BranchRendition.objects.filter(filter_spec=LOGO_SPEC).values("image_id")
    lacking = Branch.objects.exclude(logo=None).exclude(logo__in=made).select_related("logo")
    branches = list(lacking[:MENDED])
    for branch in branches:
        make_logo(branch)
    return len(branches)
