"""What the admin answers to scripts whose session has ended, and to spreadsheet programs."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from branches.admin_answers import fit
from tests.factories import Line, make_admin, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db

SCRIPTS = [
    {"X-Requested-With": "XMLHttpRequest"},
    {"Accept": "application/json"},
    {"Sec-Fetch-Dest": "empty", "Accept": "*/*"},
]


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.mark.parametrize("headers", SCRIPTS)
@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_home",
        "wagtailimages_chooser:choose",
        "wagtaildocs_chooser:choose",
        "wagtailadmin_choose_page",
        "wagtailimages:add_multiple",
        "branches_session",
    ],
)
def test_a_script_hears_that_the_session_has_ended(name: str, headers: dict[str, str]) -> None:
    for ask in (Client().get, Client().post):
        response = ask(reverse(name), headers=headers)
        assert response.status_code == 401
        assert response.json() == {"success": False, "error": "signed_out"}


def test_autosave_and_preview_hear_it_too(line: Line) -> None:
    piece = make_piece(line.county, live=False)
    for name in ("wagtailadmin_pages:edit", "wagtailadmin_pages:preview_on_edit"):
        response = Client().post(reverse(name, args=(piece.pk,)), headers=SCRIPTS[1])
        assert response.status_code == 401


def test_people_are_led_to_the_sign_in_as_before(line: Line) -> None:
    response = Client().get("/admin/", headers={"Sec-Fetch-Dest": "document"})
    assert response["Location"].startswith(reverse("wagtailadmin_login"))
    assert Client().get(reverse("wagtailadmin_sprite"), headers=SCRIPTS[2]).status_code == 200
    assert Client().get(reverse("wagtailadmin_login"), headers=SCRIPTS[0]).status_code == 200


def test_who_is_signed_in_and_may_not_is_refused_and_not_sent_to_sign_in(line: Line) -> None:
    client = Client()
    client.force_login(make_user(line.county))
    theirs = make_piece(line.other_county, live=False)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=(theirs.pk,)), headers=SCRIPTS[0]
    )
    assert response.status_code in (403, 404)
    assert client.get(reverse("branches_session")).status_code == 204


@pytest.mark.parametrize("name", ["wagtailadmin_reports:site_history", "wagtailredirects:index"])
def test_every_csv_of_the_admin_begins_with_a_mark(line: Line, name: str) -> None:
    make_piece(line.county, title="农安的稿件")
    client = Client()
    client.force_login(make_admin())
    response = client.get(reverse(name), {"export": "csv"})
    assert response["Content-Type"].startswith("text/csv")
    data = b"".join(response)
    assert data.startswith(BOM_UTF8)
    assert data.count(BOM_UTF8) == 1
    assert list(csv.reader(data.decode("utf-8-sig").splitlines()))


@pytest.mark.parametrize("kind", [HttpResponse, StreamingHttpResponse])
@pytest.mark.parametrize("data", [b"", "甲,乙\n".encode(), BOM_UTF8 + b"a,b\n"])
def test_a_mark_is_there_once(kind: Any, data: bytes) -> None:
    request = RequestFactory().get("/admin/")
    request.user = make_user()
    response: Any = fit(request, kind([data], content_type="text/csv; charset=utf-8"))
    whole = b"".join(response)
    assert whole == BOM_UTF8 + data.removeprefix(BOM_UTF8)
