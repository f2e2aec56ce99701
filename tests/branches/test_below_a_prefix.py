"""A site that is mounted below a prefix (SCRIPT_NAME) has the same closed doors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import set_script_prefix

from tests.factories import Line, make_line, make_user, section

pytestmark = pytest.mark.django_db
PREFIX = "/jilin"


@pytest.fixture
def line() -> Iterator[Line]:
    line = make_line()
    set_script_prefix(f"{PREFIX}/")
    yield line
    set_script_prefix("/")


def test_an_editor_reaches_no_more_than_without(line: Line) -> None:
    client = Client()
    client.force_login(make_user(line.county))
    for address in (
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/reports/workflow/",
        f"/admin/choose-page/{section(line.other_city).pk}/",
    ):
        assert client.get(address, SCRIPT_NAME=PREFIX).status_code == 404, address


def test_a_script_is_told_that_nobody_is_signed_in(line: Line) -> None:
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = Client().get("/admin/pages/", SCRIPT_NAME=PREFIX, headers=headers)
    assert answer.status_code == 401
