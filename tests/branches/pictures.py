"""Pictures of every kind that people upload, as bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

import branches.decoding  # noqa: F401  # knows HEIF


def drawn(mode: str, size: tuple[int, int] = (90, 60)) -> Image.Image:
    """A picture from black on top to white below, in the colours `mode`."""
    grey = Image.linear_gradient("L").resize(size)
    if mode == "I;16":
        return grey.convert("I").point(lambda value: value * 257).convert("I;16")
    if mode == "LAB":
        rgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        shown = ImageCms.profileToProfile(grey.convert("RGB"), rgb, lab, outputMode="LAB")
        assert shown is not None
        return shown
    if mode in ("I", "F"):
        return grey.convert(mode)
    return grey.convert("RGB").convert(mode)


def picture_bytes(
    mode: str = "RGB", form: str = "JPEG", size: tuple[int, int] = (90, 60), **options: Any
) -> bytes:
    written = BytesIO()
    drawn(mode, size).save(written, form, **options)
    return written.getvalue()
