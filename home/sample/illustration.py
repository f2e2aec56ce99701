"""Puts the drawn pictures into the image library, each with its alternative text."""

from __future__ import annotations

from io import BytesIO
from zlib import crc32

from django.core.files.images import ImageFile

from branches.models import Branch, BranchImage
from home.sample.pictures import draw

SIZE = (1600, 1000)
CREDIT = "本站绘制"


def illustrate(branch: Branch, key: str, motif: str, alt: str) -> BranchImage:
    """The picture `key` of `branch`, drawn if it is not there yet; `key` seeds the drawing."""
    title = f"{motif} · {key}"
    found = BranchImage.objects.filter(title=title, collection=branch.media_collection).first()
    if found is not None:
        return found
    return BranchImage.objects.create(
        title=title,
        description=alt[:255],
        credit=CREDIT,
        collection=branch.media_collection,
        file=ImageFile(drawing(motif, crc32(key.encode())), name=f"{motif}.jpg"),
    )


def drawing(motif: str, seed: int) -> BytesIO:
    """The picture as a JPEG file."""
    buffer = BytesIO()
    draw(motif, seed=seed, size=SIZE).save(buffer, "JPEG", quality=86, optimize=True)
    buffer.seek(0)
    return buffer
