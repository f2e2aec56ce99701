"""Decompression bombs are refused by what the head of a file says, before anything is decoded.

Half a megabyte may hold a hundred million pixels. What a head conceals is stopped where it is
decoded, see :mod:`branches.sandbox`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import sqrt
from typing import IO

import pillow_heif
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from branches.colours import DEEP

MILLION = 1_000_000
#: Bytes that normalising a picture may take, for a machine with two cores and 1 GB.
MEMORY = 450 * MILLION
#: What of them a pixel takes, by format, measured with Pillow 13 and rounded up. A JPEG is decoded
#: in reduced size; WebP is decoded as an animation is, with copies of the whole.
BYTES_PER_PIXEL = {"JPEG": 3, "MPO": 3, "AVIF": 14, "WEBP": 29}
OF_OTHERS = 9
#: And more where all coefficients of a JPEG with several scans are kept, where what is seen through
#: is copied to be made smaller, and where sixteen bits of grey become numbers of 32 bits.
IF_SEVERAL_SCANS = 10
IF_TRANSPARENT = 11
IF_DEEP = 3
START_OF_SCAN = 0xDA
#: Formats that are decoded at all (MPO is opened as JPEG). Pillow knows many more, which nobody
#: here needs.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "TIFF", "BMP")
#: What is stored of a picture has no more pixels, and no longer edge, than this. WebP, in which
#: readers get it, ends at 16,383; a long poster stays wide enough to be read.
STORED_PIXELS = 16 * MILLION
STORED_EDGE = 16_000
#: The width of the widest rendition.
RENDERED = 1600

pillow_heif.register_heif_opener()


class TooManyPixels(Exception):
    """A picture that is not decoded.

    :param most: how many pixels it may have.
    """

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} pixels")
        self.most = most


class TooCostly(Exception):
    """A picture that takes more memory or time to decode than its head says."""


class Unreadable(Exception):
    """What is no picture, or a damaged one."""


@contextmanager
def opened(data: bytes | IO[bytes]) -> Iterator[Image.Image]:
    """The picture in `data`, not decoded yet. TooManyPixels, TooCostly; Unreadable for all else
    that goes wrong.

    (Those who decode what strangers send raise whatever comes, be it a KeyError.)
    """
    try:
        file = BytesIO(data) if isinstance(data, bytes) else data
        with Image.open(file, formats=FORMATS) as picture:
            most = most_pixels_of(picture)
            if picture.width * picture.height > most:
                raise TooManyPixels(most)
            yield picture
    except TooManyPixels:
        raise
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels(MEMORY // OF_OTHERS) from bomb
    except Exception as error:
        raise (TooCostly if lacks_memory(error) else Unreadable)(str(error)) from error


def lacks_memory(error: Exception) -> bool:
    """Whether `error` says that there was not memory enough, which each codec says in its way."""
    return isinstance(error, MemoryError) or any(
        words in str(error).lower() for words in ("memory", "decoder error -9")
    )


def size_of(file: IO[bytes]) -> tuple[int, int] | tuple[None, None]:
    """Width and height of the picture in `file`, which is not decoded; nothing where it has none
    that we decode."""
    try:
        with opened(file) as picture:
            return picture.size
    except (TooManyPixels, TooCostly, Unreadable):
        return None, None


def most_pixels_of(picture: Image.Image) -> int:
    """How many pixels of the kind of `picture` there is memory for."""
    each = BYTES_PER_PIXEL.get(picture.format or "", OF_OTHERS)
    each += IF_SEVERAL_SCANS * has_several_scans(picture)
    each += IF_TRANSPARENT * picture.has_transparency_data
    each += IF_DEEP * (picture.mode in DEEP)
    return MEMORY // each


def has_several_scans(picture: Image.Image) -> bool:
    """Whether `picture` is a JPEG that is decoded in several passes, flagged progressive or not."""
    if not isinstance(picture, JpegImageFile) or picture.fp is None:
        return False
    place = picture.fp.tell()
    several = first_scan(picture.fp) != picture.layers
    picture.fp.seek(place)
    return several or "progressive" in picture.info


def first_scan(file: IO[bytes]) -> int:
    """How many components the first scan of a JPEG has; 0 where something is odd."""
    file.seek(2)
    while len(head := file.read(5)) == 5 and head[0] == 0xFF:
        if head[1] == START_OF_SCAN:
            return head[4]
        file.seek(int.from_bytes(head[2:4]) - 3, os.SEEK_CUR)
    return 0


def stored_size(picture: Image.Image) -> tuple[int, int]:
    """The size in which `picture` is stored: its own, or as much as is allowed."""
    width, height = picture.size
    scale = min(1, sqrt(STORED_PIXELS / (width * height)), STORED_EDGE / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))
