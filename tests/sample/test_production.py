"""Sample content is not where the public can sign in: its passwords are published."""

from __future__ import annotations

from tests.project.programs import manage
from tests.project.test_production import COMPLETE


def test_production_does_not_know_the_command() -> None:
    done = manage("load_sample", **COMPLETE)
    assert done.returncode != 0
    assert "Unknown command: 'load_sample'" in done.stderr
