"""Django's own format of Chinese dates that are typed fits none: see findings/."""

from __future__ import annotations

from search.dates import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS

__all__ = ["DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS"]
