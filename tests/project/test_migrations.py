"""What the models say is what the migrations make."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

OUR_APPS = ("home", "stories", "branches", "search")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", *OUR_APPS, check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())
