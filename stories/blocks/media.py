from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from stories.blocks.choosers import DocumentAtHandBlock, ImageAtHandBlock
from stories.video import find_video, is_short

VIDEO_EXTENSIONS = ("mp4", "webm", "m4v")


class PictureBlock(blocks.StructBlock):
    image = ImageAtHandBlock(label=_("图片"))
    caption = blocks.CharBlock(
        label=_("说明"), required=False, max_length=120, help_text=_("谁、在做什么、在哪里。")
    )

    class Meta:
        icon = "image"
        label = _("图片")
        template = "stories/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("图片"), min_num=2, max_num=12)

    class Meta:
        icon = "grip"
        label = _("组图")
        template = "stories/blocks/gallery.html"


class VideoBlock(blocks.StructBlock):
    """A video that was uploaded, or one at Bilibili, Tencent Video or Youku by its link."""

    title = blocks.CharBlock(label=_("标题"), max_length=60)
    file = DocumentAtHandBlock(
        label=_("上传的视频"), required=False, help_text=_("MP4 或 WebM 文件。")
    )
    link = blocks.URLBlock(
        label=_("视频链接"),
        required=False,
        help_text=_("从浏览器地址栏复制：哔哩哔哩、腾讯视频或优酷。"),
    )
    poster = ImageAtHandBlock(label=_("封面"), required=False)
    transcript = blocks.TextBlock(
        label=_("文字稿"), required=False, help_text=_("给听不见或不方便听的读者。")
    )

    class Meta:
        icon = "media"
        label = _("视频")
        template = "stories/blocks/video.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        link, file = value.get("link"), value.get("file")
        if bool(link) == bool(file):
            raise block_error("link", _("上传的视频和视频链接，请选一个填。"))
        if link and is_short(link):
            raise block_error("link", _("这是短链接。请打开视频页面，从地址栏复制完整的长地址。"))
        if link and find_video(link) is None:
            raise block_error("link", _("认不出这个链接。请打开视频页面，从地址栏复制完整地址。"))
        if file and file.file_extension.lower() not in VIDEO_EXTENSIONS:
            raise block_error("file", _("请上传 MP4 或 WebM 格式的视频。"))
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["linked"] = find_video(value["link"]) if value.get("link") else None
        return context


class DocumentBlock(blocks.StructBlock):
    document = DocumentAtHandBlock(label=_("文件"))
    title = blocks.CharBlock(label=_("显示的名称"), required=False, max_length=100)

    class Meta:
        icon = "doc-full-inverse"
        label = _("文件")
        template = "stories/blocks/document.html"


def block_error(field: str, message: Any) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={field: ValidationError(message)})
