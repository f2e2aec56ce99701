"""Normalisation of pictures: colours, size and format that every browser shows, and nothing else.

Cameras and telephones write into them place, time and owner; readers would get the place where a
picture was taken with it, be it somebody's home. Scanners and printers' offices leave colours that
nothing can be made of. What the picture needs to look right stays: its colours, and it is turned
the right way up.

Without anything of Django, which the process that decodes does not load.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import Any

from PIL import Image, ImageOps

from branches.colours import PLAIN, profile_of, with_plain_colours
from branches.decoding import opened, stored_size

#: By format, how it is written again. (Telephones put several pictures into one JPEG, called MPO;
#: the first is the one that was meant.) Any other becomes a JPEG, or a PNG where one sees through.
WRITTEN_AS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP"}
OPTIONS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 92}, "WEBP": {"quality": 92}, "PNG": {}}
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
#: Without places for what cameras know, and animated at times.
LEFT = "GIF"
#: Of the edges that may be stored, for which a JPEG is decoded in reduced size. Were it all, one
#: of nearly twice the edges would be decoded whole.
ENOUGH = 0.85


def is_normal(picture: Image.Image) -> bool:
    """Whether `picture` is as what is stored: in such a format, such colours, and no larger."""
    plain = picture.mode in (*PLAIN, "P") and picture.format in EXTENSIONS
    return plain and picture.size == stored_size(picture)


def written_again(data: bytes) -> tuple[bytes, str]:
    """The picture in `data` as it is stored, and the extension of its name.

    TooManyPixels, TooCostly, Unreadable.
    """
    if is_left(data):
        return data, EXTENSIONS[LEFT]
    upright, form = decoded(data)
    ImageOps.exif_transpose(upright, in_place=True)
    written_as = WRITTEN_AS.get(form) or ("PNG" if upright.mode == "RGBA" else "JPEG")
    return written(upright, written_as), EXTENSIONS[written_as]


def is_left(data: bytes) -> bool:
    """Whether the picture in `data`, which is whole, is stored as it is."""
    with opened(data) as picture:
        if picture.format != LEFT or picture.size != stored_size(picture):
            return False
        picture.load()
        return True


def decoded(data: bytes) -> tuple[Image.Image, str]:
    """The picture in `data` in plain colours and no larger than it is stored, and its format. All
    that its decoder kept is free again."""
    with opened(data) as picture:
        width, height = stored_size(picture)
        picture.draft(picture.mode, (ceil(width * ENOUGH), ceil(height * ENOUGH)))
        return with_plain_colours(picture, stored_size(picture)), picture.format or ""


def written(picture: Image.Image, name: str) -> bytes:
    """`picture` in the format `name`, with its colour profile and nothing else about it."""
    profile = profile_of(picture)
    picture.info = {}
    file = BytesIO()
    picture.save(file, name, **OPTIONS[name], **({"icc_profile": profile} if profile else {}))
    return file.getvalue()
