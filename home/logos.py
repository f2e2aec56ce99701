"""The logo of a branch: one small rendition, read together with the branch."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import F, FilteredRelation, Q, QuerySet

from branches.media import logos, update_publicity
from branches.models import Branch, BranchImage, BranchPage
from stories.pictures import MENDED, Picture, last_retry, make_all

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
    """Make the small logo of `branch`, and let the public fetch it."""
    if branch.logo is not None:
        make_all([(branch.logo, {LOGO_SPEC})])
        update_publicity(BranchImage, {str(branch.logo_id)})


def mend_logos() -> int:
    """Make the logos that are not there yet, since that failed. Returns how many were made."""
    made = BranchImage.objects.filter(renditions__filter_spec=LOGO_SPEC).values("pk")
    lacking = BranchImage.objects.filter(pk__in=logos()).exclude(pk__in=made)
    due = lacking.exclude(failed_at__gt=last_retry())[:MENDED]
    return make_all((image, {LOGO_SPEC}) for image in due)
