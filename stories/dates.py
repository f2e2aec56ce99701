"""Which dates a piece may bear: a slip of the pen would lead every list for ever."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

#: The year in which the Red Cross Society of China was founded.
EARLIEST = date(1904, 1, 1)
#: For what is published ahead of its day.
AHEAD = timedelta(days=30)


def check_date(field: str, value: date | None) -> None:
    """ValidationError for `field` where nothing can bear the date `value`."""
    check_earliest(field, value)
    if value and value > timezone.localdate() + AHEAD:
        message = _("日期最多比今天晚 %(days)s 天，请核对年份。") % {"days": AHEAD.days}
        raise ValidationError({field: message})


def check_happened(field: str, value: date | None) -> None:
    """The same for the day on which something has happened."""
    check_earliest(field, value)
    if value and value > timezone.localdate():
        raise ValidationError({field: _("发生日期不能晚于今天，请核对。")})


def check_earliest(field: str, value: date | None) -> None:
    if value and value < EARLIEST:
        raise ValidationError({field: _("日期不能早于 1904 年（中国红十字会创立），请核对年份。")})
