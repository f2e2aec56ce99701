"""As in Chinese: a date is typed as it is printed in any of the languages."""

from __future__ import annotations

from search.dates import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS

__all__ = ["DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS"]
