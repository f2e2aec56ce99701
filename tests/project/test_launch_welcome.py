"""The last words of ``make run`` are the addresses and the sample accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from launch import welcome

ROOT = Path(__file__).resolve().parents[2]


def test_addresses_and_accounts_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    welcome.show(ROOT, 8001)
    printed = capsys.readouterr().out
    for path in ("/", "/changchun/nongan/", "/admin/"):
        assert f"http://127.0.0.1:8001{path}\n" in printed
    accounts = welcome.sample_accounts(ROOT)
    assert len(accounts) >= 3
    for account in accounts:
        assert account["username"] in printed
        assert account["password"] in printed
        assert account["role"] in printed
