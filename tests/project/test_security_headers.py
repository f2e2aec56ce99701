"""What each address tells the browser to trust."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def policy(path: str) -> dict[str, str]:
    """Return the Content Security Policy of the answer to ``path``, by directive."""
    header = Client().get(path, follow=True).headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def test_public_pages_run_no_inline_script_and_no_foreign_one() -> None:
    public = policy("/no-such-page/")
    assert public["default-src"] == "'self'"
    assert "script-src" not in public
    assert "style-src" not in public
    assert public["object-src"] == "'none'"
    assert public["frame-ancestors"] == "'none'"


def test_public_pages_may_show_the_three_video_players_only() -> None:
    assert policy("/no-such-page/")["frame-src"].split() == [
        "'self'",
        "https://player.bilibili.com",
        "https://v.qq.com",
        "https://player.youku.com",
    ]


def test_the_cms_may_run_its_inline_scripts_but_loads_nothing_from_elsewhere() -> None:
    admin = policy("/admin/")
    assert "'unsafe-inline'" in admin["script-src"]
    assert admin["default-src"] == "'self'"
    assert "http" not in admin["script-src"] + admin["style-src"] + admin["img-src"]
    assert admin["frame-ancestors"] == "'self'"
