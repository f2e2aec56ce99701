"""What is run beside the site says where the site is: one address, whatever the port."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Site

from config.address import of_this_machine
from launch import command_line, machine
from tests.factories import make_line


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["runserver"], "http://127.0.0.1:8000"),
        (["runserver", "8001"], "http://127.0.0.1:8001"),
        (["runserver", "--noreload", "0.0.0.0:8002"], "http://127.0.0.1:8002"),
        (["runserver", "0:8003"], "http://127.0.0.1:8003"),
        (["runserver", "[::1]:8004", "-6"], "http://[::1]:8004"),
        (["runserver", "site.test:8005"], "http://site.test:8005"),
    ],
)
def test_what_is_run_by_hand_has_the_address_of_what_was_served_last(
    tmp_path: Path, arguments: list[str], address: str
) -> None:
    kept = tmp_path / "address"
    assert of_this_machine(["manage.py", *arguments], kept) == address
    assert of_this_machine(["manage.py", "tick"], kept) == address


@pytest.mark.parametrize("kept", [None, "", b"\xff"])
def test_without_a_record_it_is_the_usual_one(tmp_path: Path, kept: str | bytes | None) -> None:
    file = tmp_path / "address"
    if kept is not None:
        file.write_bytes(kept if isinstance(kept, bytes) else kept.encode())
    assert of_this_machine(["manage.py", "tick"], file) == "http://127.0.0.1:8000"


def test_make_run_leaves_its_address_for_what_is_run_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_line, "ROOT", tmp_path)
    monkeypatch.setattr(command_line.packages, "install", lambda *args: Path("python"))
    monkeypatch.setattr(command_line.preparation, "prepare", lambda *args: None)
    monkeypatch.setattr(command_line.serving, "serve", lambda *args: None)
    monkeypatch.setattr(machine, "require_free_port", lambda port: None)
    command_line.run_site("8123")
    kept = tmp_path / "var" / "address"
    assert of_this_machine(["manage.py", "tick"], kept) == "http://127.0.0.1:8123"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("https://redcross.example.cn", "https://redcross.example.cn"),
    ],
)
def test_wagtails_own_row_follows_with_the_clock(settings: Any, address: str, root: str) -> None:
    line = make_line()
    settings.SITE_URL = address
    call_command("tick", verbosity=0)
    assert Site.objects.get(is_default_site=True).root_url == root
    assert Site.objects.get(is_default_site=True).root_page.url_path == "/jilin/"
    assert line.province
