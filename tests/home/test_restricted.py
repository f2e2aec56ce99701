"""What only some may read is nowhere on the public site, and is found by no search."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from search import suggestions
from search.backends.elasticsearch.compiler import QueryCompiler
from stories.models import AboutPage, ExplainerPage, NewsPage, StoryPage
from stories.search_source import public_pieces
from tests.factories import Line, branch_page, make_line, make_piece, section

pytestmark = pytest.mark.django_db

ASKED = "尚未公开"
#: What no address asks for, and only restricted pages say.
SECRET = "其中的秘密"
BEGINNING = "我们是这样开始的"


@pytest.fixture
def line() -> Line:
    """A county with secrets, which also are offered; and one explainer of another branch."""
    line = make_line()
    for model in (StoryPage, NewsPage, ExplainerPage):
        make_piece(line.county, model, title=f"{ASKED}{SECRET}", text=SECRET)
    make_piece(line.county, ExplainerPage, title=SECRET, law="red-cross-law", articles="第三条")
    make_piece(line.city, StoryPage, title=f"{ASKED}{SECRET}", audience="below", featured=True)
    make_piece(line.other_county, StoryPage, title="谁都能看的红十字会法第三条")
    return line


def restrict(page: Page) -> None:
    """With what the clock does then."""
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    suggestions.rebuild()


def addresses(line: Line) -> list[str]:
    lists = ("stories", "news", "explainers", "stories/feed")
    homes = ("/", "/changchun/yushu/", "/changchun/nongan/", "/yanbian/")
    offered = StoryPage.objects.get(branch=line.city).shared_name
    return [
        *homes,
        *(f"{home}{name}/" for home in homes for name in lists),
        *("/feed/", "/topics/first-aid/", "/topics/first-aid/feed/", "/branches/?q=nong"),
        f"/changchun/yushu/stories/shared/{offered}/",
        str(StoryPage.objects.get(branch=line.other_county).url),
        *(f"/search/?q={query}" for query in (ASKED, "标题", "红十字会法第三条")),
        *(f"/search/?q={query}&branch=nongan" for query in (ASKED, "红十字会法第三条")),
        f"/api/search/?q={ASKED}",
        f"/nowhere/{ASKED}/",
    ]


def leaks(client: Client, line: Line) -> list[str]:
    """Addresses whose page says what only restricted ones do."""
    pages = {address: client.get(address).content.decode() for address in addresses(line)}
    return [address for address, page in pages.items() if SECRET in page]


def best_bets(client: Client, query: str) -> list[str]:
    found = client.get("/api/search/", {"q": query}).json()
    return [each["title"] for each in found["best_bets"]]


def test_nothing_of_a_restricted_branch_is_shown(client: Client, line: Line) -> None:
    assert len(leaks(client, line)) > 10
    assert best_bets(client, "农安红会电话") == [line.county.name]
    restrict(branch_page(line.city))
    assert leaks(client, line) == []
    assert best_bets(client, "农安红会电话") == best_bets(client, "农安红会") == []


def test_nothing_of_a_restricted_section_is_shown(client: Client, line: Line) -> None:
    restrict(section(line.city))
    restrict(section(line.county))
    assert SECRET not in client.get("/changchun/yushu/stories/").content.decode()
    assert SECRET in client.get("/changchun/nongan/news/").content.decode()


def test_a_branch_does_not_say_how_its_restricted_page_begins(client: Client, line: Line) -> None:
    about = AboutPage.objects.child_of(branch_page(line.other_county)).get()
    about.body = [("text", f"<p>{BEGINNING}</p>")]
    about.save()
    home = "/changchun/yushu/"
    assert BEGINNING in client.get(home).content.decode()
    restrict(about)
    assert BEGINNING not in client.get(home).content.decode()
    assert best_bets(client, "榆树红会简介") == []


def test_suggestions_leave_it_out(line: Line) -> None:
    restrict(branch_page(line.city))
    suggestions.rebuild()
    assert suggestions.suggest(ASKED, "zh-hans") == []


def test_every_engine_can_leave_it_out(line: Line) -> None:
    restrict(branch_page(line.city))
    QueryCompiler(public_pieces("zh-hans"), ASKED).check()  # Elasticsearch's asks no database
