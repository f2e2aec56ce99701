"""Decompression bombs are refused, and pictures are decoded one at a time: memory is finite.

Half a megabyte may hold a hundred million pixels. The limits are for a machine with two cores and
1 GB: decoding and making smaller takes up to 450 MB, measured with Pillow 13 for each format.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import sqrt
from pathlib import Path
from time import monotonic, sleep
from typing import IO

import pillow_heif
from django.core.files import locks
from PIL import Image

MILLION = 1_000_000
#: Pixels by format. A JPEG is decoded in reduced size, but for a progressive one, whose
#: coefficients are all kept; WebP is decoded as an animation is, with copies of the whole.
MOST = {"JPEG": 150 * MILLION, "MPO": 150 * MILLION, "AVIF": 40 * MILLION, "WEBP": 25 * MILLION}
MOST_OF_OTHERS = 50 * MILLION
MOST_IF_PROGRESSIVE = 40 * MILLION
#: To make what is seen through smaller, it is copied twice.
MOST_IF_TRANSPARENT = 25 * MILLION
#: Formats that are decoded at all (MPO is opened as JPEG). Pillow knows many more, which nobody
#: here needs.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "TIFF", "BMP")
#: What is stored of a picture has no more pixels, and no longer edge, than this. WebP, in which
#: readers get it, ends at 16,383; a long poster stays wide enough to be read.
STORED_PIXELS = 16 * MILLION
STORED_EDGE = 16_000
#: The width of the widest rendition.
RENDERED = 1600

#: One for all processes of this user on this machine.
LOCK = Path(tempfile.gettempdir()) / f"pictures-{os.getuid()}.lock"
#: For how many seconds somebody waits for a turn.
PATIENCE = 20.0

pillow_heif.register_heif_opener()


class TooManyPixels(Exception):
    """A picture that is not decoded.

    :param most: how many pixels it may have.
    """

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} pixels")
        self.most = most


class Unreadable(Exception):
    """What is no picture, or a damaged one."""


class Busy(Exception):
    """Somebody else's pictures are being decoded, and that takes long."""


@contextmanager
def opened(data: bytes | IO[bytes]) -> Iterator[Image.Image]:
    """The picture in `data`, not decoded yet. TooManyPixels; Unreadable for all that goes wrong.

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
        raise TooManyPixels(MOST_OF_OTHERS) from bomb
    except Exception as damaged:
        raise Unreadable(str(damaged)) from damaged


def size_of(file: IO[bytes]) -> tuple[int, int] | tuple[None, None]:
    """Width and height of the picture in `file`, which is not decoded; nothing where it has none
    that we decode."""
    try:
        with opened(file) as picture:
            return picture.size
    except (TooManyPixels, Unreadable):
        return None, None


def most_pixels_of(picture: Image.Image) -> int:
    if picture.has_transparency_data:
        return MOST_IF_TRANSPARENT
    if picture.info.get("progressive"):
        return MOST_IF_PROGRESSIVE
    return MOST.get(picture.format or "", MOST_OF_OTHERS)


def stored_size(picture: Image.Image) -> tuple[int, int]:
    """The size in which `picture` is stored: its own, or as much as is allowed."""
    width, height = picture.size
    scale = min(1, sqrt(STORED_PIXELS / (width * height)), STORED_EDGE / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))


@contextmanager
def turn(patience: float = PATIENCE) -> Iterator[None]:
    """Mutual exclusion over threads and processes, with a bounded wait. Busy after that."""
    end = monotonic() + patience
    with LOCK.open("a") as handle:
        while not locks.lock(handle, locks.LOCK_EX | locks.LOCK_NB):
            if monotonic() > end:
                raise Busy("other pictures are being decoded")
            sleep(0.05)
        yield
