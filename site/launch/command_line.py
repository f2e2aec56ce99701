"""Reads the command line, calls what it names, and turns trouble into words."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from launch import machine, packages, preparation, serving, welcome
from launch.console import say
from launch.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


def run(arguments: Sequence[str]) -> int:
    """Carry out the command and return the exit code."""
    options = parse(arguments)
    serving.heed_interrupts()
    try:
        if options.action == "install":
            packages.install(ROOT, packages.TOOLS)
        else:
            run_site(options.port)
    except Trouble as trouble:
        sys.stderr.write(f"\n{trouble}\n")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The data is kept; 'make run' goes on from here.")
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="launch", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("install", help="install the pinned packages, tools included")
    site = actions.add_parser("run", help="bring the site up and serve it")
    site.add_argument("--port", default="8000")
    return parser.parse_args(arguments)


def run_site(port_text: str) -> None:
    """Check the machine, install, prepare the data, and serve until interrupted."""
    port = machine.parse_port(port_text)
    machine.require_free_port(port)
    machine.require_writable(ROOT / "var")
    python = packages.install(ROOT, packages.RUNTIME)
    environment = site_environment(port)
    (ROOT / "var" / "address").write_text(environment["SITE_URL"], encoding="utf-8")
    machine.require_space(ROOT, 200)
    preparation.prepare(ROOT, python, environment)
    say("==> Starting the web server")
    serving.serve(ROOT, python, port, environment, lambda: welcome.show(ROOT, port))


def site_environment(port: int) -> dict[str, str]:
    """Return the environment of all programs started here: what a reader sees, not debug pages."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": os.environ.get("DEBUG", "false"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "SITE_URL": f"http://{machine.HOST}:{port}",
    }
