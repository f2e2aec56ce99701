"""What editors pin to a query: it is shown as long as it is public, and pinned by the province."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.contrib.search_promotions.templatetags.wagtailsearchpromotions_tags import (
    get_search_promotions,
)
from wagtail.models import Locale, PageViewRestriction

from branches.models import User
from branches.provisioning import provision
from search.promotions import normalised, picks
from stories.models import StoryPage
from tests.factories import Line, branch_page, make_admin, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db

CHINESE = "zh-hans"


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def story(line: Line) -> StoryPage:
    return make_piece(line.county, title="雪夜里的救护车")


def pin(query: str, page: Any = None, **values: Any) -> SearchPromotion:
    return SearchPromotion.objects.create(query=Query.get(query), page=page, **values)


def titles(query: str, language: str = CHINESE) -> list[str]:
    return [hit.title for hit in picks(query, language)]


# What is shown


def test_a_pick_is_shown_for_its_query_alone(story: StoryPage) -> None:
    pin("救护车", story, description="说明")
    (hit,) = picks("救护车", CHINESE)
    assert (hit.title, hit.url, hit.text) == ("雪夜里的救护车", story.url, "说明")
    assert titles("救护") == titles("救护车在哪里") == titles("") == titles("?") == []


@pytest.mark.parametrize("query", ["AED急救", "ＡＥＤ急救", " aed急救 ", "aed急救", "Aed急救"])
def test_a_query_that_is_compared_alike_has_the_same_picks(story: StoryPage, query: str) -> None:
    pin("aed急救", story)
    assert titles(query) == ["雪夜里的救护车"]


@pytest.mark.parametrize(
    ("pinned", "query"),
    [
        ("小天使基金", "小天使基金？"),
        ("小天使基金", "小天使 基金"),
        ("小天使基金", "“小天使基金”"),
        ("心肺 复苏", "心肺复苏"),
        ("心肺复苏", "心\u202e肺复\u200b苏"),
        ("first aid", "First  aid!"),
        ("8 号", "8号"),
    ],
)
def test_spaces_and_marks_do_not_hide_a_pick(story: StoryPage, pinned: str, query: str) -> None:
    pin(normalised(pinned), story)
    assert titles(query) == ["雪夜里的救护车"]


def test_words_in_latin_letters_stay_apart(story: StoryPage) -> None:
    pin(normalised("first aid"), story)
    assert titles("firstaid") == []


@pytest.mark.parametrize("stored", ["心肺 复苏", "小天使基金？", "造血干细胞 aed"])
def test_what_was_pinned_as_it_was_written_goes_on_working(story: StoryPage, stored: str) -> None:
    pin(stored, story)
    assert titles(stored) == ["雪夜里的救护车"]


def test_an_address_elsewhere_says_to_which_site_it_leads() -> None:
    pin("骨髓库", external_link_url="https://www.cmdp.org.cn/a?b", external_link_text="中华骨髓库")
    (hit,) = picks("骨髓库", CHINESE)
    assert (hit.title, hit.kind) == ("中华骨髓库", "cmdp.org.cn")


def test_traditional_characters_have_the_picks_of_simplified_ones(story: StoryPage) -> None:
    pin("造血干细胞", story)
    assert titles("造血幹細胞") == ["雪夜里的救护车"]


def test_picks_stand_in_the_order_of_their_editors(line: Line, story: StoryPage) -> None:
    other = make_piece(line.county, title="别的")
    pin("救护车", story, sort_order=1)
    pin("救护车", other, sort_order=0)
    pin(
        "救护车",
        external_link_url="https://example.org/",
        external_link_text="外",
        sort_order=2,
    )
    assert titles("救护车") == ["别的", "雪夜里的救护车", "外"]
    assert picks("救护车", CHINESE)[-1].url == "https://example.org/"


def test_a_pick_that_is_not_public_is_not_shown(line: Line, story: StoryPage) -> None:
    draft = make_piece(line.county, title="没有公开的", live=False)
    pin("救护车", draft)
    pin("救护车", story)
    assert titles("救护车") == ["雪夜里的救护车"]
    UnpublishPageAction(story).execute(skip_permission_checks=True)
    assert titles("救护车") == []


def test_the_title_of_a_draft_is_not_shown(story: StoryPage) -> None:
    pin("救护车", story)
    story.title = "还没审核的新题目"
    story.save_revision()
    assert titles("救护车") == ["雪夜里的救护车"]


def test_a_restricted_pick_is_not_shown(line: Line, story: StoryPage) -> None:
    pin("救护车", story)
    pin("救护车", branch_page(line.city))
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")
    assert titles("救护车") == ["长春市红十字会"]


def test_a_pick_is_shown_in_its_language(line: Line, story: StoryPage) -> None:
    korean = Locale.objects.get_or_create(language_code="ko")[0]
    provision(line.province, korean)
    pin("aed", story)
    pin("aed", branch_page(line.province, "ko"))
    assert titles("aed") == ["雪夜里的救护车"]
    assert [hit.url for hit in picks("aed", "ko")] == ["/ko/"]


def test_a_page_that_has_no_address_is_not_shown(story: StoryPage) -> None:
    pin("救护车", story.get_root())
    assert titles("救护车") == []


def test_picks_take_three_queries_at_most(
    line: Line, story: StoryPage, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        pin("救护车", make_piece(line.county, title=f"稿{number}"))
    assert story.url  # where pages stand on the site is remembered
    with django_assert_num_queries(3):
        assert len(picks("救护车", CHINESE)) == 5
    with django_assert_num_queries(1):
        assert picks("别的", CHINESE) == []
    with django_assert_num_queries(0):
        assert picks("!?", CHINESE) == []


@pytest.mark.parametrize("query", ["a" * 10_000, "\x00", "\ud800", "' OR 1=1 --", "應" * 5_000])
def test_any_query_is_looked_up(query: str) -> None:
    assert picks(query, CHINESE) == []


# Who pins

INDEX = "/admin/searchpicks/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def people(line: Line) -> tuple[list[User], list[User]]:
    """Those who may pin, and those who may not."""
    may = [make_user(line.province, "reviewer"), make_admin()]
    may_not = [
        make_user(line.province),
        make_user(line.city, "reviewer"),
        make_user(line.city),
        make_user(line.county, "reviewer"),
        make_user(line.county),
    ]
    return may, may_not


def form(query: str, page: Any = "", **values: Any) -> dict[str, Any]:
    total = len(values.pop("pages", [page]))
    return {
        "query_string": query,
        "editors_picks-TOTAL_FORMS": total,
        "editors_picks-INITIAL_FORMS": 0,
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
        "editors_picks-0-page": page and page.pk,
        "editors_picks-0-ORDER": 1,
        "editors_picks-0-external_link_url": values.get("url", ""),
        "editors_picks-0-external_link_text": values.get("text", ""),
        "editors_picks-0-description": values.get("description", ""),
    }


def test_the_province_alone_reaches_the_screens(line: Line, story: StoryPage) -> None:
    pick = pin("救护车", story)
    addresses = [
        INDEX,
        f"{INDEX}results/",
        f"{INDEX}add/",
        f"{INDEX}{pick.query_id}/",
        f"{INDEX}{pick.query_id}/delete/",
    ]
    may, may_not = people(line)
    for user in may:
        assert [client_of(user).get(url).status_code for url in addresses] == [200] * 5
    for user in may_not:
        client = client_of(user)
        assert [client.get(url).status_code for url in addresses] == [302] * 5
        client.post(addresses[2], form("急救", story))
        client.post(addresses[3], form("急救", story))
        client.post(addresses[4])
    assert list(Query.objects.values_list("query_string", flat=True)) == ["救护车"]
    assert SearchPromotion.objects.count() == 1
    assert Client().get(INDEX).status_code == 302


def test_nobody_reaches_the_counters_of_wagtail(line: Line) -> None:
    QueryDailyHits.objects.create(query=Query.get("秘密"), date="2026-11-23", hits=3)
    names = ("chooser", "chooserresults", "search_terms", "search_terms_results")
    for user in (*people(line)[0], *people(line)[1]):
        for name in names:
            answer = client_of(user).get(reverse(f"wagtailsearchpromotions:{name}"))
            assert answer.status_code == 404


TYPED = ["gluten-free", "don't panic", "C++", "獻血", "心肺 复苏", "“小天使”基金？", "8 号"]


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_pinned_on_our_screens_is_found_by_wagtails_own_tag(
    line: Line, story: StoryPage, typed: str
) -> None:
    client = client_of(people(line)[0][0])
    assert client.post(f"{INDEX}add/", form(typed, story)).status_code == 302
    (pick,) = get_search_promotions(typed)
    assert pick.page_id == story.pk
    assert titles(typed) == titles(normalised(typed)) == ["雪夜里的救护车"]


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("gluten-free", ["gluten free", "Gluten – Free!"]),
        ("獻血", ["献血", "献 血？"]),
        ("小天使基金", ["小天使\u200b基金"]),
    ],
)
def test_there_is_one_query_for_what_readers_mean(
    line: Line, story: StoryPage, typed: str, others: list[str]
) -> None:
    client = client_of(people(line)[0][0])
    client.post(f"{INDEX}add/", form(typed, story))
    for number, other in enumerate(others):
        page = make_piece(line.county, title=f"别的{number}")
        assert client.post(f"{INDEX}add/", form(other, page)).status_code == 302
    (query,) = Query.objects.all()
    assert query.query_string == typed
    assert query.editors_picks.count() == len(titles(typed)) == 1 + len(others)


def test_a_query_may_be_spelt_anew(line: Line, story: StoryPage) -> None:
    pick = pin("gluten free", story)
    changed = form("gluten-free", story) | {
        "editors_picks-INITIAL_FORMS": 1,
        "editors_picks-0-id": pick.pk,
    }
    client = client_of(people(line)[0][0])
    assert client.post(f"{INDEX}{pick.query_id}/", changed).status_code == 302
    assert [found.pk for found in get_search_promotions("gluten-free")] == [pick.pk]
    assert titles("gluten free") == ["雪夜里的救护车"]


def test_what_readers_have_asked_wagtail_for_is_no_pin(line: Line, story: StoryPage) -> None:
    get_search_promotions("献血")
    client = client_of(people(line)[0][0])
    client.post(f"{INDEX}add/", form("獻血", story))
    assert list(get_search_promotions("獻血"))
    assert titles("献血") == ["雪夜里的救护车"]


def test_what_is_compared_alike_is_one_query(line: Line, story: StoryPage) -> None:
    client = client_of(people(line)[0][0])
    answer = client.post(f"{INDEX}add/", form(" 造血幹細胞  ＡＥＤ ", story, description="说明"))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert titles("造血干细胞 AED") == ["雪夜里的救护车"]
    client.post(f"{INDEX}add/", form("造血干细胞 aed", branch_page(line.city)))
    assert Query.objects.count() == 1
    assert set(titles("造血幹細胞 aed")) == {"雪夜里的救护车", "长春市红十字会"}


def test_a_pick_is_changed_and_deleted(line: Line, story: StoryPage) -> None:
    client = client_of(people(line)[0][0])
    pick = pin("救护车", story)
    changed = form("救護員", story) | {
        "editors_picks-INITIAL_FORMS": 1,
        "editors_picks-0-id": pick.pk,
    }
    assert client.post(f"{INDEX}{pick.query_id}/", changed).status_code == 302
    assert (titles("救护车"), titles("救护员")) == ([], ["雪夜里的救护车"])
    query = Query.objects.get(query_string="救護員")
    assert client.post(f"{INDEX}{query.pk}/delete/").status_code == 302
    assert titles("救护员") == []


TWICE = "这个结果在这个搜索词下面已经有了"
ELSEWHERE = {"url": "https://example.org/", "text": "外"}


def two(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two picks in one form."""
    moved = {key.replace("-0-", "-1-"): value for key, value in second.items() if "-0-" in key}
    return first | moved | {"editors_picks-TOTAL_FORMS": 2}


def test_a_result_stands_under_a_query_once(line: Line, story: StoryPage) -> None:
    client = client_of(people(line)[0][0])
    same = two(form("救护车", story), form("救护车", story))
    assert TWICE in client.post(f"{INDEX}add/", same).content.decode()
    same = two(
        form("救护车", **ELSEWHERE), form("救护车", **ELSEWHERE | {"url": "https://example.org"})
    )
    assert TWICE in client.post(f"{INDEX}add/", same).content.decode()
    assert not SearchPromotion.objects.exists()
    pick = pin("救护车", story)
    assert TWICE in client.post(f"{INDEX}add/", form("救护 车", story)).content.decode()
    other = pin("急救车", story)
    renamed = form("救护车", story) | {
        "editors_picks-INITIAL_FORMS": 1,
        "editors_picks-0-id": other.pk,
    }
    assert TWICE in client.post(f"{INDEX}{other.query_id}/", renamed).content.decode()
    assert set(SearchPromotion.objects.all()) == {pick, other}


def test_a_result_may_change_places_with_another(line: Line, story: StoryPage) -> None:
    client = client_of(people(line)[0][0])
    pick = pin("救护车", story)
    replaced = two(form("救护车", story), form("救护车", story)) | {
        "editors_picks-INITIAL_FORMS": 1,
        "editors_picks-0-id": pick.pk,
        "editors_picks-0-DELETE": "on",
    }
    assert client.post(f"{INDEX}{pick.query_id}/", replaced).status_code == 302
    assert titles("救护车") == ["雪夜里的救护车"]


@pytest.mark.parametrize("page", ["abc", "-1", "1 OR 1=1", "\x00"])
def test_what_is_no_page_is_asked_for_again(line: Line, page: str) -> None:
    client = client_of(people(line)[0][0])
    answer = client.post(f"{INDEX}add/", form("急救") | {"editors_picks-0-page": page})
    assert answer.status_code == 200
    assert "请选一个本站的页面" in answer.content.decode()
    assert not SearchPromotion.objects.exists()


@pytest.mark.parametrize(
    ("query", "values", "said"),
    [
        ("？！", {"url": "https://example.org/", "text": "外面的"}, "请写上搜索词"),
        ("", {"url": "https://example.org/", "text": "外面的"}, "搜索词"),
        ("急救", {}, "两项只能填一项"),
        ("急救", {"url": "https://example.org/"}, "请填写链接文字"),
        ("急救", {"url": "javascript:alert(1)", "text": "坏"}, "没有保存"),
    ],
)
def test_what_is_not_complete_is_not_stored(
    line: Line, query: str, values: dict[str, str], said: str
) -> None:
    client = client_of(people(line)[0][0])
    answer = client.post(f"{INDEX}add/", form(query, **values))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not SearchPromotion.objects.exists()


def test_the_form_begins_with_the_query_that_the_address_names(line: Line) -> None:
    answer = client_of(people(line)[0][0]).get(f"{INDEX}add/?query=急救箱")
    assert 'value="急救箱"' in answer.content.decode()


def test_the_screens_speak_chinese(line: Line, story: StoryPage) -> None:
    pick = pin("救护车", story)
    client = client_of(people(line)[0][0])
    for url in (INDEX, f"{INDEX}add/", f"{INDEX}{pick.query_id}/", f"{INDEX}?q=没有"):
        text = client.get(url).content.decode()
        for english in ("Promoted", "promoted", "Search term", "recommended", "External", "Views"):
            assert english not in text, (url, english)
        assert "置顶结果" in text


def test_the_menu_has_them_once(line: Line) -> None:
    administrator = client_of(people(line)[0][1]).get("/admin/").content.decode()
    assert administrator.count("/admin/searchpicks/") == 1
    county = client_of(make_user(line.county, "reviewer")).get("/admin/").content.decode()
    assert "/admin/searchpicks/" not in county
