"""Signing out ends the session: no cookie that was kept opens anything afterwards."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from branches import members
from tests.factories import make_admin, make_user

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


def test_what_another_tab_was_doing_meanwhile_does_not_bring_it_back() -> None:
    client = signed_in()
    key = client.cookies["sessionid"].value
    late = SessionStore(key)
    late["of"] = "another tab"
    client.post(reverse("wagtailadmin_logout"))
    with pytest.raises(UpdateError):
        late.save()
    assert with_cookie(key).get(HOME).status_code == 302


def test_no_page_of_the_cms_is_kept_for_the_back_button() -> None:
    client = signed_in()
    for address in (HOME, reverse("wagtailadmin_account"), reverse("branches_review:queue")):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_deactivated_account_is_signed_out_for_good() -> None:
    manager, person = make_admin(), make_user()
    own, theirs = Client(), Client()
    own.force_login(manager)
    theirs.force_login(person)
    members.switch_account(person, manager)
    members.switch_account(person, manager)
    assert person.is_active
    assert not theirs.session.get(SESSION_KEY)
    assert own.session.get(SESSION_KEY) == str(manager.pk)
