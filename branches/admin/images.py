from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Wagtail's, which fails where a file begins as a picture and then breaks off."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError) as unreadable:
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from unreadable


class DescribedImageForm(BaseImageForm):
    """Nobody uploads a picture without saying what is on it: not everybody can see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (file := self.fields.get("file")) is not None:
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, widget=file.widget
            )
        description = self.fields.get("description")
        if description is not None:
            description.required = True
            description.label = _("图片上有什么")
            description.help_text = _(
                "用一句话写给看不见图片的人，例如：志愿者在教室里教学生做心肺复苏。"
            )
