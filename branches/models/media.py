"""Pictures and documents, each in the collection of the branch that uploaded it."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
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
from wagtail.models import Page, Revision, WorkflowState
from wagtail.search import index

from branches.bare import BarePicture, BarePictureField, bare, showable
from branches.decoding_lock import PATIENCE, SHORT_PATIENCE, turn
from branches.disk_full import has_room_for
from branches.whole_files import with_their_rows
from search.text_fields import Sanitized


def without_tags(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Wagtail's form fields but for tags, which lists and searches show to every branch."""
    return tuple(field for field in fields if field != "tags")


def awaiting_publication() -> Q:
    """The condition that a revision may become public as it is, or has: its page is in review, or
    it is approved for a later hour, or it is the public one (`is_public` may follow in a queue)."""
    reviews = WorkflowState.objects.filter(
        base_content_type=OuterRef("base_content_type"),
        object_id=OuterRef("object_id"),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    shown = Page.objects.live().filter(live_revision=OuterRef("pk")).order_by()
    return Q(Exists(reviews)) | Q(Exists(shown)) | Q(approved_go_live_at__isnull=False)


class PublicOnceUsed(Sanitized, models.Model):
    """A file that the public may fetch only while something public uses it.

    `is_public` follows publishing and taking offline; see :mod:`branches.media`. What is
    uploaded stays as it was reviewed: another file is another upload, and what the public
    reads of a file is frozen while something public uses it, or a revision that reviewers
    have before them or have approved for a later hour.
    """

    file: Any
    is_public = models.BooleanField(_("已公开"), default=False, editable=False, db_index=True)
    #: The revisions that use it and were sent to reviewers; see :mod:`branches.content_freeze`.
    submitted_in: models.ManyToManyField[Revision, Any] = models.ManyToManyField(
        Revision, editable=False, related_name="+"
    )

    #: What of a file readers see.
    public_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @with_their_rows()
    def save(self, *args: Any, **kwargs: Any) -> None:
        """PermissionDenied where the file was frozen after `clean`, by somebody's submission."""
        with transaction.atomic():
            before = type(self)._default_manager.select_for_update().filter(pk=self.pk).first()
            if before and self.changed_for_readers(before) and before.is_frozen:
                raise PermissionDenied(before.why_frozen())
            super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        before = type(self)._default_manager.filter(pk=self.pk).first()
        if before is None:
            self.check_room()
            return
        if before.file.name != self.file.name:
            raise ValidationError({"file": _("已经上传的文件不能替换，请另外上传一个。")})
        if (changed := self.changed_for_readers(before)) and before.is_frozen:
            raise ValidationError(dict.fromkeys(changed, before.why_frozen()))

    @property
    def awaits_publication(self) -> bool:
        """Whether a revision that uses it is in review, or approved for a later hour."""
        return self.submitted_in.filter(awaiting_publication()).exists()

    @property
    def is_frozen(self) -> bool:
        return self.is_public or self.awaits_publication

    def changed_for_readers(self, before: PublicOnceUsed) -> list[str]:
        """The names of the `public_fields` that differ from what is stored."""
        return [f for f in self.public_fields if getattr(before, f) != getattr(self, f)]

    def why_frozen(self) -> str:
        if self.is_public:
            return gettext("已经公开，读者看得到，不能直接修改。请另外上传一个，换到稿件里再送审。")
        return gettext(
            "用到它的稿件正在审核，或者已经采用、等着发布，现在不能修改。"
            "要改的话，请先撤回那篇稿件，或者另外上传一个。"
        )

    def check_room(self) -> None:
        if self.file and not has_room_for(self.file):
            message = _("服务器的磁盘快满了，这个文件没有保存。请告诉管理员腾出空间，再上传一次。")
            raise ValidationError({"file": message}, code="disk_full")


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

    @with_their_rows()
    def create_renditions(self, *filters: Any) -> dict[Any, Any]:
        return super().create_renditions(*filters)

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
            with turn(PATIENCE, SHORT_PATIENCE), self.open_file() as file:
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

    def get_upload_to(self, filename: str) -> str:
        """Where Wagtail puts it, but never where one of another picture of the same name was."""
        folder, _slash, name = super().get_upload_to(filename).rpartition("/")
        return f"{folder}/{self.image_id}-{name}"

    @with_their_rows()
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_branch_rendition"
            )
        ]
        indexes = [models.Index(fields=["file"], name="branch_rendition_file")]


def document_path(document: BranchDocument, filename: str) -> str:
    """Where a document is stored: never where another of the same name was, which is deleted."""
    return f"documents/{secrets.token_hex(4)}/{filename}"


class BranchDocument(PublicOnceUsed, AbstractDocument):
    file = models.FileField(
        AbstractDocument._meta.get_field("file").verbose_name, upload_to=document_path
    )

    public_fields = ("title",)
    admin_form_fields = without_tags(Document.admin_form_fields)

    class Meta(AbstractDocument.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
