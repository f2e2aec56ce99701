"""What stands around every page: whose it is, and where one can go from it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from branches.models import BranchImage
from home.models import SiteSettings
from stories.models import StoryPage
from tests.factories import Line, give_logo, make_branch, make_line, make_piece

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def frame(path: str, status: int = 200) -> Any:
    response = Client().get(path)
    assert response.status_code == status
    return response.context["frame"]


def urls(links: list[Any]) -> list[str]:
    return [link.url for link in links]


def test_the_ways_from_a_county(line: Line) -> None:
    shown = frame("/changchun/nongan/stories/")
    assert shown.branch == line.county
    assert (shown.home.title, shown.home.url) == ("农安县", "/changchun/nongan/")
    assert urls(shown.line) == ["/changchun/", "/"]
    assert urls(shown.beside) == ["/changchun/yushu/"]
    assert shown.below == []
    assert not shown.is_province
    assert urls(shown.sections) == [
        f"/changchun/nongan/{slug}/"
        for slug in ("stories", "news", "explainers", "services", "about")
    ]
    assert [link.title for link in shown.sections if link.current] == ["红会故事"]


def test_the_box_says_where_it_searches(line: Line) -> None:
    county = Client().get("/changchun/nongan/").content.decode()
    assert county.count('="搜农安县"') == 3, "label, placeholder, and the link of small screens"
    assert "搜吉林省" not in Client().get("/").content.decode()


def test_the_ways_from_a_city_and_the_province(line: Line) -> None:
    city = frame("/changchun/about/")
    assert urls(city.line) == ["/"]
    assert urls(city.below) == ["/changchun/nongan/", "/changchun/yushu/"]
    assert urls(city.beside) == ["/yanbian/"]
    province = frame("/")
    assert province.is_province
    assert province.line == province.beside == []
    assert urls(province.below) == ["/changchun/", "/yanbian/"]


def test_a_piece_stands_in_the_frame_of_its_branch_and_section(line: Line) -> None:
    shown = frame(make_piece(line.county).url)
    assert shown.branch == line.county
    assert [link.title for link in shown.sections if link.current] == ["红会故事"]


def test_an_offered_piece_stands_in_the_frame_of_the_branch_below(line: Line) -> None:
    piece = make_piece(line.province, audience="below")
    shown = frame(f"/changchun/nongan/stories/shared/{piece.shared_name}/")
    assert shown.branch == line.county
    assert [link.url for link in shown.sections if link.current] == ["/changchun/nongan/stories/"]


def test_other_views_stand_in_the_frame_of_the_province(line: Line) -> None:
    for path in ("/branches/", "/topics/blood/", "/search/"):
        assert frame(path).branch == line.province


def test_a_search_within_a_branch_stands_in_its_frame(line: Line) -> None:
    assert frame("/search/?q=救护&branch=nongan").branch == line.county
    for unknown in ("nowhere", "%00", "x" * 500):
        assert frame(f"/search/?q=救护&branch={unknown}").branch == line.province


def test_a_missing_page_stands_in_the_frame_of_the_branch_in_its_address(line: Line) -> None:
    assert frame("/changchun/nongan/stories/nothing/", 404).branch == line.county
    assert frame("/changchun/nothing/", 404).branch == line.city
    assert frame("/nothing/", 404).branch == line.province


def test_a_preview_stands_in_the_frame_of_its_branch(line: Line) -> None:
    draft: StoryPage = make_piece(line.county, live=False, title="还没发的故事")
    response = draft.make_preview_request()
    assert response.status_code == 200
    content = response.content.decode()
    assert 'href="/changchun/nongan/stories/"' in content
    assert "还没发的故事" in content


def test_a_closed_branch_says_where_to_go_and_is_offered_no_more(line: Line) -> None:
    line.county.status = "closed"
    line.county.successor = line.other_county
    line.county.closed_on = datetime.date(2026, 3, 1)
    line.county.save()
    shown = frame("/changchun/nongan/")
    assert shown.branch.is_closed
    assert (shown.successor.title, shown.successor.url) == ("榆树市红十字会", "/changchun/yushu/")
    assert "/changchun/yushu/" in Client().get("/changchun/nongan/").content.decode()
    assert urls(frame("/changchun/").below) == ["/changchun/yushu/"]
    assert frame("/changchun/yushu/").successor is None


def test_the_box_searches_in_the_branch_but_not_in_one_that_is_closed(line: Line) -> None:
    assert 'name="branch" value="nongan"' in Client().get("/changchun/nongan/").content.decode()
    line.county.status = "closed"
    line.county.save()
    closed = Client().get("/changchun/nongan/").content.decode()
    assert 'name="branch"' not in closed
    assert "?branch=" not in closed


def test_a_logo_is_made_small_and_public_when_it_is_set(line: Line) -> None:
    give_logo(line.city)
    logo = frame("/changchun/").logo
    assert (logo.width, logo.height) == (204, 128)
    assert BranchImage.objects.get(pk=line.city.logo.pk).is_public
    assert Client().get(logo.src).status_code == 200
    assert frame("/yanbian/").logo is None


def test_a_county_of_the_province_itself(line: Line) -> None:
    make_branch("meihekou", line.province, level="county", division="梅河口市")
    assert urls(frame("/meihekou/").line) == ["/"]


def test_settings_of_the_site_stand_at_the_foot_of_every_page(line: Line) -> None:
    assert frame("/").settings.icp == ""
    assert not SiteSettings.objects.exists()
    SiteSettings.objects.create(icp="吉ICP备00000001号", police_filing="吉公网安备2200号")
    for path in ("/", "/changchun/nongan/", "/search/", "/branches/"):
        assert "吉ICP备00000001号" in Client().get(path).content.decode()


def test_every_page_leads_to_the_finder(line: Line) -> None:
    for path in ("/", "/changchun/nongan/", "/changchun/nongan/stories/", "/nothing/"):
        top = Client().get(path).content.decode().partition("</header>")[0]
        assert '<a href="/branches/">找红十字会</a>' in top
    own = Client().get("/branches/").content.decode().partition("</header>")[0]
    assert '<a href="/branches/" aria-current="page">找红十字会</a>' in own


def test_a_language_in_which_the_site_is_not_open_names_no_branch(line: Line) -> None:
    page = Client().get("/ko/search/").content.decode()
    assert 'name="branch"' not in page
    assert 'placeholder="검색"' in page
