"""What is in the way on the machine is said, with what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from launch import __main__ as entry
from launch import machine
from launch.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("text", ["", "80", "65536", "http", "-8000", "８０００x"])
def test_an_unusable_port_is_refused(text: str) -> None:
    with pytest.raises(Trouble, match="make run PORT=8001"):
        machine.parse_port(text)


def test_a_usable_port_is_taken() -> None:
    assert machine.parse_port("8000") == 8000


def test_a_busy_port_names_the_next_one() -> None:
    with socket.socket() as other:
        other.bind((machine.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"make run PORT={port + 1}"):
            machine.require_free_port(port)


def test_a_free_port_passes() -> None:
    with socket.socket() as probe:
        probe.bind((machine.HOST, 0))
        port = probe.getsockname()[1]
    machine.require_free_port(port)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble, match=r"Cannot write to .*file/var"):
        machine.require_writable(tmp_path / "file" / "var")


def test_a_writable_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    machine.require_writable(tmp_path / "var")
    assert list((tmp_path / "var").iterdir()) == []


def test_a_full_disk_says_how_much_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    nearly_full = SimpleNamespace(free=5 * machine.MEGABYTE)
    monkeypatch.setattr("shutil.disk_usage", lambda _: nearly_full)
    with pytest.raises(Trouble, match="5 MB are free, about 700 MB are needed"):
        machine.require_space(Path("/"), 700)


def test_an_old_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert entry.main() == 1
    assert "needs Python 3.11" in capsys.readouterr().err


def test_make_names_a_python_that_is_missing() -> None:
    done = subprocess.run(
        ["make", "run", "PYTHON="], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "No Python was found" in done.stderr


def test_make_alone_lists_the_commands() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"run", "test", "test-all", "lint", "format", "bench", "help"} <= listed
