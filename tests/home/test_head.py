"""The head of every page: where it is, and how it looks where somebody passes it on."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client
from wagtail.models import Locale

from branches.provisioning import provision
from stories.models import StoryPage
from tests.factories import Line, give_logo, make_image, make_line, make_piece

pytestmark = pytest.mark.django_db

HERE = "/changchun/nongan/"
SECTIONS = [f"{HERE}{name}/" for name in ("stories", "news", "explainers", "services", "about")]
OWN_ADDRESS = ("/", HERE, "/branches/", "/topics/blood/", *SECTIONS)


def make_shown_line() -> Line:
    line = make_line()
    give_logo(line.province)
    make_piece(line.county, lead_image=make_image(line.county), topics=("blood",))
    provision(line.other_city, Locale.objects.create(language_code="ko"))
    return line


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_shown_line)


class Head(HTMLParser):
    """What the head of the page at `path` says: ``meta`` by name, ``link`` by relation."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.html = Client().get(path).content.decode()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[found.get("property") or found.get("name", "")] = found.get("content", "")
        if tag == "link":
            self.links.append(found)

    def addresses(self, rel: str) -> list[str]:
        return [link["href"] for link in self.links if link["rel"] == rel]

    @property
    def title(self) -> str:
        (title,) = re.findall(r"<title>(.*?)</title>", self.html, re.S)
        return str(title)


def test_every_page_says_where_it_is_and_what_it_is(line: Line) -> None:
    for path in (*OWN_ADDRESS, StoryPage.objects.get().url):
        head = Head(path)
        address = f"http://localhost{path}"
        assert head.addresses("canonical") == [address]
        assert head.meta["og:url"] == address
        assert head.meta["og:title"]
        assert head.title.startswith(head.meta["og:title"])
        assert head.meta["og:description"] == head.meta["description"] != ""


def test_heads_are_tidy(line: Line) -> None:
    for path in (*OWN_ADDRESS, "/search/?q=标题", "/search/", "/nothing/"):
        head = Head(path)
        assert head.html.startswith("<!DOCTYPE html>")
        assert head.title == head.title.strip() != ""
        assert "\n" not in head.title
        assert "" not in [head.meta[name] for name in head.meta if name]
        assert 'class=""' not in head.html


def test_a_search_says_whose_it_is(line: Line) -> None:
    assert Head("/search/").title == f"搜索 · {line.province.name}"
    assert Head("/search/?q=标题").title == f"搜索“标题” · {line.province.name}"
    assert Head("/search/?q=标题&branch=nongan").title == f"搜索“标题” · {line.county.name}"


def test_what_is_no_page_of_its_own_has_no_canonical_address(line: Line) -> None:
    for path in ("/search/?q=标题", "/nothing/"):
        assert Head(path).addresses("canonical") == []


def test_a_page_is_passed_on_with_its_picture_its_first_card_or_the_logo(line: Line) -> None:
    story = StoryPage.objects.get()
    picture = Head(story.url).meta["og:image"]
    assert picture.startswith("http://localhost/media/")
    for path in ("/", HERE, f"{HERE}stories/", "/topics/blood/"):
        head = Head(path)
        assert head.meta["og:image"] == picture
        assert head.meta["twitter:card"] == "summary_large_image"
    logo = Head("/branches/").meta["og:image"]
    assert logo.startswith("http://localhost/media/")
    assert logo != picture
    without = Head(f"{HERE}services/")
    assert "og:image" not in without.meta
    assert without.meta["twitter:card"] == "summary"


def test_translations_name_each_other(line: Line) -> None:
    def languages(path: str) -> dict[str, str]:
        links = Head(path).links
        return {link["hreflang"]: link["href"] for link in links if "hreflang" in link}

    both = {"zh-hans": "http://localhost/yanbian/news/", "ko": "http://localhost/ko/yanbian/news/"}
    assert languages("/yanbian/news/") == languages("/ko/yanbian/news/") == both
    assert languages("/yanbian/news/?year=2026") == {}
    assert set(languages("/branches/")) == {"zh-hans", "ko"}
    untranslated = make_piece(line.other_city)
    for path in (str(untranslated.url), HERE, "/nothing/"):
        assert languages(path) == {}


def test_feeds_have_titles(line: Line) -> None:
    (feed,) = [link for link in Head(f"{HERE}stories/").links if link.get("title")]
    assert feed["title"] == "红会故事 · 农安县红十字会"
