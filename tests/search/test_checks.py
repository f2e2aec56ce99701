"""The system check says when an index was built by another version of the analysis."""

from __future__ import annotations

import sys
from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import override_settings

from search import analysis


def warnings() -> list[str]:
    found = run_checks(databases=["default"])
    return [f"{each.msg} {each.hint}" for each in found if each.id == "search.W001"]


def test_an_index_that_was_never_built_is_told(db: None) -> None:
    (warning,) = warnings()
    assert "manage.py update_index --backend default" in warning


def test_an_index_that_is_current_is_not(db: None) -> None:
    call_command("update_index", stdout=StringIO())
    assert warnings() == []


def test_an_index_of_an_earlier_version_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("update_index", stdout=StringIO())
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    assert len(warnings()) == 1


def test_without_its_database_nothing_is_asked(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        assert [each for each in run_checks() if each.id == "search.W001"] == []


def told_of_transactions() -> list[str]:
    return [each.msg for each in run_checks(databases=["default"]) if each.id == "search.W002"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="What SQLite alone has.")
@pytest.mark.parametrize(
    ("options", "told"),
    [({"transaction_mode": "IMMEDIATE"}, 0), ({"transaction_mode": "deferred"}, 1), ({}, 1)],
)
def test_a_database_that_refuses_who_saves_meanwhile_is_told(
    options: dict[str, str], told: int, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    with override_settings(WAGTAILSEARCH_BACKENDS=backend_for("search.backends.sqlite")):
        assert len(told_of_transactions()) == told
    with override_settings(WAGTAILSEARCH_BACKENDS=backend_for("search.backends.last_resort")):
        assert told_of_transactions() == []


def backend_for(path: str) -> dict[str, dict[str, str]]:
    return {"default": {"BACKEND": path}}


def told_of_packages() -> list[str]:
    return [each.hint or "" for each in run_checks() if each.id == "search.E001"]


def test_with_all_packages_nothing_is_told() -> None:
    assert told_of_packages() == []


@pytest.mark.parametrize(
    ("module", "package"),
    [("pypinyin", "pypinyin"), ("opencc", "OpenCC"), ("rjieba", "rjieba")],
)
def test_a_package_without_which_texts_are_not_indexed_is_told(
    module: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (hint,) = told_of_packages()
    assert f"pip install {package}" in hint


def test_elasticsearch_is_needed_where_it_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "elasticsearch", None)
    assert told_of_packages() == []
    with override_settings(WAGTAILSEARCH_BACKENDS=backend_for("search.backends.elasticsearch")):
        assert len(told_of_packages()) == 1


def test_no_command_starts_without_pypinyin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(SystemCheckError, match="pip install pypinyin"):
        call_command("check")
