"""Pictures and documents, each in the collection of the branch that uploaded it."""

from __future__ import annotations

from io import BytesIO
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
    get_upload_to,
)
from wagtail.search import index

from branches.bare import BarePicture, BarePictureField, bare, showable
from branches.decoding import turn


def without_tags(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Wagtail's form fields but for tags, which lists and searches show to every branch."""
    return tuple(field for field in fields if field != "tags")


class PublicOnceUsed(models.Model):
    """A file that the public may fetch only while something public uses it.

    `is_public` follows publishing and taking offline; see :mod:`branches.media`. What is
    uploaded stays as it was reviewed: another file is another upload, and what the public
    reads of a public file is not changed behind the reviewers' back.
    """

    file: Any
    is_public = models.BooleanField(_("已公开"), default=False, editable=False, db_index=True)

    #: What of a file readers see.
    public_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        before = type(self)._default_manager.filter(pk=self.pk).first()
        if before is None:
            return
        if before.file.name != self.file.name:
            raise ValidationError({"file": _("已经上传的文件不能替换，请另外上传一个。")})
        changed = [f for f in self.public_fields if getattr(before, f) != getattr(self, f)]
        if before.is_public and changed:
            message = _("已经公开，读者看得到，不能直接修改。请另外上传一个，换到稿件里再送审。")
            raise ValidationError(dict.fromkeys(changed, message))


class BranchImage(PublicOnceUsed, AbstractImage):
    """A picture. `description` is its alternative text, see :mod:`branches.descriptions`.

    :param failed_at: when it last could not be made for readers; None where it could.
    """

    file = BarePictureField(
        verbose_name=AbstractImage._meta.get_field("file").verbose_name,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    credit = models.CharField(
        _("摄影或来源"),
        max_length=100,
        blank=True,
        help_text=_("谁拍的、谁画的。会和图片说明一起显示。"),
    )

    failed_at = models.DateTimeField(
        _("无法显示"),
        null=True,
        editable=False,
        help_text=_("上一次没能做成给读者看的图片的时间。"),
    )

    public_fields = ("description", "credit")
    admin_form_fields = (*without_tags(Image.admin_form_fields), "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.lay_bare():
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.lay_bare()

    def generate_rendition_file(
        self,
        filter: Filter,  # noqa: A002  # Wagtail's name
        *,
        source: Any = None,
    ) -> File[bytes]:
        """As Wagtail's, one at a time; also of pictures stored before they were normalised.

        SourceImageIOError for all that goes wrong, which Wagtail's screens survive.
        """
        try:
            with turn(), self.open_file() as file:
                data = showable((source or file).read())
                return super().generate_rendition_file(filter, source=BytesIO(data))
        except Exception as unusable:
            raise SourceImageIOError(f"{self.file.name}: {unusable}") from unusable

    def lay_bare(self) -> bool:
        """Take out of a new file all but the picture, before its size and mark are kept.

        Returns whether there was something to do. ValidationError where it cannot be read.
        """
        if not self.file or self.file._committed or isinstance(self.file.file, BarePicture):
            return False
        self.file = bare(self.file)  # type: ignore[assignment]  # the field takes any file
        return True


class BranchRendition(AbstractRendition):
    image = models.ForeignKey(BranchImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_branch_rendition"
            )
        ]
        indexes = [models.Index(fields=["file"], name="branch_rendition_file")]


class BranchDocument(PublicOnceUsed, AbstractDocument):
    public_fields = ("title",)
    admin_form_fields = without_tags(Document.admin_form_fields)

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
