"""What a piece is found by follows what it refers to: its topics, and the names of these."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.index import SearchField
from wagtail.models import Page

from branches.clock import tick
from search import following
from search.models import Renamed
from search.results import Search
from stories.models import StoryPage, Topic
from stories.search_source import SOURCE
from tests.factories import make_line, make_piece, publish

pytestmark = pytest.mark.django_db


def titles(query: str, **parameters: str) -> list[str]:
    found = Search(SOURCE, {"q": query, **parameters}, "zh-hans")
    return [piece.title for piece in found.page.object_list]


def change_topics(piece: Any, *slugs: str) -> None:
    """As an editor does, and a reviewer who approves it."""
    draft = piece.get_latest_revision_as_object()
    draft.topics.set(Topic.objects.filter(slug__in=slugs))
    publish(draft.save_revision())


def test_a_piece_is_found_by_the_topics_it_was_published_with() -> None:
    piece = make_piece(make_line().county, title="一封信", topics=("first-aid",))
    change_topics(piece, "organ")
    assert titles("人体器官捐献") == ["一封信"]
    assert titles("应急救护") == []
    assert titles("一封信", topic="organ") == ["一封信"]


def test_a_draft_with_other_topics_leaves_the_index_alone() -> None:
    piece = make_piece(make_line().county, title="一封信", topics=("first-aid",))
    draft = piece.get_latest_revision_as_object()
    draft.topics.set(Topic.objects.filter(slug="organ"))
    draft.save_revision()
    assert titles("人体器官捐献") == []
    assert titles("应急救护") == ["一封信"]


def test_pieces_that_a_topic_gains_and_loses() -> None:
    piece = make_piece(make_line().county, title="一封信", topics=("first-aid",))
    topic = Topic.objects.get(slug="organ")
    topic.pages.add(piece)
    assert titles("人体器官捐献") == ["一封信"]
    topic.pages.remove(piece)
    assert titles("人体器官捐献") == []


def test_pieces_of_a_topic_that_loses_all() -> None:
    make_piece(make_line().county, title="一封信", topics=("organ",))
    Topic.objects.get(slug="organ").pages.clear()
    assert titles("人体器官捐献") == []


@pytest.mark.parametrize(
    "gone", [{"model": "stories.GonePage"}, {"model": "stories.StoryPage", "field": "gone"}]
)
def test_what_was_renamed_for_a_model_that_is_gone_keeps_nothing_waiting(
    gone: dict[str, str],
) -> None:
    line = make_line()
    make_piece(line.county, title="一封信")
    Renamed.objects.create(value="1", **gone)
    line.county.division, line.county.name = "黄龙县", "黄龙县红十字会"
    line.county.save()
    assert following.catch_up() == 1
    assert titles("黄龙县") == ["一封信"]
    assert not Renamed.objects.exists()


def test_publishing_with_the_same_topics_is_not_followed(monkeypatch: Any) -> None:
    piece = make_piece(make_line().county, topics=("first-aid", "organ"))
    revision = piece.save_revision()
    followed: list[Any] = []
    task = SimpleNamespace(enqueue=lambda *args: followed.append(args))
    monkeypatch.setattr(following, "insert_or_update_object_task", task)
    publish(revision)
    assert followed == []
    change_topics(piece, "organ")
    assert followed == [("stories", "storypage", str(piece.pk))]


@pytest.mark.parametrize("name", ["First aid", "응급처치"])
def test_names_of_topics_in_other_languages_find_pieces(name: str) -> None:
    make_piece(make_line().county, title="一封信", topics=("first-aid",))
    assert titles(name) == ["一封信"]


def test_a_renamed_branch_is_found_by_its_new_name_after_a_tick() -> None:
    line = make_line()
    make_piece(line.county, title="一封信")
    make_piece(line.other_county, title="另一封信")
    line.county.division, line.county.name = "黄龙县", "黄龙县红十字会"
    line.county.save()
    assert titles("黄龙县") == [], "not in the request"
    assert tick()["index what was renamed"] == 1
    assert titles("黄龙县") == ["一封信"]
    assert titles("农安县") == []
    assert tick()["index what was renamed"] == 0


def test_a_renamed_topic_is_found_by_its_new_name_after_a_tick() -> None:
    make_piece(make_line().county, title="一封信", topics=("first-aid",))
    topic = Topic.objects.get(slug="first-aid")
    topic.names = {**topic.names, "en": "Lifesaving"}
    topic.save()
    tick()
    assert titles("Lifesaving") == ["一封信"]


def test_what_is_shown_nowhere_in_the_index_changes_nothing() -> None:
    line = make_line()
    make_piece(line.county)
    line.county.phone = "0431-1234567"
    line.county.save()
    assert not Renamed.objects.exists()


def test_a_tick_does_no_more_than_so_much(monkeypatch: Any) -> None:
    line = make_line()
    for _number in range(5):
        make_piece(line.county)
    line.county.name = "黄龙县红十字会"
    line.county.save()
    monkeypatch.setattr(following, "BATCH", 2)
    assert following.catch_up(limit=3) == 3
    assert Renamed.objects.exists()
    assert following.catch_up(limit=3) == 2
    assert not Renamed.objects.exists()
    assert len(titles("黄龙县")) == 5


def test_a_piece_that_cannot_be_indexed_keeps_no_other_from_being(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    line = make_line()
    pieces = [make_piece(line.county, title=title) for title in ("一封信", "坏信", "另一封信")]
    line.county.division, line.county.name = "黄龙县", "黄龙县红十字会"
    line.county.save()
    get_value = SearchField.get_value

    def spy(self: SearchField, obj: Any) -> Any:
        if obj.pk == pieces[1].pk:
            raise ValueError("no text")
        return get_value(self, obj)

    monkeypatch.setattr(SearchField, "get_value", spy)
    following.catch_up()
    assert set(titles("黄龙县")) == {"一封信", "另一封信"}
    assert "坏信" in caplog.text
    assert not Renamed.objects.exists()


def test_renamed_again_while_the_first_name_is_being_indexed(monkeypatch: Any) -> None:
    line = make_line()
    make_piece(line.county, title="一封信")
    line.county.name = "黄龙县红十字会"
    line.county.save()
    reindex = following.reindex

    def meanwhile(model: Any, pks: Any) -> None:
        reindex(model, pks)
        monkeypatch.setattr(following, "reindex", reindex)
        line.county.name = "青龙县红十字会"
        line.county.save()

    monkeypatch.setattr(following, "reindex", meanwhile)
    following.catch_up()
    following.catch_up()
    assert titles("青龙县") == ["一封信"]


def test_renaming_costs_the_same_however_many_pieces_there_are() -> None:
    line = make_line()
    line.county.save()
    costs = []
    for pieces in (1, 4):
        for _number in range(pieces):
            make_piece(line.county)
        line.county.name += "会"
        with CaptureQueriesContext(connection) as captured:
            line.county.save()
        costs.append(len(captured))
        following.catch_up()
    assert costs[0] == costs[1]


def test_what_is_taken_offline_or_deleted_is_not_found_any_more() -> None:
    line = make_line()
    offline = make_piece(line.county, title="一封信")
    deleted = make_piece(line.county, title="一封长信")
    offline.unpublish()
    Page.objects.get(pk=deleted.pk).specific.delete()
    assert titles("信") == []
    assert StoryPage.objects.filter(live=True).count() == 0


def waiting_paths() -> set[str]:
    return set(Renamed.objects.values_list("value", flat=True))


def test_a_moved_page_is_indexed_again_with_all_below_it(monkeypatch: Any) -> None:
    line = make_line()
    piece = make_piece(line.county)
    section = piece.get_parent()
    section.move(make_piece(line.city).get_parent(), pos="last-child")
    moved = Page.objects.get(pk=section.pk)
    assert waiting_paths() == {moved.path}
    indexed: set[int] = set()
    monkeypatch.setattr(following, "reindex", lambda model, pks: indexed.update(pks))
    tick()
    assert indexed == {moved.pk, *moved.get_descendants().values_list("pk", flat=True)}
    assert piece.pk in indexed
    assert not Renamed.objects.exists()


def test_what_makes_room_for_a_moved_page_is_indexed_again_too() -> None:
    line = make_line()
    first, second, third = (make_piece(line.county) for _number in range(3))
    third.move(Page.objects.get(pk=second.pk), pos="left")
    paths = Page.objects.filter(pk__in=[second.pk, third.pk]).values_list("path", flat=True)
    assert waiting_paths() == set(paths)
    assert first.path not in waiting_paths()
