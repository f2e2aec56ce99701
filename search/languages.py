"""Content languages: the codes that locales have, and which of them a language code means.

`LANGUAGE_CODE`, a reader's wish and the active language may name a region (en-us, zh-cn) where
content has none (en, zh-hans). Whoever compares codes asks here, never the setting itself.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from wagtail.coreutils import get_content_languages, get_supported_content_language_variant


def content_languages() -> list[str]:
    """The codes of all languages in which there may be content."""
    return list(get_content_languages())


def content_language(code: str | None) -> str | None:
    """The one that `code` means, be it with another region or with none; None if there is none."""
    try:
        found: str = get_supported_content_language_variant((code or "").lower())
    except LookupError:
        return None
    return found


def main_language() -> str:
    """The one of `LANGUAGE_CODE`."""
    return content_language(settings.LANGUAGE_CODE) or settings.LANGUAGE_CODE


def current_language() -> str:
    """The one of the active language, else the main one."""
    return content_language(get_language()) or main_language()


def to_activate(language: str) -> str:
    """What is activated for content in `language`. For the main one it is `LANGUAGE_CODE` itself:
    Django leaves the prefix out of addresses for exactly that."""
    return settings.LANGUAGE_CODE if language == main_language() else language
