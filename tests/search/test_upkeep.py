"""What search has to do from time to time, also on sites that have nothing else of this suite."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail import hooks

from branches import clock
from search import promotions, upkeep, wagtail_hooks
from search.admin import picks


def test_the_command_runs_every_job_also_after_one_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> int:
        raise ValueError

    jobs = {"fail": fail, "go on": lambda: 3}
    monkeypatch.setattr("search.management.commands.keep_search.JOBS", jobs)
    out = StringIO()
    with pytest.raises(CommandError, match="Failed: fail"):
        call_command("keep_search", stdout=out)
    assert "go on: 3" in out.getvalue()


def test_the_clock_of_the_site_does_the_same(db: None) -> None:
    assert clock.tick().keys() >= upkeep.JOBS.keys()


def test_without_pins_there_are_no_screens_and_no_results_of_them(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any, db: None
) -> None:
    registered: list[Any] = []
    monkeypatch.setattr(
        hooks, "register", lambda name, function, **order: registered.append(function)
    )
    monkeypatch.setattr(promotions, "are_installed", lambda: False)
    importlib.reload(wagtail_hooks)
    assert registered
    assert picks.menu_item not in registered
    assert picks.urls not in registered
    with django_assert_num_queries(0):
        assert promotions.picks("救护", "zh-hans") == []


def test_a_site_may_leave_the_app_of_pins_out(tmp_path: Path) -> None:
    """A process of its own: what is installed is settled once."""
    (tmp_path / "without_pins.py").write_text(
        "from config.settings.test import *\n"
        'INSTALLED_APPS = [a for a in INSTALLED_APPS if not a.endswith("search_promotions")]\n'
    )
    program = (
        "import django; django.setup()\n"
        "from search import promotions, results, wagtail_hooks\n"
        'assert promotions.picks("救护", "zh-hans") == []\n'
    )
    root = Path(__file__).parents[2]
    folders = (tmp_path, root, root / "site")
    subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "without_pins",
            "PYTHONPATH": os.pathsep.join(map(str, folders)),
        },
        check=True,
    )
