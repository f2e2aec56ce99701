"""Uploaded pictures lose what cameras and telephones write into them: place, time, owner.

Readers would get the place where a picture was taken with it, be it somebody's home. What the
picture needs to look right stays: its colours, and it is turned the right way up.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.forms import ImageField
from PIL import Image, ImageOps
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

#: Formats by what Pillow calls the one that it read, and how to write them again. Telephones
#: put several pictures into one JPEG (MPO); the first is the one that was meant.
WRITTEN_AS = {
    "JPEG": ("JPEG", {"quality": 92}),
    "MPO": ("JPEG", {"quality": 92}),
    "PNG": ("PNG", {}),
    "WEBP": ("WEBP", {"quality": 92}),
    "HEIF": ("HEIF", {"quality": 90}),
}
#: Without places for what cameras know, and animated at times.
LEFT = frozenset({"GIF"})
#: The colour profile, and which colour of a PNG is none.
PROFILE = "icc_profile"
KEPT = (PROFILE, "transparency")

pillow_heif.register_heif_opener()


class BarePicture(ContentFile):  # type: ignore[type-arg]  # not generic at run time
    """The file of a picture that says nothing but the picture."""


class BareFile(WagtailImageFieldFile):
    """The file of a picture in the storage, to which every way of uploading comes."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:
        super().save(name, content if isinstance(content, BarePicture) else bare(content), save)

    save.alters_data = True  # type: ignore[attr-defined]


class BarePictureField(WagtailImageField):
    """Wagtail's field for pictures, but for what it stores."""

    attr_class = BareFile

    def deconstruct(self) -> Any:
        """As Wagtail's: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


def bare(file: File[bytes]) -> BarePicture:
    """The picture in `file`, with nothing else in it. ValidationError where there is none.

    What moves in a PNG or WebP stands still afterwards, as readers see it anyway.
    """
    file.seek(0)
    data = file.read()
    try:
        return BarePicture(written_again(data), name=file.name)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as unreadable:
        message = ImageField.default_error_messages["invalid_image"]
        raise ValidationError({"file": ValidationError(message, "invalid_image")}) from unreadable


def written_again(data: bytes) -> bytes:
    """The bytes of the picture in `data`. ValueError where it is in a format that nobody needs."""
    with Image.open(BytesIO(data)) as opened:
        if opened.format in LEFT:
            return data
        if opened.format not in WRITTEN_AS:
            raise ValueError(opened.format)
        name, options = WRITTEN_AS[opened.format]
        picture = ImageOps.exif_transpose(opened)
    picture.info = {key: picture.info[key] for key in KEPT if key in picture.info}
    profile = {"icc_profile": picture.info[PROFILE]} if picture.info.get(PROFILE) else {}
    written = BytesIO()
    picture.save(written, name, **options, **profile)
    return written.getvalue()
