"""Production is safe by default: it starts with every secret set, or not at all."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from branches import deployment_checks
from home import deployment_checks as home_checks
from sample.desk import load_accounts
from tests.factories import make_line
from tests.project.programs import ROOT, manage

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "kP7-vw3_Qz9xN2bLmR5tYc8JhGdFsA1eUo4iXnVq6TzBpWyKjM",
    "ALLOWED_HOSTS": "redcross.example.cn",
    "SITE_URL": "https://redcross.example.cn",
}


def deploy_check(**environment: str) -> CompletedProcess[str]:
    return manage("check", "--deploy", "--fail-level", "DEBUG", **(COMPLETE | environment))


def test_deployment_check_is_silent(tmp_path: Path) -> None:
    done = deploy_check(DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_a_missing_variable_stops_the_start(name: str) -> None:
    done = manage("check", **{key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr


@pytest.mark.parametrize("secret", ["short", "django-insecure-" + "x1Y" * 20])
def test_a_weak_secret_stops_the_start(secret: str) -> None:
    done = manage("check", **(COMPLETE | {"SECRET_KEY": secret}))
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_deployment_check_looks_at_what_is_ours(tmp_path: Path) -> None:
    done = deploy_check(
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        SITE_URL="http://elsewhere.example.cn",
        ALLOWED_HOSTS="redcross.example.cn,*.example.org",
        DEFAULT_FROM_EMAIL="红十字会 <webmaster@localhost>",
        TRUSTED_PROXIES="127.0.0.1,10.0.0.0/8,0.0.0.0/0",
        MEDIA_ROOT=str(ROOT / "var" / "static" / "media"),
    )
    assert done.returncode != 0
    assert not (tmp_path / "db.sqlite3").exists()
    for code in ("W101", "E102", "W104", "E105", "E106"):
        assert f"branches.{code}" in done.stderr
    assert "(0.0.0.0/0)" in done.stderr


@pytest.mark.parametrize(
    ("proxy", "anybody"),
    [
        *(("*", True), ("0.0.0.0/0", True), ("::/0", True), ("8.0.0.0/8", True)),
        *(("127.0.0.1", False), ("10.0.0.0/8", False), ("fd00::/8", False), ("proxy", False)),
    ],
)
def test_which_proxies_are_anybody(proxy: str, anybody: bool) -> None:
    assert deployment_checks.is_anybody(proxy) is anybody


@pytest.fixture
def in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the checks ask the database of the tests, which is open and in no file."""
    for module in (deployment_checks, home_checks):
        monkeypatch.setattr(module, "ask_database", lambda question: question())


@pytest.mark.django_db
def test_published_passwords_are_named_until_they_are_changed(in_a_file: None) -> None:
    make_line()
    users = load_accounts()
    (found,) = home_checks.check_sample_accounts()
    assert found.id == "home.E101"
    assert "shengji, shiji, xianji" in found.msg
    users["shengji"].set_password("songhuajiang-2026")
    users["shiji"].is_active = False
    for user in users.values():
        user.save()
    (found,) = home_checks.check_sample_accounts()
    assert ": xianji." in found.msg


@pytest.mark.django_db
def test_a_group_that_may_publish_is_named(in_a_file: None) -> None:
    make_line()
    assert not deployment_checks.check_right_to_publish()
    right = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    editors = Group.objects.create(name="Moderators")
    GroupPagePermission.objects.create(
        group=editors, page=Page.get_first_root_node(), permission=right
    )
    (found,) = deployment_checks.check_right_to_publish()
    assert "Moderators" in found.msg
