"""What follows a decision may fail for any reason: the decision stands, and is told as done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from wagtail.models import Site

from branches.models import Branch, BranchImage
from search import following, side_effects, suggestions
from search.backends.entries import Entries
from stories.models import StoryPage
from tests.branches.approval import Approval
from tests.factories import make_image, make_line

Commit = Callable[..., AbstractContextManager[Any]]


def fail(*args: Any, **kwargs: Any) -> Any:
    raise LookupError("nobody has thought of this")


def fail_in_database(*args: Any, **kwargs: Any) -> Any:
    """As PostgreSQL does: the transaction is of no use any more, up to the last savepoint."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM there_is_no_such_table")


BROKEN = {
    "mail server": (EmailBackend, "send_messages"),
    "connection": (EmailBackend, "open"),
    "letter": ("branches.mail.render_to_string", None),
    "people": ("branches.mail.authors", None),
    "suggestions": (suggestions, "_replace"),
    "index": (Entries, "write"),
}
#: Those that are in the transaction of the decision, which they must not break.
WITHIN = ("suggestions", "index")


def break_down(monkeypatch: pytest.MonkeyPatch, name: str, how: Callable[..., Any]) -> None:
    where, attribute = BROKEN[name]
    arguments = (where, how) if attribute is None else (where, attribute, how)
    monkeypatch.setattr(*arguments)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "how"),
    [*((name, fail) for name in BROKEN), *((name, fail_in_database) for name in WITHIN)],
)
def test_one_side_effect_that_fails_keeps_nothing_else_back(
    name: str,
    how: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    approval = Approval()
    mail.outbox.clear()
    break_down(monkeypatch, name, how)
    with django_capture_on_commit_callbacks(execute=True):
        assert approval.give().status_code == 302
    assert approval.is_done()
    assert any(each.levelno >= logging.ERROR and each.exc_info for each in caplog.records)
    told = {address for letter in mail.outbox for address in letter.to}
    assert told == ({user.email for user in approval.authors} if name in WITHIN else set())
    assert approval.suggested() is (name != "suggestions")
    assert approval.indexed() is (name != "index")


@pytest.mark.django_db
def test_everything_may_fail_at_once(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    approval = Approval()
    for name in ("mail server", "suggestions", "index"):
        break_down(monkeypatch, name, fail_in_database if name == "index" else fail)
    monkeypatch.setattr(Site, "clear_site_root_paths_cache", fail)
    with django_capture_on_commit_callbacks(execute=True):
        assert approval.give().status_code == 302
    monkeypatch.undo()
    assert approval.is_done()


@pytest.mark.django_db
def test_an_index_that_failed_is_mended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    approval = Approval()
    with monkeypatch.context() as broken:
        break_down(broken, "index", fail_in_database)
        approval.give()
    assert not approval.indexed()
    following.catch_up()
    assert approval.indexed()


@pytest.mark.django_db
def test_a_line_break_in_a_title_stops_no_letter(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    approval = Approval()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        approval.give()
        StoryPage.objects.filter(pk=approval.piece.pk).update(
            title="雪夜\r\nBcc: x", draft_title="雪夜\r\nBcc: x"
        )
    assert {letter.subject for letter in mail.outbox} == {"已采用：雪夜 Bcc: x"}


@pytest.mark.django_db
def test_one_address_that_is_refused_keeps_no_other_letter_back(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    approval = Approval()
    mail.outbox.clear()
    first, second = approval.authors
    send = EmailBackend.send_messages

    def picky(self: EmailBackend, letters: Any) -> int:
        return fail() if letters[0].to == [first.email] else send(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    with django_capture_on_commit_callbacks(execute=True):
        approval.give()
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    assert "已采用" in caplog.text


@pytest.mark.django_db
def test_a_logo_that_cannot_be_made_is_kept(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    line = make_line()
    line.county.logo = make_image(line.county)
    monkeypatch.setattr(BranchImage, "get_rendition", fail)
    with django_capture_on_commit_callbacks(execute=True):
        line.county.save()
    assert Branch.objects.get(pk=line.county.pk).logo == line.county.logo


@pytest.mark.django_db
def test_what_has_no_name_fails_as_quietly(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        side_effects.after_commit("counting", partial(fail, password="geheim"), "geheim")
    assert "counting failed" in caplog.text
    assert "nobody has thought of this" in caplog.text
    assert "geheim" not in "".join(each.getMessage() for each in caplog.records)
