"""First parts of addresses that no branch may take."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches import sections

SITE_ADDRESSES = frozenset(
    {"admin", "api", "branches", "django-admin", "documents", "feed", "jsi18n", "media", "notices"}
    | {"robots.txt", "search", "shared", "sitemap", "sitemap.xml", "static", "topics"}
)


def reserved_slugs() -> frozenset[str]:
    """Addresses of the site itself, of languages and of sections."""
    languages = {code.lower() for code, _name in settings.LANGUAGES}
    return SITE_ADDRESSES | languages | {section.slug for section in sections.all_sections()}


def validate_not_reserved(slug: str) -> None:
    """Raise ValidationError where `slug` is an address of the site itself."""
    if slug.lower() in reserved_slugs():
        raise ValidationError(
            _("“%(slug)s”是网站自用的地址，请换一个。"), code="reserved", params={"slug": slug}
        )
