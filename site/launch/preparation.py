"""What turns an empty database into the running site, each step once.

Every step may be run any number of times with the same result. A record of the steps done
only saves time: it names the database they were done on and the files they came from, so a
deleted database or a changed file has the step run again.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launch.console import timed
from launch.fingerprints import fingerprint
from launch.trouble import Trouble


@dataclass(frozen=True)
class Step:
    """One management command, and the files and variables that decide whether it runs again."""

    title: str
    command: tuple[str, ...]
    sources: tuple[str, ...]
    variables: tuple[str, ...] = ()


STEPS = (
    Step(
        "Preparing the database",
        ("migrate", "--no-input", "--verbosity=0"),
        ("requirements.txt", "*/migrations/*.py"),
    ),
    Step(
        "Making the sites of the branches",
        ("import_branches", "branches/data/jilin_branches.csv"),
        ("branches/data/jilin_branches.csv",),
    ),
    Step(
        "Bringing the sites to the present sections and address",
        ("sync_sections",),
        ("*/apps.py", "branches/grants.py", "branches/provisioning.py", "branches/sections.py"),
        ("SITE_URL",),
    ),
    Step(
        "Loading the sample content",
        ("load_sample",),
        ("sample/**/*",),
    ),
    Step(
        "Building the search index",
        ("update_index", "--verbosity=0"),
        ("search/**/*", "sample/**/*"),
    ),
)


def prepare(root: Path, python: Path, environment: Mapping[str, str]) -> None:
    """Run the steps that this database has not seen, in order."""
    record = root / "var" / "prepared.json"
    for step in STEPS:
        wanted = reasons(step, root, environment)
        done = read_record(record, identify_database(root, environment))
        if done.get(step.command[0]) != wanted:
            run_step(step, root, python, environment)
            done[step.command[0]] = wanted
            write_record(record, identify_database(root, environment), done)


def reasons(step: Step, root: Path, environment: Mapping[str, str]) -> str:
    """Return one hash of everything that would be a reason to run ``step`` again."""
    values = [f"{name}={environment.get(name, '')}" for name in step.variables]
    return fingerprint_text("\n".join([fingerprint(root, step.sources), *values]))


def run_step(step: Step, root: Path, python: Path, environment: Mapping[str, str]) -> None:
    """Run one step; what it prints goes straight to the terminal."""
    with timed(step.title):
        command = [str(python), "manage.py", *step.command]
        code = subprocess.run(command, cwd=root, env=dict(environment), check=False).returncode
        if code:
            end = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
            raise Trouble(
                f"'manage.py {' '.join(step.command)}' {end}; the reason stands above.",
                "Put it right and start again: what was done before is kept. To begin from "
                "nothing, delete the folder var.",
            )


def identify_database(root: Path, environment: Mapping[str, str]) -> str:
    """Return what tells this database from another: its address, or the file itself."""
    if address := environment.get("DATABASE_URL"):
        return fingerprint_text(address)
    try:
        return f"file {(root / 'var' / 'db.sqlite3').stat().st_ino}"
    except FileNotFoundError:
        return "none"


def fingerprint_text(text: str) -> str:
    """Return a hash of ``text``, which may hold a password and is not to be written down."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_record(record: Path, database: str) -> dict[str, str]:
    """Return which steps were done on ``database``; none when unsure."""
    try:
        saved = json.loads(record.read_text(encoding="utf-8"))
        return dict(saved["steps"]) if saved["database"] == database else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_record(record: Path, database: str, steps: Mapping[str, str]) -> None:
    """Save which steps were done on ``database``."""
    record.write_text(json.dumps({"database": database, "steps": dict(steps)}), encoding="utf-8")
