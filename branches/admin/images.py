from __future__ import annotations

from typing import Any, ClassVar

from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Wagtail's, but it asks no name what is in the file: the model looks into it itself."""

    default_validators: ClassVar[list[Any]] = []

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is not None:
            self.check_image_file_size(file)
        return file


class DescribedImageForm(BaseImageForm):
    """Nobody fills in a form for a picture without saying what is on it: not everybody can see it.

    The uploader for many pictures sends each without such a form, and shows it afterwards. Those
    are kept at once and wait in their collection for what is missing; see
    :mod:`branches.descriptions`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (file := self.fields.get("file")) is not None:
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, widget=file.widget
            )
        description = self.fields.get("description")
        if description is not None:
            description.required = not self.is_bound or self.add_prefix("description") in self.data
            description.label = _("图片上有什么")
            description.help_text = _(
                "用一句话写给看不见图片的人，例如：志愿者在教室里教学生做心肺复苏。"
            )
