"""Pictures as pages show them: made at publication, read in one query, sized by the browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from branches.models import BranchImage, BranchRendition

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
    """Make the renditions that `images` lack. Returns how many images lacked some."""
    lacking = 0
    for image in images:
        specs = specs_for(image)
        if image.renditions.filter(filter_spec__in=specs).count() < len(specs):
            image.get_renditions(*specs)
            lacking += 1
    return lacking


def mend_renditions() -> int:
    """Make what public pictures lack, since a file was replaced or a signal lost; some at a time.

    Returns how many pictures were mended.
    """
    done = BranchRendition.objects.filter(filter_spec=ALL_SPECS[0]).values("image_id")
    return make_renditions(BranchImage.objects.filter(is_public=True).exclude(pk__in=done)[:MENDED])
