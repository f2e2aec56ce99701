from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class DescribedImageForm(BaseImageForm):
    """Nobody uploads a picture without saying what is on it: not everybody can see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        description = self.fields.get("description")
        if description is not None:
            description.required = True
            description.label = _("图片上有什么")
            description.help_text = _(
                "用一句话写给看不见图片的人，例如：志愿者在教室里教学生做心肺复苏。"
            )
