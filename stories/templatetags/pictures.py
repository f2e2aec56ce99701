from __future__ import annotations

from django import template

from branches.models import BranchImage
from stories.pictures import Picture, picture_of

register = template.Library()


@register.filter
def as_picture(image: BranchImage | None) -> Picture | None:
    """The ready-made picture of an image in a body, for ``includes/picture.html``."""
    return picture_of(image)
