from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from branches.provisioning import provision
from home import sitemap
from tests.factories import Line, make_line, make_piece

pytestmark = pytest.mark.django_db

NAMESPACE = {"s": sitemap.NAMESPACE}


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def places(path: str) -> list[str]:
    root = ElementTree.fromstring(Client().get(path).content)
    return [str(element.text) for element in root.findall("*/s:loc", NAMESPACE)]


def test_every_public_page_is_in_exactly_one_part(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PAGES_PER_PART", 7)
    piece = make_piece(line.county, title="<&>")
    draft = make_piece(line.county, live=False)
    parts = places("/sitemap.xml")
    assert len(parts) > 3
    found = [place for part in parts for place in places(part.removeprefix("http://localhost"))]
    assert len(found) == len(set(found)) == Page.objects.live().filter(depth__gt=1).count()
    assert f"http://localhost{piece.url}" in found
    assert not [place for place in found if place.endswith(draft.slug + "/")]
    assert "http://localhost/" in found


def test_offered_pieces_stand_at_their_origin_only(line: Line) -> None:
    piece = make_piece(line.province, audience="below")
    content = Client().get("/sitemap-0.xml").content.decode()
    assert piece.url in content
    assert "/shared/" not in content


def test_other_languages_have_their_own_addresses(line: Line) -> None:
    provision(line.county, Locale.objects.create(language_code="ko"))
    assert "http://localhost/ko/changchun/nongan/stories/" in places("/sitemap-0.xml")


def test_a_part_without_pages_is_missing(line: Line) -> None:
    assert Client().get("/sitemap-999.xml").status_code == 404


def test_robots_are_told_where_it_is(line: Line) -> None:
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines


def test_absolute_addresses_begin_with_the_present_setting(line: Line, settings: Any) -> None:
    piece = make_piece(line.county)
    settings.SITE_URL = origin = "https://redcross.example.cn:8443"
    assert all(place.startswith(f"{origin}/") for place in places("/sitemap.xml"))
    assert f"{origin}{piece.url}" in places("/sitemap-0.xml")
    assert f"Sitemap: {origin}/sitemap.xml" in Client().get("/robots.txt").content.decode()
    assert f"<link>{origin}{piece.url}</link>" in Client().get("/feed/").content.decode()
    shown = Client().get(piece.url).content.decode()
    assert f'<link rel="canonical" href="{origin}{piece.url}">' in shown
    assert f'data-share="{origin}{piece.url}"' in shown
    assert "http://localhost" not in shown
