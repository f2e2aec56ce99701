"""`LANGUAGE_CODE` may name a region: the content of the site is in the language that it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings
from wagtail.models import Locale

from branches.best_bets import best_bets
from branches.models import Service
from branches.provisioning import provision
from search.languages import content_language, main_language, to_activate
from tests.factories import Line, make_line, make_piece


def make_korean_line() -> Line:
    line = make_line()
    korean = Locale.objects.create(language_code="ko")
    provision(line.province, korean)
    provision(line.other_city, korean)
    return line


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_korean_line)


@pytest.fixture(autouse=True)
def regional() -> Iterator[None]:
    with override_settings(LANGUAGE_CODE="zh-cn"):
        yield


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("zh-cn", "zh-hans"),
        ("zh-hans", "zh-hans"),
        ("en-us", "en"),
        ("en", "en"),
        ("ko-kr", "ko"),
        ("fr", None),
        ("", None),
        (None, None),
    ],
)
def test_a_code_means_a_language_of_content(code: str | None, meant: str | None) -> None:
    assert content_language(code) == meant


def test_the_main_language_is_active_under_its_own_code() -> None:
    assert main_language() == "zh-hans"
    assert (to_activate("zh-hans"), to_activate("ko")) == ("zh-cn", "ko")


@pytest.mark.django_db
def test_the_public_site_is_that_of_the_main_language(line: Line) -> None:
    make_piece(line.county, title="雪夜里的救护车")
    for path in ("/", "/changchun/", "/changchun/nongan/stories/", "/search/?q=救护车", "/feed/"):
        answer = Client().get(path)
        assert answer.status_code == 200, path
    assert "雪夜里的救护车" in Client().get("/changchun/nongan/stories/").content.decode()
    korean = Client().get("/ko/yanbian/").content.decode()
    assert 'href="/yanbian/"' in korean
    assert "/zh-hans/" not in korean
    assert "/zh-cn/" not in korean


@pytest.mark.django_db
def test_the_search_api_answers_in_its_default_language(line: Line) -> None:
    answer = Client().get("/api/search/?q=救护车")
    assert answer.status_code == 200
    assert answer.json()["language"] == "zh-hans"
    with override_settings(LANGUAGE_CODE="en-us"):
        assert Client().get("/api/search/?q=aid").json()["language"] == "en"
    assert Client().get("/api/search/?q=aid&language=ko-KR").json()["language"] == "ko"
    assert Client().get("/api/search/?q=aid&language=fr").status_code == 400


@pytest.mark.django_db
def test_what_is_not_there_in_a_language_comes_in_the_main_one(line: Line) -> None:
    chinese = Locale.objects.get(language_code="zh-hans")
    Service.objects.create(branch=line.province, locale=chinese, kind="learn", title="学急救")
    korean = Locale.objects.get(language_code="ko")
    offered = Service.objects.offered_to(line.other_city, korean)
    assert [service.title for service in offered] == ["学急救"]
    assert [hit.url for hit in best_bets("农安县红十字会", "ko", "")] == ["/changchun/nongan/"]
