"""The address alone chooses the language; lists hold what is written in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from wagtail.models import Locale

from branches.models import BranchPage, Service
from branches.provisioning import provision
from stories.models import StoryPage, StorySection
from tests.factories import Line, make_line, make_piece, publish

pytestmark = pytest.mark.django_db


def make_korean_line() -> Line:
    line = make_line()
    line.other_city.names = {"ko": "연변 적십자회"}
    line.other_city.save()
    provision(line.other_city, Locale.objects.create(language_code="ko"))
    return line


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_korean_line)


def translate(story: StoryPage, title: str) -> StoryPage:
    """The Korean version of `story`, public."""
    korean = Locale.objects.get(language_code="ko")
    section = StorySection.objects.get(branch=story.branch, locale=korean)
    copy = StoryPage(
        title=title,
        summary="요약",
        slug=story.slug,
        locale=korean,
        translation_key=story.translation_key,
        live=False,
    )
    section.add_child(instance=copy)
    publish(copy.save_revision())
    return StoryPage.objects.get(pk=copy.pk)


def test_lists_hold_the_pieces_of_their_language(line: Line) -> None:
    story = make_piece(line.other_city, title="中文的故事")
    korean = translate(story, "한국어 이야기")
    assert korean.url == f"/ko{story.url}"
    for path in ("/", "/yanbian/", "/yanbian/stories/", "/topics/first-aid/", "/feed/"):
        chinese, other = (Client().get(f"{prefix}{path}") for prefix in ("", "/ko"))
        assert "한국어 이야기" not in chinese.content.decode()
        assert "中文的故事" not in other.content.decode()
    assert "한국어 이야기" in Client().get("/ko/yanbian/stories/").content.decode()


def test_a_page_links_to_itself_in_other_languages(line: Line) -> None:
    story = make_piece(line.other_city)
    untranslated = make_piece(line.other_city)
    korean = translate(story, "이야기")

    def links(path: str) -> dict[str, str]:
        frame = Client().get(path).context["frame"]
        return {link.note: link.url for link in frame.languages}

    assert links(story.url) == {"zh-hans": story.url, "ko": korean.url}
    assert links(korean.url) == {"zh-hans": story.url, "ko": korean.url}
    assert links(untranslated.url) == {"zh-hans": untranslated.url, "ko": "/ko/yanbian/"}
    assert links("/yanbian/news/") == {"zh-hans": "/yanbian/news/", "ko": "/ko/yanbian/news/"}
    assert links("/topics/blood/") == {"zh-hans": "/topics/blood/", "ko": "/ko/topics/blood/"}
    assert links("/changchun/") == {"zh-hans": "/changchun/"}


def test_names_are_those_of_the_language(line: Line) -> None:
    frame = Client().get("/ko/yanbian/").context["frame"]
    assert frame.home.title == "연변 적십자회"
    assert frame.sections[0].title == "적십자 이야기"
    assert Client().get("/ko/yanbian/")["Content-Language"] == "ko"


def test_a_branch_that_is_not_open_in_a_language_is_missing_there(line: Line) -> None:
    assert not BranchPage.objects.filter(branch=line.city, locale__language_code="ko").exists()
    assert Client().get("/ko/changchun/").status_code == 404


def test_services_that_are_not_said_in_the_language_come_in_chinese(
    line: Line, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    chinese, korean = Locale.get_default(), Locale.objects.get(language_code="ko")
    say = {"title": "学急救去", "lead": "每月一期", "steps": "报名", "phone": "0433-1"}
    Service.objects.create(branch=line.province, locale=chinese, kind="learn", **say)
    Service.objects.create(branch=line.other_city, locale=chinese, kind="blood", **say)
    own = {"title": "피를 나눕니다", "lead": "헌혈하는 곳"}
    Service.objects.create(branch=line.province, locale=korean, kind="blood", **own)
    page = Client().get("/ko/yanbian/services/").content.decode()
    assert '<p class="service-lead" lang="zh-hans">每月一期</p>' in page
    assert '<p class="service-lead" lang="ko">헌혈하는 곳</p>' in page
    assert "응급처치 배우기" in page and "学急救去" not in page
    front = Client().get("/ko/yanbian/").content.decode()
    assert "응급처치 배우기" in front and "每月一期" not in front and "헌혈하는 곳" in front
    with django_assert_num_queries(1):
        offered = Service.objects.offered_to(line.other_city, korean)
        assert [(s.kind, s.locale.language_code) for s in offered] == [
            ("learn", "zh-hans"),
            ("blood", "ko"),
        ]
