"""The real programs start and answer; a missing one is an error that names the remedy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import services
from tests.project.programs import manage

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.server
def test_redis_keeps_what_the_cache_is_given(redis_url: str) -> None:
    code = (
        "from django.core.cache import cache; cache.set('键', '值'); "
        "print(type(cache._connections).__name__, cache.get('键'))"
    )
    done = manage("shell", "--no-imports", "-c", code, REDIS_URL=redis_url)
    assert "值" in done.stdout, done.stderr


@pytest.mark.server
def test_branches_are_made_on_postgresql(postgres_url: str) -> None:
    commands = (
        ("migrate", "--verbosity=0"),
        ("check", "--database", "default"),
        ("import_branches", "branches/data/jilin_branches.csv"),
        ("tick",),
    )
    for command in commands:
        done = manage(*command, DATABASE_URL=postgres_url)
        assert done.returncode == 0, done.stderr


@pytest.mark.server
def test_search_runs_on_elasticsearch(elasticsearch_url: str, tmp_path: Path) -> None:
    site = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "ELASTICSEARCH_URL": elasticsearch_url,
        "ELASTICSEARCH_PREFIX": "service_",
    }
    for command in (("migrate", "--verbosity=0"), ("update_index",), ("check_index",), ("tick",)):
        done = manage(*command, **site)
        assert done.returncode == 0, done.stderr
    checked = manage("check", "--database", "default", **site)
    assert "search.W001" not in checked.stderr


@pytest.mark.server
def test_chromium_shows_a_page(page: Page) -> None:
    page.set_content("<title>红十字</title>")
    assert page.title() == "红十字"


def test_a_missing_program_names_its_package() -> None:
    with pytest.raises(services.MissingProgramError, match="apt-get install no-such-package"):
        services.find_program("no-such-program", "no-such-package")
