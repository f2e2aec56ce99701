"""Production is safe by default: it starts with every secret set, or not at all."""

from __future__ import annotations

import pytest

from tests.project.programs import manage

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "kP7-vw3_Qz9xN2bLmR5tYc8JhGdFsA1eUo4iXnVq6TzBpWyKjM",
    "ALLOWED_HOSTS": "redcross.example.cn",
    "SITE_URL": "https://redcross.example.cn",
}


def test_deployment_check_is_silent() -> None:
    done = manage("check", "--deploy", "--fail-level", "DEBUG", **COMPLETE)
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
