"""Runs the project's own commands in a process of their own, as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` with nothing but ``environment`` set, and return what it did."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
