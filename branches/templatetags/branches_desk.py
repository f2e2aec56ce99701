from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def desk_name() -> str:
    """What the CMS is called: the organisation and what is done here."""
    return str(settings.WAGTAIL_SITE_NAME)
