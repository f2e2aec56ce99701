"""Colour conversion: every picture in grey, RGB or RGBA with eight bits, in which all can read it.

Printers' offices send CMYK, scanners sixteen bits of grey, drawing programs palettes; WebP and JPEG
know none of them, or not all browsers do.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

#: The colour spaces of profiles, by the modes to which they fit.
SPACES = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB"}
PLAIN = tuple(SPACES)
#: Modes of one large number per pixel, and which is white; 0 where only the picture itself says.
DEEP = {"I;16": 65535, "I;16L": 65535, "I;16B": 65535, "I;16N": 65535, "I": 0, "F": 0}
#: Modes that lose nothing, and need less memory, when they are made smaller first.
SMALLER_FIRST = (*PLAIN, "CMYK", "YCbCr", "LAB", "HSV")


def with_plain_colours(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """`picture` in one of the modes `PLAIN`, as small as `size`, with what was known of it."""
    known = dict(picture.info)
    if picture.mode in SMALLER_FIRST and not picture.has_transparency_data:
        plain = plain_colours(smaller(picture, size))
    else:
        plain = smaller(plain_colours(picture), size)
    plain.info = {**known, "icc_profile": plain.info.get("icc_profile")}
    return plain


def smaller(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    if picture.size == size:
        return picture.copy()
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def plain_colours(picture: Image.Image) -> Image.Image:
    """`picture` in one of the modes `PLAIN`."""
    if picture.mode in DEEP:
        return eight_bits(picture)
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in PLAIN:
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    return printed(picture) or picture.convert("RGB")


def eight_bits(picture: Image.Image) -> Image.Image:
    """The grey of a scanner or an instrument; where nothing says what is white, the lightest is."""
    white = DEEP[picture.mode]
    numbers = picture if picture.mode == "F" else picture.convert("I")
    bounds: Any = (0, white) if white else numbers.getextrema()
    low, high = bounds
    scale = 255 / ((high - low) or 1)
    return numbers.point(lambda number: number * scale - low * scale).convert("L")


def printed(picture: Image.Image) -> Image.Image | None:
    """The colours as a press would print them, where `picture` brings the profile of the press."""
    profile: bytes = picture.info.get("icc_profile") or b""
    if picture.mode == "LAB":
        source = ImageCms.createProfile("LAB")
    elif picture.mode == "CMYK" and space_of(profile) == "CMYK":
        source = ImageCms.ImageCmsProfile(BytesIO(profile))  # type: ignore[assignment]
    else:
        return None
    sheet = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(picture, source, sheet, outputMode="RGB")
    if shown is not None:
        shown.info.pop("icc_profile", None)
    return shown


def profile_of(picture: Image.Image) -> bytes | None:
    """The colour profile of `picture`, if it is one for such colours."""
    profile: bytes | None = picture.info.get("icc_profile")
    return profile if space_of(profile) == SPACES[picture.mode] else None


def space_of(profile: bytes | None) -> str:
    """The colour space that `profile` describes; nothing where it is damaged."""
    try:
        found = ImageCms.ImageCmsProfile(BytesIO(profile or b"")).profile.xcolor_space
    except (OSError, ImageCms.PyCMSError):
        return ""
    return str(found).strip()
