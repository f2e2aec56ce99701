"""A database that is away, locked or too slow: 503, in the right type, with Retry-After."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.transaction import TransactionManagementError
from django.test import Client

from tests.factories import make_admin, make_line

pytestmark = pytest.mark.django_db

Failing = Callable[..., Any]


@contextmanager
def every_query_raises(error: Exception) -> Iterator[None]:
    def fail(*args: Any) -> None:
        raise error

    with connection.execute_wrapper(fail):
        yield


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def while_handling(error: Exception, another: Exception) -> Exception:
    another.__context__ = error
    return another


AWAY = [
    OperationalError("server closed the connection unexpectedly"),
    OperationalError("canceling statement due to statement timeout"),
    OperationalError("database is locked"),
    InterfaceError("the connection is closed"),
    caused(TransactionManagementError("in a broken transaction"), OperationalError("gone")),
    while_handling(OperationalError("lost"), ValueError("a handler failed")),
    caused(while_handling(OperationalError("lost"), ValueError("a handler failed")), KeyError("x")),
]


@pytest.mark.parametrize("error", AWAY, ids=str)
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/ko/", "/search/?q=救护", "/sitemap.xml"])
def test_a_reader_is_asked_to_come_again(address: str, error: Exception) -> None:
    with every_query_raises(error):
        response = Client(raise_request_exception=False).get(address)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "网站暂时打不开" in response.content.decode()


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_a_program_is_told_in_its_own_way(error: Exception) -> None:
    with every_query_raises(error):
        response = Client(raise_request_exception=False).get("/api/search/?q=救护&language=en")
    assert (response.status_code, response["Content-Type"]) == (503, "application/json")
    assert int(response["Retry-After"]) > 0
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Language"] == "en"
    assert response.json()["error"]["code"] == "unavailable"


def test_who_is_signed_in_is_asked_to_come_again_too() -> None:
    make_line()
    client = Client(raise_request_exception=False)
    client.force_login(make_admin())
    with every_query_raises(OperationalError("away")):
        assert client.get("/admin/").status_code == 503


def test_a_script_waits_no_longer_than_a_reader() -> None:
    make_line()
    client = Client(raise_request_exception=False)
    client.force_login(make_admin())
    waits = []

    def hang(*args: Any) -> None:
        waits.append(1)
        raise OperationalError("away")

    with connection.execute_wrapper(hang):
        response = client.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 503
    assert len(waits) == 1


def test_a_mistake_of_ours_is_none_of_the_database() -> None:
    with every_query_raises(DatabaseError("column does not exist")):
        response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Retry-After" not in response
