"""The field of pictures: what is stored is normalised first, whatever its name says."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import ImageOps
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from branches.decoding import RENDERED, TooCostly, TooManyPixels, Unreadable, opened, size_of
from branches.decoding_lock import Busy, turn
from branches.normalisation import is_normal, written
from branches.sandbox import normalised


class BarePicture(ContentFile):  # type: ignore[type-arg]  # not generic at run time
    """The file of a picture that says nothing but the picture."""


class BareFile(WagtailImageFieldFile):
    """The file of a picture in the storage, to which every way of uploading comes."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:
        picture = content if isinstance(content, BarePicture) else bare(content)
        extension = PurePosixPath(picture.name or "").suffix
        super().save(with_extension(name, extension), picture, save)

    save.alters_data = True  # type: ignore[attr-defined]

    def get_image_dimensions(self) -> tuple[int, int] | tuple[None, None]:
        """From the head of the file: Wagtail's decodes the whole, and asks for it when a form
        assigns what was uploaded, before anything was refused."""
        close = self.closed
        try:
            self.open()
            return size_of(self)
        finally:
            if close:
                self.close()
            else:
                self.seek(0)


class BarePictureField(WagtailImageField):
    """Wagtail's field for pictures, but for what it stores."""

    attr_class = BareFile

    def deconstruct(self) -> Any:
        """As Wagtail's: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


def bare(file: File[bytes]) -> BarePicture:
    """The picture in `file`, with nothing else in it. ValidationError, in words, where there is
    none, or more of it than this machine can bear.

    What moves in a PNG or WebP stands still afterwards, as readers see it anyway.
    """
    file.seek(0)
    data = file.read()
    try:
        with turn():
            plain, extension = normalised(data)
    except (Unreadable, TooManyPixels, TooCostly, Busy) as unusable:
        raise ValidationError({"file": refusal(unusable)}) from unusable
    return BarePicture(plain, name=with_extension(file.name or "", extension))


def refusal(why: Exception) -> ValidationError:
    """What the person who uploaded a picture can do about it."""
    if isinstance(why, TooManyPixels):
        message = _(
            "这张图片的像素太多：这种格式最多 %(most)s 万像素。"
            "请缩小以后再上传，宽 4000 像素就够清楚了。"
        )
        return ValidationError(message, "too_many_pixels", {"most": why.most // 10_000})
    if isinstance(why, TooCostly):
        message = _(
            "打开这张图片要占用的内存太多，网站处理不了。"
            "请缩小并另存为普通的 JPEG 再上传，宽 4000 像素就够清楚了。"
        )
        return ValidationError(message, "too_costly")
    if isinstance(why, Busy):
        return ValidationError(_("网站正忙着处理别的图片，请过一分钟再上传一次。"), "busy")
    message = _("这个文件不是图片，或者已经损坏。请上传这些格式的图片：%(formats)s。")
    return ValidationError(message, "unreadable", {"formats": formats_in_words()})


def formats_in_words() -> str:
    return "、".join(extension.upper() for extension in settings.WAGTAILIMAGES_EXTENSIONS)


def showable(data: bytes) -> bytes:
    """A stored picture as renditions can be made of it, also one that was stored before pictures
    were normalised; a JPEG no larger than they need. TooManyPixels, TooCostly, Unreadable."""
    with opened(data) as picture:
        if not is_normal(picture):
            return normalised(data)[0]
        size = picture.size
        picture.draft(picture.mode, (RENDERED, max(1, size[1] * RENDERED // size[0])))
        if picture.size == size:
            return data
        return written(ImageOps.exif_transpose(picture), "JPEG")


def with_extension(name: str, extension: str) -> str:
    """`name` with `extension` in the place of that of a picture, if it has one."""
    suffix = PurePosixPath(name).suffix
    known = suffix[1:].lower() in settings.WAGTAILIMAGES_EXTENSIONS
    return (name.removesuffix(suffix) if known else name) + extension
