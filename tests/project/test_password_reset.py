"""Who has forgotten the password gets a letter; nobody learns who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches import resets
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADDRESS = reverse("wagtailadmin_password_reset")
DONE = reverse("wagtailadmin_password_reset_done")


@pytest.fixture
def officer() -> Any:
    return make_user(username="nongan")


def ask(email: str, address: str = "10.0.0.1", **headers: str) -> Any:
    return Client(REMOTE_ADDR=address, **headers).post(ADDRESS, {"email": email})


def test_a_letter_with_the_address_of_the_site_leads_to_a_new_password(officer: Any) -> None:
    assert ask(officer.email.upper()).headers["Location"] == DONE
    (letter,) = mail.outbox
    assert letter.to == [officer.email]
    assert "重设密码" in letter.subject
    link = re.search(r"http://localhost(/admin/password_reset/confirm/\S+)", letter.body)
    assert link
    browser = Client()
    form = browser.get(link[1], follow=True).redirect_chain[-1][0]
    password = "songhuajiang-2026"
    browser.post(form, {"new_password1": password, "new_password2": password})
    assert browser.login(username="nongan", password=password)


def test_a_new_password_ends_the_sessions_that_there_were(officer: Any) -> None:
    before = Client()
    before.force_login(officer)
    officer.set_password("songhuajiang-2026")
    officer.save()
    assert before.get(reverse("wagtailadmin_home")).status_code == 302


def test_the_answer_and_the_work_before_it_are_the_same_for_every_name(officer: Any) -> None:
    """The letter leaves when the answer is sent: while that is held back nothing tells."""
    answers, queries = [], []
    receivers = request_finished.receivers
    request_finished.receivers = []
    try:
        for number, email in enumerate((officer.email, "nobody@example.org")):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                answer = ask(email, address=f"10.0.0.{number}")
            answers.append((answer.status_code, answer.headers["Location"], answer.content))
            queries.append([query["sql"] for query in captured])
    finally:
        request_finished.receivers = receivers
    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    assert not mail.outbox


def test_a_mail_server_that_is_away_turns_no_answer_into_an_error(
    officer: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.no-such-backend"
    assert ask(officer.email).headers["Location"] == DONE


@pytest.mark.parametrize(
    ("email", "letters"), [("user@example.org", resets.PER_NAME), ("nobody@example.org", 0)]
)
def test_one_name_gets_so_many_letters_an_hour_wherever_they_are_asked_for(
    email: str, letters: int
) -> None:
    make_user(username="user")
    for number in range(resets.PER_NAME):
        assert ask(email.upper(), address=f"10.0.0.{number}").status_code == 302
    refused = ask(email, address="10.0.0.99", HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3600"
    assert "一小时里要了太多次" in refused.content.decode()
    assert len(mail.outbox) == letters


def test_it_is_not_forgotten_for_what_readers_put_in_the_cache(officer: Any) -> None:
    for number in range(resets.PER_NAME):
        ask(officer.email, address=f"10.0.0.{number}")
    for number in range(2_000):
        cache.set(f"page-{number}", "read", 60)
    assert ask(officer.email, address="10.0.0.99").status_code == 429


def test_one_address_asks_for_so_many_and_the_others_go_on(officer: Any) -> None:
    for number in range(resets.PER_ADDRESS):
        assert ask(f"nobody{number}@example.org").status_code == 302
    assert ask(officer.email, HTTP_X_FORWARDED_FOR="10.9.9.9").status_code == 429
    assert not mail.outbox
    for _ in range(resets.PER_NAME):  # what was refused has not used up the name's own
        assert ask(officer.email, address="10.0.0.2").status_code == 302
    assert len(mail.outbox) == resets.PER_NAME
