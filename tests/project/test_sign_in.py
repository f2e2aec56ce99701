"""Guessing passwords is slowed down, per name and address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpResponseBase

PASSWORD = "松花江上的雾凇"


@pytest.fixture
def officer(db: None) -> str:
    """The name of somebody who may sign in."""
    user = get_user_model().objects.create_superuser("nongan", "nongan@example.cn", PASSWORD)
    return str(user.get_username())


def sign_in(name: str, password: str, address: str = "127.0.0.1") -> HttpResponseBase:
    form = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("wagtailadmin_login"), form)


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
