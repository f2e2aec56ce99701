"""What the models say is what the migrations make."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.project.programs import ROOT, manage

OUR_APPS = ("home", "stories", "branches", "search")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", *OUR_APPS, check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


#: Another project: what may differ there, and must not find its way into our migrations.
FOREIGN = """
from config.settings.dev import *

{auto_field}
LANGUAGE_CODE = "en-us"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-us", "English"), ("mn", "Mongolian")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
WAGTAIL_USER_TIME_ZONES = ["UTC"]
USE_TZ = USE_I18N = False
SITE_NAME = "Elsewhere"
SITE_URL = "https://example.org"
MEDIA_ROOT = "/elsewhere"
STORAGES["default"] = {{"BACKEND": "django.core.files.storage.InMemoryStorage"}}
WAGTAILIMAGES_EXTENSIONS = ["png"]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = WAGTAILDOCS_MAX_UPLOAD_SIZE = 1
"""


@pytest.mark.parametrize(
    ("auto_field", "database"),
    [
        ("del DEFAULT_AUTO_FIELD", "sqlite://:memory:"),
        (
            'DEFAULT_AUTO_FIELD = "django.db.models.AutoField"',
            "postgres://nobody@127.0.0.1:1/none?connect_timeout=1",
        ),
    ],
)
def test_no_other_project_writes_a_migration_into_our_apps(
    tmp_path: Path, auto_field: str, database: str
) -> None:
    (tmp_path / "foreign.py").write_text(FOREIGN.format(auto_field=auto_field))
    done = manage(
        *("makemigrations", *OUR_APPS, "--check", "--dry-run"),
        DJANGO_SETTINGS_MODULE="foreign",
        DATABASE_URL=database,
        PYTHONPATH=f"{tmp_path}:{ROOT}",
    )
    assert (done.returncode, "No changes detected" in done.stdout) == (0, True), done.stdout
