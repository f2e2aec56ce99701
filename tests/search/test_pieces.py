"""Searching pages that have many-to-many relations, as the site does."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.query import MATCH_ALL, Not, Phrase

from search.index_checking import difference
from stories.models import ContentPage, StoryPage, Topic
from tests.factories import make_branch, make_piece


@pytest.fixture
def two_topics(backend: Any) -> None:
    piece = make_piece(
        make_branch("jilin"),
        title="救护培训进校园",
        topics=("first-aid", "volunteer"),
        text="<b>心肺</b>复苏",
    )
    backend.add(piece)


@pytest.mark.usefixtures("two_topics")
def test_a_page_with_two_of_the_topics_asked_for_comes_once(backend: Any) -> None:
    topics = Topic.objects.filter(slug__in=["first-aid", "volunteer"])
    queryset = ContentPage.objects.filter(topics__in=list(topics))
    found = backend.search("校园", queryset)
    assert found.count() == len(list(found)) == 1
    assert sum(found.facet("live").values()) == 1
    newest = backend.search("校园", queryset.order_by("-date"), order_by_relevance=False)
    assert len(list(newest)) == 1
    for query in (MATCH_ALL, Not(Phrase("献血"))):
        everything = backend.search(query, queryset)
        assert everything.count() == len(list(everything)) == 1
        assert sum(everything.facet("live").values()) == 1


@pytest.mark.usefixtures("two_topics")
def test_what_is_fetched_along_stays_fetched_along(
    backend: Any, django_assert_num_queries: Any
) -> None:
    queryset = ContentPage.objects.select_related("branch").prefetch_related("topics")
    (found,) = backend.search("心肺复苏", queryset)
    with django_assert_num_queries(0):
        assert found.branch.slug == "jilin"
        assert {topic.slug for topic in found.topics.all()} == {"first-aid", "volunteer"}


def test_a_piece_is_found_by_its_branch_place_and_byline(backend: Any) -> None:
    branch = make_branch("gongzhuling", names={"ko": "공주령시 적십자회"})
    piece = make_piece(branch, place="范家屯", source="融媒体", author="金哲")
    backend.add(piece)
    for query in (branch.division, branch.name, "공주령", "范家屯", "融媒体", "金哲"):
        found = backend.search(query, ContentPage.objects.live())
        assert [each.pk for each in found] == [piece.pk], query


def test_comparing_more_pieces_with_the_index_reads_no_more_often(backend: Any) -> None:
    index = backend.get_index_for_model(StoryPage)
    branch = make_branch("jilin")

    def reads() -> int:
        """PostgreSQL is also asked, for each piece, how it would write its text."""
        with CaptureQueriesContext(connection) as queries:
            difference(index, StoryPage)
        return sum("::tsvector" not in query["sql"] for query in queries)

    def add_pieces(number: int) -> None:
        for _ in range(number):
            make_piece(branch, topics=("first-aid", "volunteer"))

    add_pieces(2)
    few = reads()
    add_pieces(3)
    assert reads() == few
