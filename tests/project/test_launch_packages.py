"""``.venv`` is made once, made again when it is broken, and followed by its stamp."""

from __future__ import annotations

from pathlib import Path

import pytest

from launch import packages
from launch.trouble import Trouble


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that pins nothing, with its environment made: no network is needed."""
    root = tmp_path_factory.mktemp("project")
    (root / packages.RUNTIME).write_text("# nothing\n")
    (root / packages.TOOLS).write_text("-r requirements.txt\n")
    packages.install(root, packages.RUNTIME)
    return root


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been made and installed."""
    made: list[str] = []
    monkeypatch.setattr(packages, "make_environment", lambda _: made.append("environment"))
    monkeypatch.setattr(packages, "pip_install", lambda _, file: made.append(file.name))
    return made


def test_the_environment_has_a_python_with_pip(installed: Path) -> None:
    assert packages.works(installed / ".venv/bin/python", "-m", "pip", "--version")


def test_a_second_time_does_nothing(installed: Path, calls: list[str]) -> None:
    assert packages.install(installed, packages.RUNTIME) == installed / ".venv/bin/python"
    assert calls == []


def test_a_changed_pin_is_installed(installed: Path, calls: list[str]) -> None:
    (installed / packages.RUNTIME).write_text("# something else\n")
    packages.install(installed, packages.RUNTIME)
    assert calls == [packages.RUNTIME]


def test_tools_bring_what_the_site_runs_on(installed: Path, calls: list[str]) -> None:
    packages.install(installed, packages.TOOLS)
    packages.install(installed, packages.RUNTIME)
    assert calls == [packages.TOOLS]


def test_an_interrupted_installation_is_done_again(
    installed: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (installed / packages.RUNTIME).write_text("# a third thing\n")
    with monkeypatch.context() as patch:
        patch.setattr(packages, "pip_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            packages.install(installed, packages.RUNTIME)
    packages.install(installed, packages.RUNTIME)
    assert calls == [packages.RUNTIME]


def test_an_environment_without_its_python_is_made_anew(tmp_path: Path, calls: list[str]) -> None:
    (tmp_path / packages.RUNTIME).write_text("")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "installed.json").write_text("torn {")
    packages.install(tmp_path, packages.RUNTIME)
    assert calls == ["environment", packages.RUNTIME]


def test_what_pip_could_not_do_is_shown(installed: Path, tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text(f"nothing @ file://{tmp_path}/nothing.whl\n")
    with pytest.raises(Trouble, match=r"(?s)nothing\.whl.*Check the network"):
        packages.pip_install(installed / ".venv/bin/python", pins)


def test_pip_on_a_full_disk_asks_for_space() -> None:
    trouble = packages.pip_trouble("OSError: [Errno 28] No space left on device")
    assert "Free some space" in str(trouble)


def test_pins_are_counted_through_included_files(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# two\na==1\nb==2\n")
    tools = tmp_path / "tools.txt"
    tools.write_text("-r requirements.txt\nc==3\n")
    assert packages.count_pins(tools) == 3
