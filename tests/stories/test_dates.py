"""A slip of the pen in a date is noticed before it leads every list for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.factories import make_line, make_user, section

pytestmark = pytest.mark.django_db


def write(**values: Any) -> str:
    """What the CMS answers to a new story with `values`."""
    line = make_line()
    client = Client()
    client.force_login(make_user(line.county))
    address = reverse(
        "wagtailadmin_pages:add", args=("stories", "storypage", section(line.county).pk)
    )
    return client.post(address, story_form(**values), follow=True).content.decode()


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize(
    ("field", "days", "said"),
    [
        ("date", "0001-01-01", "1904"),
        ("date", "1903-12-31", "1904"),
        ("date", "9999-12-31", "日期最多比今天晚 30 天"),
        ("date", 31, "日期最多比今天晚 30 天"),
        ("happened", 1, "发生日期不能晚于今天"),
        ("happened", "1903-12-31", "1904"),
    ],
)
def test_impossible_dates_are_refused_in_words(field: str, days: Any, said: str) -> None:
    value = days if isinstance(days, str) else in_days(days).isoformat()
    assert said in write(**{field: value})
    assert not StoryPage.objects.exists()


def test_the_first_and_the_last_date_are_taken() -> None:
    write(date="1904-01-01", happened=in_days(0).isoformat())
    assert StoryPage.objects.get().date == date(1904, 1, 1)
    piece = StoryPage.objects.get()
    piece.date = in_days(30)
    piece.full_clean()
