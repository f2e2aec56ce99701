"""Signing out ends the session: no cookie that was kept opens anything afterwards."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.factories import make_admin

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")


def signed_in() -> Client:
    client = Client()
    form = {"username": make_admin().username, "password": "secret"}
    assert client.post(reverse("wagtailadmin_login"), form).status_code == 302
    assert client.get(HOME).status_code == 200
    return client


def with_cookie(key: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = key
    return client


def test_the_cookie_that_was_kept_opens_nothing_after_signing_out() -> None:
    client = signed_in()
    key = client.cookies["sessionid"].value
    client.post(reverse("wagtailadmin_logout"))
    assert not Session.objects.exists()
    assert with_cookie(key).get(HOME).status_code == 302
