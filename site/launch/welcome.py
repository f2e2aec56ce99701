"""The last thing that ``make run`` prints: where the site is and who may sign in."""

from __future__ import annotations

import tomllib
from pathlib import Path

from launch.console import say
from launch.machine import HOST

ADDRESSES = (
    ("The province", "/"),
    ("A city's branch", "/changchun/"),
    ("A county's branch", "/changchun/nongan/"),
    ("Search", "/search/?q=应急救护"),
    ("CMS", "/admin/"),
)
ACCOUNTS = "sample/content/_accounts.toml"


def show(root: Path, port: int) -> None:
    """Print the addresses and the sample accounts."""
    say()
    say("The site is running:")
    for label, path in ADDRESSES:
        say(f"    {label:<18} http://{HOST}:{port}{path}")
    say()
    say("Sample accounts for the CMS:")
    for account in sample_accounts(root):
        say(f"    {account['username']:<12} {account['password']:<24} {account['role']}")
    say()
    say("Ctrl-C stops it.")


def sample_accounts(root: Path) -> list[dict[str, str]]:
    """Return the accounts that the sample content brings."""
    return list(tomllib.loads((root / ACCOUNTS).read_text(encoding="utf-8"))["account"])
