"""Pictures as pages show them: made at publication, read in one query, sized by the browser."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Prefetch, Q, Value, When, prefetch_related_objects
from django.db.models.expressions import Combinable
from django.utils import timezone

from branches.decoding_lock import Busy
from branches.models import BranchImage, BranchRendition

logger = logging.getLogger(__name__)

#: Renditions by format. JPEG is for mail, WeChat and old browsers only, and so has two widths.
#: AVIF would save a few kilobytes more and costs ten times the time of WebP to make.
FORMATS = {
    "webp": ("format-webp|webpquality-72", (400, 800, 1200, 1600)),
    "jpeg": ("format-jpeg|jpegquality-76", (800, 1200)),
}
ALL_SPECS = tuple(f"width-{width}|{spec}" for spec, widths in FORMATS.values() for width in widths)
#: What a picture that stands small beside a title needs of them: the narrowest.
THUMBNAIL = tuple(f"width-{widths[0]}|{spec}" for spec, widths in FORMATS.values())
#: The fields of an image that a `Picture` is made of.
PICTURE_FIELDS = ("file", "width", "height", "description", "credit", "is_public")

#: Pictures mended at a time: some seconds of work.
MENDED = 10
RETRIED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Picture:
    """All that an ``img`` or ``picture`` element needs; a ``srcset`` may be empty.

    :param large: the address of a wide JPEG, for those who fetch a page's picture to share it.
    """

    src: str
    srcset: str
    webp_srcset: str
    width: int
    height: int
    alt: str
    credit: str
    large: str


def specs_for(image: BranchImage) -> tuple[str, ...]:
    """The renditions that `image` has: of each format the widths up to its own."""
    return tuple(
        f"width-{width}|{spec}"
        for spec, widths in FORMATS.values()
        for width in widths
        if width <= image.width or width == widths[0]
    )


def prefetch_renditions(
    images: Iterable[BranchImage | None], specs: Iterable[str] = ALL_SPECS
) -> None:
    """Read the renditions of all `images` in one query, for `picture_of` and Wagtail's tags."""
    unread = [image for image in images if image and not hasattr(image, "prefetched_renditions")]
    if not unread:
        return
    renditions = BranchRendition.objects.filter(filter_spec__in=specs)
    prefetch_related_objects(
        unread, Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
    )


def picture_of(image: BranchImage | None, credit: str = "") -> Picture | None:
    """The picture that shows `image`; None where there is nothing to show.

    A draft's, without renditions, shows the original, which only those who may choose it get. A
    public one that lost its renditions is not shown until the next tick has made them.
    """
    if image is None:
        return None
    prefetch_renditions([image])
    made = {rendition.filter_spec: rendition for rendition in image.prefetched_renditions}
    jpeg = renditions_in(made, "jpeg")
    if image.is_public and not jpeg:
        return None
    return Picture(
        src=jpeg[0].url if jpeg else image.file.url,
        srcset=srcset(jpeg),
        webp_srcset=srcset(renditions_in(made, "webp")),
        width=image.width,
        height=image.height,
        alt=image.description,
        credit=credit or image.credit,
        large=jpeg[-1].url if jpeg else image.file.url,
    )


def renditions_in(made: dict[str, BranchRendition], name: str) -> list[BranchRendition]:
    """Those of `made` in the format `name`, narrowest first."""
    spec, widths = FORMATS[name]
    specs = [f"width-{width}|{spec}" for width in widths]
    return [made[spec] for spec in specs if spec in made]


def srcset(renditions: Iterable[BranchRendition]) -> str:
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def make_renditions(images: Iterable[BranchImage]) -> int:
    """Make the renditions that `images` lack, each by itself. Returns how many lacked some."""
    return make_all((image, lacking(image)) for image in images)


def lacking(image: BranchImage) -> set[str]:
    """Those of `specs_for` that `image` has not."""
    return set(specs_for(image)).difference(image.renditions.values_list("filter_spec", flat=True))


def make_all(wanted: Iterable[tuple[BranchImage, set[str]]]) -> int:
    """Make of each image the renditions beside it. Returns for how many images all succeeded.

    Where other pictures are being decoded for long, the rest is left to the clock.
    """
    made = 0
    try:
        for image, specs in wanted:
            if specs or image.failed_at:
                made += make_each(image, specs)
    except Busy:
        logger.warning("Other pictures are being decoded; the clock makes what is not made yet.")
    return made


def make_each(image: BranchImage, specs: Iterable[str]) -> bool:
    """Make the renditions `specs` of `image`. Returns whether all succeeded; Busy at once.

    One that fails leaves out nothing but itself; the log names the picture, and so do the screens
    of who can change it (`failed_at`). It is tried again when its time has come.
    """
    failed = [error for spec in sorted(specs) if (error := failure_of(image, spec))]
    image.failed_at = timezone.now() if failed else None
    BranchImage.objects.filter(pk=image.pk).update(failed_at=image.failed_at)
    return not failed


def failure_of(image: BranchImage, spec: str) -> Exception | None:
    """Make one rendition of `image`. Returns why that failed, which is logged; Busy."""
    try:
        image.get_rendition(spec)
    except Exception as error:
        if isinstance(error.__cause__, Busy):
            raise error.__cause__ from error
        logger.error("Picture %s gets no rendition %s: %r", image.pk, spec, error)
        return error
    return None


def mend_renditions() -> int:
    """Make what public pictures lack, since a file was replaced or a signal lost; some at a time.

    Returns how many pictures were mended. What fails comes last, and not before an hour has gone.
    """
    made = Count("renditions", filter=Q(renditions__filter_spec__in=ALL_SPECS))
    public = BranchImage.objects.filter(is_public=True).annotate(made=made)
    incomplete = Q(failed_at=None, made__lt=number_of_renditions())
    due = public.filter(incomplete | Q(failed_at__lt=last_retry()))
    return make_renditions(due.order_by(F("failed_at").asc(nulls_first=True), "pk")[:MENDED])


def number_of_renditions() -> Combinable:
    """How many renditions an image of its width has, in SQL; see `specs_for`."""
    wider = [width for _spec, widths in FORMATS.values() for width in widths[1:]]
    each = [Case(When(width__gte=width, then=Value(1)), default=Value(0)) for width in wider]
    return sum(each, start=Value(len(FORMATS)))


def last_retry() -> datetime:
    """What failed before this hour is tried again."""
    return timezone.now() - RETRIED_AFTER
