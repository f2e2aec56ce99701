"""Guessing passwords is slowed down, per name and address, and per address over many names."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from branches.sign_in import NAMES_PER_ADDRESS, client_address, forget_old

if TYPE_CHECKING:
    from django.http import HttpResponseBase

PASSWORD = "松花江上的雾凇"


@pytest.fixture
def officer(db: None) -> str:
    """The name of somebody who may sign in."""
    user = get_user_model().objects.create_superuser("nongan", "nongan@example.cn", PASSWORD)
    return str(user.get_username())


def sign_in(
    name: str, password: str, address: str = "127.0.0.1", **headers: str
) -> HttpResponseBase:
    form = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address, **headers).post(reverse("wagtailadmin_login"), form)


def spray(address: str = "127.0.0.1", names: int = NAMES_PER_ADDRESS) -> HttpResponseBase:
    """Guess one password over `names` names; the last answer."""
    *_others, last = [sign_in(f"name{n}", "rendao-2026", address) for n in range(names)]
    return last


def guess_until_locked(name: str) -> HttpResponseBase:
    responses = [sign_in(name, "wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert all(response.status_code == 200 for response in responses[:-1])
    return responses[-1]


@override_settings(AXES_ENABLED=True)
def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(officer: str) -> None:
    locked = guess_until_locked(officer)
    assert locked.status_code == 429
    assert "15 分钟" in b"".join(locked).decode()
    assert sign_in(officer, PASSWORD).status_code == 429


@override_settings(AXES_ENABLED=True)
def test_the_officer_gets_in_from_another_address_meanwhile(officer: str) -> None:
    guess_until_locked(officer)
    assert sign_in(officer, PASSWORD, address="127.0.0.2").status_code == 302


@override_settings(AXES_ENABLED=True)
def test_others_at_the_same_address_are_not_locked_out(officer: str) -> None:
    guess_until_locked("somebody-else")
    assert sign_in(officer, PASSWORD).status_code == 302


@override_settings(AXES_ENABLED=True)
def test_one_password_over_many_names_closes_the_address(officer: str) -> None:
    assert spray(names=NAMES_PER_ADDRESS - 1).status_code == 200
    assert sign_in("one-more", "rendao-2026").status_code == 429
    locked = sign_in(officer, PASSWORD)
    assert locked.status_code == 429
    assert locked.headers["Retry-After"] == "900"
    page = b"".join(locked).decode()
    assert "从你所在的网络输错密码的账号太多，请过 15 分钟再试。" in page
    assert reverse("wagtailadmin_password_reset") in page


@override_settings(AXES_ENABLED=True)
def test_neither_programs_nor_headers_nor_the_cache_open_a_closed_address(officer: str) -> None:
    for number in range(NAMES_PER_ADDRESS):
        cache.clear()
        forged = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}", "HTTP_USER_AGENT": f"{number}"}
        sign_in(f"name{number}", "rendao-2026", **forged)
    forged = {"HTTP_X_FORWARDED_FOR": "10.0.1.1", "HTTP_USER_AGENT": "another"}
    assert sign_in(officer, PASSWORD, **forged).status_code == 429
    assert sign_in(officer, PASSWORD, address="127.0.0.2").status_code == 302


@override_settings(AXES_ENABLED=True)
def test_a_password_of_ones_own_does_not_begin_the_count_anew(officer: str) -> None:
    get_user_model().objects.create_superuser("other", "other@example.cn", PASSWORD)
    spray(names=NAMES_PER_ADDRESS - 1)
    assert sign_in(officer, PASSWORD).status_code == 302
    assert sign_in("name-of-somebody", "rendao-2026").status_code == 429
    assert sign_in("other", PASSWORD).status_code == 429


@override_settings(AXES_ENABLED=True)
def test_an_office_is_not_shut_out_by_who_forgot_a_password_nor_by_who_guesses(
    officer: str,
) -> None:
    for _ in range(3 * NAMES_PER_ADDRESS):
        sign_in("forgetful", "wrong")
    assert sign_in(officer, PASSWORD).status_code == 302
    spray()
    assert sign_in(officer, PASSWORD).status_code == 302  # known there
    assert sign_in("forgetful", "wrong").status_code == 429


@override_settings(AXES_ENABLED=True)
def test_the_door_opens_when_the_time_is_over_however_often_it_was_tried(officer: str) -> None:
    spray()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(officer, PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(officer, PASSWORD).status_code == 302


@override_settings(AXES_ENABLED=True)
def test_all_addresses_of_one_ipv6_line_count_as_one(officer: str) -> None:
    for number in range(NAMES_PER_ADDRESS):
        sign_in(f"name{number}", "rendao-2026", address=f"2001:db8:1:2::{number:x}")
    assert sign_in(officer, PASSWORD, address="2001:db8:1:2:ffff::1").status_code == 429
    assert sign_in(officer, PASSWORD, address="2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::"),
        ("", None),
        ("unknown", None),
        ("unix:/run/site.sock", None),
        ("1.2.3.4:567", None),
        ("a.b.c.d", None),
    ],
)
def test_who_is_counted_is_an_address_that_a_database_takes(
    address: str, counted: str | None
) -> None:
    assert client_address(RequestFactory(REMOTE_ADDR=address).get("/")) == counted


@override_settings(AXES_ENABLED=True)
def test_who_signed_in_where_is_forgotten_in_time(officer: str) -> None:
    sign_in(officer, PASSWORD)
    assert forget_old() == 0
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=91))
    assert forget_old() == 1
