"""Puts the drawn pictures of the sample into the image library."""

from __future__ import annotations

from pathlib import Path

from django.core.files.images import ImageFile

from branches.models import Branch, BranchImage

FOLDER = Path(__file__).parent / "images"
CREDIT = "本站绘制"


def add_picture(branch: Branch, name: str, alt: str) -> BranchImage:
    """The picture `name` of ``images``, in the collection of `branch`."""
    with (FOLDER / f"{name}.webp").open("rb") as file:
        return BranchImage.objects.create(
            title=alt[:255],
            description=alt[:255],
            credit=CREDIT,
            collection=branch.media_collection,
            file=ImageFile(file, name=f"{name}.webp"),
        )
