"""The virtual environment ``.venv`` and the pinned packages in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import deque
from pathlib import Path

from launch import machine
from launch.console import Counter, timed
from launch.fingerprints import fingerprint
from launch.trouble import Trouble

RUNTIME = "requirements.txt"
TOOLS = "requirements-dev.txt"
SPACE_NEEDED = {RUNTIME: 700, TOOLS: 1200}
INCLUDES = {RUNTIME: (RUNTIME,), TOOLS: (TOOLS, RUNTIME)}
PIP_HANDLES = re.compile(r"(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9_.-]+)")


def install(root: Path, requirements: str) -> Path:
    """Make ``.venv`` hold what ``requirements`` pins and return its Python.

    A stamp inside ``.venv`` keeps the fingerprint of what was installed, so that a second
    call is quick, and an interrupted one is done again.
    """
    venv = root / ".venv"
    python = venv / "bin" / "python"
    stamp = venv / "installed.json"
    installed = read_stamp(stamp) if works(python) else {}
    wanted = {name: fingerprint(root, [name]) for name in INCLUDES[requirements]}
    if wanted.items() <= installed.items():
        return python
    machine.require_space(root, SPACE_NEEDED[requirements])
    if not works(python, "-m", "pip", "--version"):
        make_environment(venv)
    stamp.unlink(missing_ok=True)
    pip_install(python, root / requirements)
    stamp.write_text(json.dumps(wanted), encoding="utf-8")
    return python


def read_stamp(stamp: Path) -> dict[str, str]:
    """Return what ``stamp`` says is installed; nothing when it is missing or torn."""
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def works(python: Path, *arguments: str) -> bool:
    """Tell whether ``python`` exists, is of this Python's version, and runs ``arguments``."""
    check = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        command = [str(python), *(arguments or ("-c", check))]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_environment(venv: Path) -> None:
    """Make ``venv`` anew with the Python that runs this."""
    with timed(f"Making a virtual environment with Python {sys.version.split()[0]}"):
        done = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", venv],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Trouble(
                "Python could not make a virtual environment:\n"
                + indent(done.stdout + done.stderr),
                "On Debian and Ubuntu install the package python3.11-venv; or name another "
                "Python: make run PYTHON=/path/to/python3.11",
            )


def pip_install(python: Path, requirements: Path) -> None:
    """Let pip install ``requirements``, counting the packages as it comes to them."""
    with timed("Installing the pinned packages"):
        command = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar", "off", "-r", str(requirements)]
        counter = Counter(count_pins(requirements))
        last_words: deque[str] = deque(maxlen=12)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        ) as pip:
            for line in pip.stdout or ():
                last_words.append(line)
                show_progress(line, counter)
        counter.finish()
        if pip.returncode:
            raise pip_trouble("".join(last_words))


def show_progress(line: str, counter: Counter) -> None:
    """Count the package that a line of pip's output turns to, once each."""
    if match := PIP_HANDLES.match(line):
        counter.step(match[1])
    elif line.startswith("Installing collected packages"):
        counter.finish()


def count_pins(requirements: Path) -> int:
    """Return how many packages ``requirements`` pins, with the files that it includes."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    included = [line.removeprefix("-r ").strip() for line in lines if line.startswith("-r ")]
    return sum("==" in line for line in lines) + sum(
        count_pins(requirements.parent / name) for name in included
    )


def pip_trouble(output: str) -> Trouble:
    """Return the error for a failed pip, with its last words and what they call for."""
    if "No space left on device" in output:
        return machine.no_space(Path.cwd())
    return Trouble(
        f"pip could not install the packages. Its last words:\n{indent(output)}",
        "Check the network and start again: what was fetched is kept. Where the usual package "
        "index cannot be reached, name a mirror: PIP_INDEX_URL=https://… make run",
    )


def indent(output: str) -> str:
    """Return the lines of another program's ``output``, set in from the margin."""
    return "\n".join(f"    {line}" for line in output.strip().splitlines())
