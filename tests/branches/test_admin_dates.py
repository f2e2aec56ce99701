"""Date fields take dates as they are printed, on every screen; what is none stands as typed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from branches.models import Branch, User
from stories.models import StoryPage, StorySection
from tests.branches.forms import story_form
from tests.factories import Line, make_admin, make_line, make_user, section

DAY = datetime.date(2026, 11, 3)
PRINTED = ["2026年11月3日", "２０２６年１１月３日", "2026/11/3", "2026.11.3", "2026년 11월 3일"]


@pytest.fixture
def line(db: None) -> Line:
    return make_line()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def add_story(line: Line, **values: Any) -> Any:
    parent = section(line.county, StorySection)
    address = reverse("wagtailadmin_pages:add", args=("stories", "storypage", parent.pk))
    return signed_in(make_user(line.county)).post(address, story_form(**values))


def test_a_piece_takes_its_dates_as_they_are_printed(line: Line) -> None:
    for number, (one, other) in enumerate(zip(PRINTED, reversed(PRINTED), strict=True)):
        assert add_story(line, title=f"稿{number}", date=one, happened=other).status_code == 302
    assert set(StoryPage.objects.values_list("date", "happened")) == {(DAY, DAY)}


def test_what_is_no_day_is_shown_again_as_it_was_typed(line: Line) -> None:
    for typed in ("2026年13月3日", "11月3日", "去年冬天"):
        answer = add_story(line, happened=typed)
        assert answer.status_code == 200, typed
        assert f'value="{typed}"' in answer.content.decode()


def test_a_branch_is_closed_on_a_printed_day(line: Line) -> None:
    client = signed_in(make_admin())
    data = {"successor": line.other_county.pk, "closed_on": "2026年11月3日"}
    client.post(reverse("branches_branches:close", args=(line.county.pk,)), data)
    assert Branch.objects.get(pk=line.county.pk).closed_on == DAY


def test_reports_are_filtered_by_printed_days(line: Line) -> None:
    admin = make_admin()
    for day, label in ((3, "那天的"), (5, "后来的")):
        when = datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC)
        ModelLogEntry.objects.log_action(line.county, "wagtail.edit", user=admin, title=label)
        ModelLogEntry.objects.filter(label=label).update(timestamp=when)
    address = reverse("wagtailadmin_reports:site_history")
    for typed in PRINTED:
        days = {"timestamp_from": typed, "timestamp_to": typed}
        shown = signed_in(admin).get(address, days).content.decode()
        assert "那天的" in shown, typed
        assert "后来的" not in shown, typed


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
@pytest.mark.parametrize("typed", [each for each in PRINTED if each.isascii() or "年" in each][::2])
def test_any_form_of_django_takes_them_too(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == DAY
        assert forms.DateTimeField().clean(f"{typed} 14:30").hour == 14
