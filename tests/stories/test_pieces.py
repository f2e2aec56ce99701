"""The page of a story, a news item, an explainer."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stories.models import ContentPage, ExplainerPage, NewsPage, Topic, Venue
from tests.factories import Line, make_image, make_line, make_piece, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def visit(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200
    return response


def day(number: int) -> datetime.date:
    return datetime.date(2026, 5, number)


def graph(piece: ContentPage) -> list[dict[str, Any]]:
    content = visit(piece.url).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', content, re.S)
    return list(json.loads(data)["@graph"])


def test_before_and_after_in_the_section(line: Line) -> None:
    pieces = [make_piece(line.county, title=f"第{n}篇", date=day(n)) for n in (1, 2, 2, 3)]
    make_piece(line.county, NewsPage, date=day(2))
    make_piece(line.other_county, date=day(2))
    neighbours = []
    for piece in pieces:
        context = visit(piece.url).context
        links = (context["previous"], context["next"])
        neighbours.append(tuple(link.url if link else None for link in links))
    urls = [piece.url for piece in pieces]
    assert neighbours == [
        (None, urls[1]),
        (urls[0], urls[2]),
        (urls[1], urls[3]),
        (urls[2], None),
    ]


def test_what_a_higher_branch_offers_is_a_neighbour_too(line: Line) -> None:
    own = make_piece(line.county, date=day(1))
    offered = make_piece(line.province, date=day(2), audience="below")
    following = visit(own.url).context["next"]
    assert following.url == f"/changchun/nongan/stories/shared/jilin-{offered.slug}/"


def test_more_from_the_same_place_and_on_the_same_topic(line: Line) -> None:
    piece = make_piece(line.county, topics=("blood",), date=day(1))
    here = [make_piece(line.county, title=f"本地{n}", date=day(n)) for n in range(2, 6)]
    like = [
        make_piece(line.city, model, topics=("blood", "organ"), title=f"同题{n}", date=day(n))
        for n, model in ((2, NewsPage), (3, ExplainerPage), (4, NewsPage), (5, ExplainerPage))
    ]
    make_piece(line.city, topics=("youth",), title="别的", date=day(6))
    context = visit(piece.url).context
    assert [card.title for card in context["here"]] == [p.title for p in here[:0:-1]]
    assert [card.title for card in context["related"]] == [p.title for p in like[:0:-1]]


def test_a_piece_that_is_near_and_alike_is_shown_once(line: Line) -> None:
    piece, other = make_piece(line.county), make_piece(line.county)
    context = visit(piece.url).context
    assert [card.title for card in context["here"]] == [other.title]
    assert context["related"] == []


def test_topics_venues_and_doors(line: Line) -> None:
    piece = make_piece(line.county, topics=("blood", "organ"))
    piece.venues.set(Venue.objects.filter(slug="school"))
    piece.save()
    context = visit(piece.url).context
    assert [link.url for link in context["topics"]] == ["/topics/blood/", "/topics/organ/"]
    assert [link.url for link in context["venues"]] == ["/changchun/nongan/stories/?venue=school"]
    assert [link.url for link in context["doors"]] == [
        f"/changchun/nongan/services/#{kind}" for kind in ("blood", "donor", "volunteer")
    ]


def test_the_byline(line: Line) -> None:
    piece = make_piece(line.county, author="通讯员", photographer="摄影师")
    content = visit(piece.url).content.decode()
    for name in ("农安县红十字会", "通讯员", "摄影师"):
        assert name in content


def test_a_page_can_be_shared_and_printed(line: Line) -> None:
    piece = make_piece(line.county, lead_image=make_image(line.county), title='引号"与<尖括号>')
    response = visit(piece.url)
    content = response.content.decode()
    address = f"http://localhost{piece.url}"
    assert response.context["share_url"] == address
    assert f'<link rel="canonical" href="{address}">' in content
    assert 'property="og:title" content="引号&quot;与&lt;尖括号&gt;"' in content
    (picture,) = re.findall('property="og:image" content="http://localhost(/media/.*?)"', content)
    assert visit(picture)["Content-Type"] == "image/jpeg"
    assert response.context["qr_svg"].startswith("<svg")


def test_data_for_search_engines(line: Line) -> None:
    title = "</script><script>alert(1)</script>"
    story = make_piece(line.county, title=title, author="通讯员", date=day(8))
    data, way = graph(story)
    assert data["@type"] == "Article"
    assert data["headline"] == title
    assert data["datePublished"] == "2026-05-08"
    assert data["mainEntityOfPage"] == f"http://localhost{story.url}"
    assert data["author"] == {"@type": "Person", "name": "通讯员"}
    home = "http://localhost/changchun/nongan/"
    publisher = {"@type": "Organization", "name": "农安县红十字会", "url": home}
    assert data["publisher"] == publisher
    assert way["@type"] == "BreadcrumbList"
    assert [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]] == [
        (1, "农安县红十字会", home),
        (2, "红会故事", f"{home}stories/"),
        (3, title, f"http://localhost{story.url}"),
    ]


def test_search_engines_learn_who_publishes(line: Line) -> None:
    news = graph(make_piece(line.county, NewsPage, source="长春晚报"))[0]
    assert news["@type"] == "NewsArticle"
    assert news["author"] == {"@type": "Organization", "name": "长春晚报"}
    assert news["publisher"]["name"] == line.county.name
    assert visit(news["publisher"]["url"].removeprefix("http://localhost"))


def test_an_explainer_answers_questions(line: Line) -> None:
    explainer = make_piece(line.county, ExplainerPage, title="能收会费吗？", answer="能。")
    explainer.questions = [
        ("question", {"question": "收多少？", "answer": "<p>看<b>章程</b>。</p>"})
    ]
    publish(explainer.save_revision())
    article, _way, questions = graph(explainer)
    assert article["@type"] == "Article"
    assert questions["@type"] == "FAQPage"
    pairs = [(q["name"], q["acceptedAnswer"]["text"]) for q in questions["mainEntity"]]
    assert pairs == [("能收会费吗？", "能。"), ("收多少？", "看章程。")]


def test_a_piece_without_anything_optional_is_shown(line: Line) -> None:
    for model in (NewsPage, ExplainerPage):
        piece = make_piece(line.county, model, topics=())
        context = visit(piece.url).context
        assert context["picture"] is None
        assert context["topics"] == []
        assert len(context["doors"]) == 2


def test_a_preview_shows_the_topics_of_the_draft(line: Line) -> None:
    piece = make_piece(line.county, topics=("blood",))
    piece.topics.set(Topic.objects.filter(slug="organ"))
    context = piece.make_preview_request().context_data
    assert [link.url for link in context["topics"]] == ["/topics/organ/"]
