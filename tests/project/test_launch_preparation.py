"""Each step of the preparation is done once, and again when its reason changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from launch import preparation
from launch.trouble import Trouble

COMMANDS = [step.command[0] for step in preparation.STEPS]
FAKE_MANAGE = """
import pathlib, sys
command = sys.argv[1]
pathlib.Path("var/db.sqlite3").touch()
with open("calls", "a") as calls:
    calls.write(command + "\\n")
sys.exit(pathlib.Path("fail-" + command).exists())
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose ``manage.py`` only writes down what it is asked."""
    (tmp_path / "manage.py").write_text(FAKE_MANAGE)
    (tmp_path / "var").mkdir()
    for folder in ("branches/data", "branches/migrations", "sample/content", "search"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def prepare(project: Path, **environment: str) -> list[str]:
    """Prepare ``project`` and return the commands that this took."""
    calls = project / "calls"
    calls.unlink(missing_ok=True)
    try:
        preparation.prepare(project, Path(sys.executable), environment)
    finally:
        done = calls.read_text().split() if calls.exists() else []
    return done


def test_the_first_time_everything_is_done_in_order(project: Path) -> None:
    assert (
        prepare(project)
        == COMMANDS
        == [
            "migrate",
            "import_branches",
            "sync_sections",
            "load_sample",
            "update_index",
        ]
    )


def test_the_second_time_nothing_is_done(project: Path) -> None:
    prepare(project)
    assert prepare(project) == []


def test_after_a_failure_it_goes_on_from_there(project: Path) -> None:
    obstacle = project / "fail-load_sample"
    obstacle.touch()
    with pytest.raises(Trouble, match="load_sample' ended with code 1"):
        prepare(project)
    obstacle.unlink()
    assert prepare(project) == ["load_sample", "update_index"]


def test_a_deleted_database_is_made_again(project: Path) -> None:
    prepare(project)
    (project / "var" / "db.sqlite3").unlink()
    assert prepare(project) == COMMANDS


def test_another_database_is_prepared_too(project: Path) -> None:
    prepare(project)
    assert prepare(project, DATABASE_URL="postgres://site:secret@127.0.0.1/site") == COMMANDS
    assert "secret" not in (project / "var" / "prepared.json").read_text()


def test_another_address_is_carried_into_the_database(project: Path) -> None:
    prepare(project, SITE_URL="http://127.0.0.1:8000")
    assert prepare(project, SITE_URL="http://127.0.0.1:8001") == ["sync_sections"]


@pytest.mark.parametrize(
    ("changed", "commands"),
    [
        ("branches/migrations/0002_more.py", ["migrate"]),
        ("branches/data/jilin_branches.csv", ["import_branches"]),
        ("sample/content/220122.toml", ["load_sample", "update_index"]),
        ("search/dictionary.txt", ["update_index"]),
        ("stories/apps.py", ["sync_sections"]),
        ("home/views.py", []),
        ("search/__pycache__/analysis.cpython-311.pyc", []),
    ],
)
def test_what_changed_decides_what_is_done(
    project: Path, changed: str, commands: list[str]
) -> None:
    prepare(project)
    (project / changed).parent.mkdir(exist_ok=True)
    (project / changed).write_text("new")
    assert prepare(project) == commands


def test_a_torn_record_is_no_record(project: Path) -> None:
    prepare(project)
    (project / "var" / "prepared.json").write_text('{"database": "fi')
    assert prepare(project) == COMMANDS
