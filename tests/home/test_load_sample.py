"""Sample content: not where the public can sign in, and without workers left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from branches.models import User
from tests.project.programs import ROOT, manage
from tests.project.test_production import COMPLETE

SECONDS = 20
#: As the command: one worker draws, another waits for orders, and this one is busy itself.
PROGRAM = """
import os, time
from home.sample.workers import drawing_pool

if __name__ == "__main__":
    with drawing_pool() as pool:
        pool.submit(time.sleep, 2)
        pool.submit(os.getpid).result()
        print(*pool._processes, flush=True)
        time.sleep(600)
"""


def test_production_refuses_it() -> None:
    done = manage("load_sample", **COMPLETE)
    assert done.returncode != 0
    assert "示例账号的密码是公开的" in done.stderr


@pytest.mark.django_db
def test_settings_that_do_not_ask_for_it_refuse_it(settings: Any) -> None:
    del settings.SAMPLE_CONTENT
    with pytest.raises(CommandError, match="正式网站上不能装"):
        call_command("load_sample")
    assert not User.objects.exists()


@pytest.fixture
def drawing(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    program = tmp_path / "drawing.py"
    program.write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, str(program)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        yield process
        process.kill()


def is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return status != "Z"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_it_leaves_no_worker_behind(
    drawing: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert drawing.stdout
    workers = [int(pid) for pid in drawing.stdout.readline().split()]
    assert workers
    assert all(map(is_running, workers))
    drawing.send_signal(number)
    deadline = time.monotonic() + SECONDS
    while any(map(is_running, workers)):
        assert time.monotonic() < deadline, f"left after {number.name}: {workers}"
        time.sleep(0.05)
