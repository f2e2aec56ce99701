"""What stood in the database before there was a slug history is in it."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from branches.models import SlugRecord
from branches.provisioning import provision
from stories.models import StoryPage
from tests.factories import branch_page, make_line, make_piece, section

pytestmark = pytest.mark.django_db

existing = import_module("branches.migrations.0005_slug_history")
redirects = import_module("home.migrations.0002_redirects_become_slug_history")


def remember(old: str, page: Page) -> None:
    """A redirect as Wagtail made it, when `page` moved."""
    Redirect.add_redirect(
        old, page, site=Site.objects.get(is_default_site=True), automatically_created=True
    )


def migrate() -> None:
    SlugRecord.objects.all().delete()
    existing.record_existing(apps, None)
    redirects.record(apps, None)


def leads(address: str) -> str | None:
    return Client().get(address).get("Location")


def test_present_names_and_old_redirects_are_written_down() -> None:
    line = make_line()
    provision(line.county, Locale.objects.create(language_code="ko"))
    piece, draft = make_piece(line.county), make_piece(line.county, live=False)
    remember("/changcun/", branch_page(line.city))
    remember("/changcun/nongan/", branch_page(line.county))
    remember("/changcun/nongan/stories/", section(line.county))
    remember("/changcun/nongan/stories/20250101-4/", piece)
    remember("/changchun/yushu/stories/20250101-5/", piece)
    remember("/changchun/yushu/stories/20250101-6/", draft)
    remember("/ko/changcun/", branch_page(line.county, "ko"))
    Redirect.add_redirect("/qr/", piece)
    before = set(SlugRecord.objects.values_list("parent", "slug", "page", "was_public"))
    migrate()
    assert before <= set(SlugRecord.objects.values_list("parent", "slug", "page", "was_public"))
    assert leads("/changcun/nongan/stories/20250101-4/") == piece.url
    assert leads("/changcun/yushu/stories/feed/") == "/changchun/yushu/stories/feed/"
    assert leads("/changchun/yushu/stories/20250101-5/") == piece.url
    assert leads("/changchun/yushu/stories/20250101-6/") is None
    assert leads("/ko/changcun/") == "/ko/changchun/nongan/"
    assert leads("/qr/") == piece.url
    assert make_piece(line.other_county, slug="20250101-5").slug == "20250101-2"


def test_and_made_redirects_again_when_that_is_reversed() -> None:
    line = make_line()
    piece = make_piece(line.county)
    piece.move(section(line.other_county), pos="last-child")
    Redirect.objects.all().delete()
    redirects.redirect(apps, None)
    (again,) = Redirect.objects.all()
    assert (again.old_path, again.redirect_page_id) == (piece.url.rstrip("/"), piece.pk)
    assert again.automatically_created
    migrate()
    assert leads(piece.url) == StoryPage.objects.get(pk=piece.pk).url


def test_a_new_site_has_nothing_to_write_down() -> None:
    migrate()
    redirects.redirect(apps, None)
    assert not SlugRecord.objects.exists()
