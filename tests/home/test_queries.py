"""What a page costs, with nothing cached, does not depend on how much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wagtail.models import Locale

from branches.models import Branch
from branches.provisioning import provision
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage
from tests.factories import (
    Line,
    branch_page,
    give_logo,
    make_branch,
    make_image,
    make_line,
    make_piece,
)
from tests.home.cold import queries_of
from tests.home.rich import make_rich_piece

pytestmark = pytest.mark.django_db

MOST = 14
# Results, counts of five filters, what is pinned, what the query names (and what it was probably
# meant to), what was probably meant.
MOST_OF_SEARCH = 32
TYPES: tuple[type[ContentPage], ...] = (StoryPage, NewsPage, ExplainerPage)


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_full_line)


def make_full_line() -> Line:
    """Three levels of branches with two pieces of each type, one of them rich; and offered ones."""
    line = make_line()
    for branch in (line.province, line.city, line.county):
        give_logo(branch)
        for model in TYPES:
            make_rich_piece(branch, model)
            make_piece(branch, model, lead_image=make_image(branch))
    make_rich_piece(line.province, StoryPage, audience="below")
    make_rich_piece(line.province, ExplainerPage, audience="below")
    return line


def grow(line: Line, name: str = "more") -> None:
    """Many more branches and pieces."""
    counties = [make_branch(f"{name}-county{n}", line.city) for n in range(4)]
    cities = [make_branch(f"{name}-city{n}", line.province) for n in range(3)]
    pieces = [
        make_piece(branch, model, venues=[], lead_image=make_image(branch))
        for branch in (line.province, line.city, line.county, *counties, *cities)
        for model in TYPES
        for _number in range(2)
    ]
    assert len(pieces) == 60


def home(branch: Branch) -> str:
    return str(branch_page(branch).url)


def pages_of(branch: Branch) -> dict[str, str]:
    """One page of each kind in the tree of `branch`, by its kind."""
    here = home(branch)
    pieces = {
        model.__name__: model.objects.filter(branch=branch).order_by("pk")[0].url for model in TYPES
    }
    sections = ("stories", "news", "explainers", "services", "about", "stories/feed")
    return {"home": here, **pieces, **{name: f"{here}{name}/" for name in sections}}


def views() -> dict[str, str]:
    return {
        "branches": "/branches/",
        "finder": "/branches/?q=na",
        "feed": "/feed/",
        "topic": "/topics/first-aid/",
        "topic feed": "/topics/first-aid/feed/",
        "filtered list": "/changchun/stories/?topic=first-aid&venue=school&year=2026",
        "sitemap": "/sitemap.xml",
        "part of the sitemap": "/sitemap-0.xml",
        "robots": "/robots.txt",
    }


def searches() -> dict[str, str]:
    return {
        "search": "/search/?q=标题+正文",
        "narrowed": "/search/?q=标题+正文&branch=changchun&type=story&year=2026&topic=first-aid",
        "by date": "/search/?q=标题+正文&sort=newest&page=2",
        "branch": "/search/?q=农安",
        "door": "/search/?q=农安红会简介",
        "misspelt": "/search/?q=应救急护",
    }


def count(pages: dict[str, str]) -> dict[str, int]:
    return {kind: len(queries_of(path)) for kind, path in pages.items()}


def test_no_page_costs_more_than_fourteen_queries(line: Line) -> None:
    for branch in (line.province, line.city, line.county):
        assert max(count(pages_of(branch)).values()) <= MOST
    assert max(count(views()).values()) <= MOST
    assert max(count(searches()).values()) <= MOST_OF_SEARCH


def test_a_page_costs_the_same_at_every_depth(line: Line) -> None:
    city, county = count(pages_of(line.city)), count(pages_of(line.county))
    province = count(pages_of(line.province))
    del province["home"], county["home"]  # the portal, and a branch with none below it
    assert {kind: city[kind] for kind in county} == county
    assert {kind: city[kind] for kind in province} == province


def test_growth_costs_no_query(line: Line) -> None:
    few = [count(pages_of(branch)) for branch in (line.province, line.city, line.county)]
    few_views = count(views())
    grow(line)
    assert [count(pages_of(b)) for b in (line.province, line.city, line.county)] == few
    assert count(views()) == few_views


def test_growth_costs_no_query_of_a_search(line: Line) -> None:
    """As soon as there is something to count and to rank."""
    grow(line)
    some = count(searches())
    grow(line, "still-more")
    assert count(searches()) == some


def test_an_offered_piece_costs_no_more(line: Line) -> None:
    for model, section in ((StoryPage, "stories"), (ExplainerPage, "explainers")):
        piece = model.objects.get(audience="below")
        path = f"{home(line.county)}{section}/shared/{piece.shared_name}/"
        assert len(queries_of(path)) <= MOST


def test_a_second_language_costs_one_query_more_and_stays_within_the_limit(line: Line) -> None:
    before = count(pages_of(line.county))
    korean = Locale.objects.create(language_code="ko")
    provision(line.county, korean)
    after = count(pages_of(line.county))
    assert max(after.values()) <= MOST
    assert after["home"] == before["home"] + 1
    assert len(queries_of("/ko/changchun/nongan/")) <= MOST
    piece = StoryPage.objects.get(audience="below")
    shared = f"{home(line.county)}stories/shared/{piece.shared_name}/"
    assert len(queries_of(shared)) <= MOST
