"""What is proposed while somebody types."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, PageViewRestriction

from branches import clock
from branches.models import Branch
from branches.provisioning import provision
from search import suggestions, typed
from search.models import Suggestion, SuggestionKey
from search.suggestions import Entry, Source
from stories.models import ExplainerPage, StoryPage, Topic
from tests.factories import make_branch, make_line, make_piece, publish

pytestmark = pytest.mark.django_db


class Proposals:
    """A source that proposes what a test puts into `texts`: reference -> text."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.weights: dict[str, int] = {}
        self.language = "zh-hans"
        self.asked_for: list[Collection[str] | None] = []

    def entries(self, references: Collection[str] | None) -> Iterator[Entry]:
        self.asked_for.append(references)
        for reference, text in self.texts.items():
            if references is None or reference in references:
                yield Entry(
                    reference=reference,
                    language=self.language,
                    text=text,
                    weight=self.weights.get(reference, 50),
                )

    def put(self, *texts: str) -> None:
        self.texts |= {text: text for text in texts}
        suggestions.update("tests", *texts)


@pytest.fixture
def proposals(monkeypatch: pytest.MonkeyPatch) -> Proposals:
    made = Proposals()
    monkeypatch.setattr(suggestions, "_registered", {"tests": Source("tests", made.entries)})
    return made


def proposed(query: str, language: str = "zh-hans", **options: Any) -> list[str]:
    return [each.text for each in suggestions.suggest(query, language, **options)]


# By what somebody may type


@pytest.mark.parametrize(
    "query",
    [
        *("应", "应急", "应急救护培训", "救护", "培训", "急救", "護"),
        *("yingjijiuhu", "yingji", "ying ji jiu hu", "y", "jiuhupeixun", "peixun"),
        *("yjjh", "yj", "jhpx", "YJJH", "应急 救护", "應急救護", "  应急", "“应急救护”"),
    ],
)
def test_chinese_is_reached_by_its_characters_pinyin_and_initials(
    proposals: Proposals, query: str
) -> None:
    proposals.put("应急救护培训", "无偿献血")
    assert proposed(query) == ["应急救护培训"]


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("红十字会", ["hongshizi", "hsz", "紅十字", "hongshizihui", "hszh"]),
        ("吉林省红十字会", ["jilinsheng", "jls", "hsz", "hongshizihui", "十字会"]),
        ("长春市红十字会", ["changchun", "ccs", "hsz", "hongshizi"]),
        ("绿色通道", ["lv", "lvse", "lü", "lüse"]),
        ("战略合作", ["zhanlue", "zlhz"]),
        ("无偿献血", ["wuchangxianxue", "wuchangxianxie", "wcxx"]),
        ("献血车停靠点", ["xianxueche", "xianxieche", "xxc"]),
        ("朝阳区红十字会", ["chaoyang", "cyq"]),
        ("朝阳沟", ["chaoyanggou", "zhaoyanggou", "cyg", "zyg"]),
        ("乾安县红十字会", ["qianan", "qax", "乾安"]),
        ("脑卒中", ["naocuzhong", "naozuzhong", "ncz", "nzz"]),
        ("AED在哪里", ["aed", "ＡＥＤ", "aedzai", "aedznl", "aed在", "哪里"]),
        ("8号楼", ["8", "8号", "8hao", "8hl"]),
        ("연길시 적십자회", ["연길", "연기", "적십자", "적십ㅈ", "ㅇ", "십자"]),
        ("First aid at home", ["first", "FIRST A", "first aid", "aid", "home", "firstaid"]),
    ],
)
def test_every_script_is_reached_as_it_is_typed(
    proposals: Proposals, text: str, queries: list[str]
) -> None:
    proposals.put(text, "别的")
    found = {query: proposed(query) for query in queries}
    assert found == {query: [text] for query in queries}


@pytest.mark.parametrize(
    "query",
    [
        *("会急", "jiyinghu", "急应", "救应", "ingji", "xyz", "j应急", "应急救护培训会"),
        *("", " ", "?", "%", "_", "'", '"', "\x00", "\ud800", "😀", "-", "*"),
    ],
)
def test_nothing_else_is_reached(proposals: Proposals, query: str) -> None:
    proposals.put("应急救护培训")
    assert proposed(query) == []


def test_latin_words_are_not_entered_in_the_middle(proposals: Proposals) -> None:
    proposals.put("First aid")
    assert proposed("irst") == []


def test_hostile_input_is_answered(proposals: Proposals) -> None:
    proposals.put("应急救护")
    for query in ("应" * 10_000, "a" * 10_000, "' OR 1=1 --", "應\u0301" * 500, "\U0010ffff"):
        assert isinstance(proposed(query), list)


def test_who_types_on_is_shown_what_begins_so(proposals: Proposals) -> None:
    title = "省红十字会第九次会员代表大会在长春召开并选出新一届理事会"
    proposals.put(title)
    assert proposed(title) == [title]
    assert proposed("".join(["shenghongshizihui", "dijiuci"])) == [title]


# In what order


def test_beginnings_come_before_what_stands_inside(proposals: Proposals) -> None:
    proposals.weights = {"应急救护培训": 50, "救护员的一天": 0}
    proposals.put("应急救护培训", "救护员的一天")
    assert proposed("救护") == ["救护员的一天", "应急救护培训"]


def test_of_two_that_begin_so_the_heavier_comes_first_then_the_shorter(
    proposals: Proposals,
) -> None:
    proposals.weights = {"献血车停靠点有变动": 60}
    proposals.put("献血的人和他的女儿", "献血车停靠点有变动", "献血日历")
    assert proposed("献血") == ["献血车停靠点有变动", "献血日历", "献血的人和他的女儿"]


def test_a_text_is_proposed_once_and_no_more_than_eight_are(proposals: Proposals) -> None:
    proposals.texts = {f"twin{n}": "献血" for n in range(3)}
    suggestions.rebuild()
    assert proposed("献血") == ["献血"]
    proposals.put(*(f"献血{n}" for n in range(20)))
    assert len(proposed("献血")) == 8
    assert len(proposed("献血", most=3)) == 3


def test_each_language_has_its_own(proposals: Proposals) -> None:
    proposals.language = "ko"
    proposals.put("적십자")
    assert proposed("적십자", "ko") == ["적십자"]
    assert proposed("적십자", "zh-hans") == []


# How it is kept


def test_one_query_answers_from_the_index(
    proposals: Proposals, django_assert_num_queries: Any
) -> None:
    proposals.put(*(f"红十字{n}" for n in range(50)))
    with django_assert_num_queries(1):
        assert len(proposed("红十字")) == 8
    with django_assert_num_queries(0):
        assert proposed("!?") == []


def test_the_beginnings_are_found_by_an_index(proposals: Proposals) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("each database explains its plans in its own way")
    with connection.cursor() as cursor:
        parameters = ["zh-hans", b"hong", b"hong\xff", 24]
        cursor.execute(f"EXPLAIN QUERY PLAN {suggestions._BY_BEGINNING}", parameters)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "COVERING INDEX suggestions_by_beginning (language=? AND key>? AND key<?)" in plan


def test_a_rebuild_writes_only_what_has_changed(proposals: Proposals) -> None:
    proposals.texts = {"a": "应急救护", "b": "无偿献血", "c": "志愿服务"}
    assert suggestions.rebuild() == 3
    before = dict(Suggestion.objects.values_list("reference", "pk"))
    proposals.texts = {"a": "应急救护", "b": "造血干细胞"}
    assert suggestions.rebuild() == 2
    assert Suggestion.objects.get(reference="a").pk == before["a"]
    assert proposed("zxgxb") == ["造血干细胞"]
    assert proposed("献血") == proposed("志愿") == []
    assert suggestions.rebuild() == 0


def test_a_rebuild_makes_anew_what_was_made_by_an_older_rule(proposals: Proposals) -> None:
    proposals.put("应急救护")
    Suggestion.objects.update(keys_version=typed.VERSION - 1)
    assert suggestions.rebuild() == 1


def test_a_rebuild_writes_in_short_batches_of_what_is_true_now(
    proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "BATCH", 2)
    proposals.texts = {str(n): f"献血{n}" for n in range(5)}
    suggestions.rebuild()
    assert [len(each) for each in proposals.asked_for if each is not None] == [2, 2, 1]
    assert SuggestionKey.objects.values("suggestion").distinct().count() == 5


def test_what_no_source_vouches_for_goes(proposals: Proposals) -> None:
    Suggestion.objects.create(
        source="gone", reference="1", language="zh-hans", text="旧", keys_version=typed.VERSION
    )
    assert suggestions.rebuild() == 1
    assert not Suggestion.objects.exists()


def test_a_source_is_registered_once(proposals: Proposals) -> None:
    with pytest.raises(ImproperlyConfigured):
        suggestions.register(Source("tests", proposals.entries))


def test_a_failure_is_logged_and_goes_no_further(
    proposals: Proposals, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    proposals.put("应急救护")
    monkeypatch.setattr(SuggestionKey.objects, "bulk_create", fail)
    proposals.texts = {"应急救护": "无偿献血"}
    with caplog.at_level(logging.ERROR):
        suggestions.update("tests", "应急救护")
    assert "disk full" in caplog.text
    assert proposed("应急") == ["应急救护"]
    assert proposed("献血") == []


# What the site proposes


def test_what_is_published_is_proposed_and_what_is_withdrawn_is_not() -> None:
    line = make_line()
    story = make_piece(line.county, title="雪夜里的救护车")
    assert proposed("xueye") == ["雪夜里的救护车"]
    UnpublishPageAction(story).execute(skip_permission_checks=True)
    assert proposed("xueye") == []


def test_titles_of_drafts_do_not_leak() -> None:
    line = make_line()
    make_piece(line.county, title="没有公开的题目", live=False)
    story = make_piece(line.county, title="公开的题目")
    story.title = "还没审核的新题目"
    story.save_revision()
    suggestions.rebuild()
    assert proposed("题目") == ["公开的题目"]
    publish(story.latest_revision)
    assert proposed("题目") == ["还没审核的新题目"]


def test_a_piece_that_is_deleted_is_not_proposed() -> None:
    line = make_line()
    story = make_piece(line.county, title="雪夜里的救护车")
    StoryPage.objects.get(pk=story.pk).delete()
    assert proposed("xueye") == []


def test_a_restricted_piece_is_not_proposed() -> None:
    line = make_line()
    story = make_piece(line.county, title="雪夜里的救护车")
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")
    clock.tick()
    assert proposed("xueye") == []


def test_publishing_goes_on_whatever_happens_to_suggestions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    line = make_line()
    monkeypatch.setattr(SuggestionKey.objects, "bulk_create", fail)
    story = make_piece(line.county, title="雪夜里的救护车")
    assert story.live
    monkeypatch.undo()
    assert proposed("xueye") == []
    clock.tick()
    assert proposed("xueye") == ["雪夜里的救护车"]


def test_branches_are_proposed_as_long_as_they_are_open() -> None:
    line = make_line()
    clock.tick()
    assert proposed("nongan") == ["农安县红十字会"]
    line.county.name = "农安红十字会"
    line.county.save()
    assert proposed("nax") == []
    assert proposed("nahsz") == ["农安红十字会"]
    Branch.objects.filter(pk=line.county.pk).update(status=Branch.Status.CLOSED)
    clock.tick()
    assert proposed("nongan") == []


def test_a_branch_is_proposed_in_its_languages() -> None:
    korean = Locale.objects.get_or_create(language_code="ko")[0]
    province = make_branch("jilin", division="吉林省", names={"ko": "길림성 적십자회"})
    provision(province, korean)
    clock.tick()
    assert proposed("길림", "ko") == ["길림성 적십자회"]
    assert Suggestion.objects.get(source="branch", language="ko").url == "/ko/"


def test_topics_are_proposed_first_and_lead_to_their_page() -> None:
    line = make_line()
    topic = Topic.objects.get(slug="blood")
    make_piece(line.county, ExplainerPage, title=f"{topic.name}要多久？")
    clock.tick()
    assert proposed(topic.name)[0] == topic.name
    (found,) = Suggestion.objects.filter(source="topic", reference="blood")
    assert found.url == "/topics/blood/"


def test_the_command_does_what_the_clock_does(capsys: pytest.CaptureFixture[str]) -> None:
    make_line()
    call_command("rebuild_suggestions")
    assert "Changed: " in capsys.readouterr().out
    assert proposed("yjjh")


# The address


def test_the_address_answers_in_its_language() -> None:
    line = make_line()
    story = make_piece(line.county, title="雪夜里的救护车")
    clock.tick()
    answer = Client().get("/search/suggest/", {"q": "雪夜"})
    assert answer.json() == [{"text": "雪夜里的救护车", "kind": "piece", "url": story.url}]
    (topic,) = Client().get("/search/suggest/", {"q": "yjjh"}).json()
    assert topic["label"] == "主题"
    assert Client().get("/ko/search/suggest/", {"q": "雪夜"}).json() == []


@pytest.mark.parametrize("query", ["", "?", "x" * 10_000, "%00", "\ud800", "' OR 1=1"])
def test_any_query_gets_an_answer(query: str) -> None:
    answer = Client().get("/search/suggest/", {"q": query.encode("utf-8", "replace")})
    assert answer.status_code == 200
    assert answer.json() == []


def test_an_answer_is_the_same_for_everybody_and_may_be_kept() -> None:
    answer = Client().get("/search/suggest/?q=h")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    assert not answer.has_header("Vary")
    assert answer["X-Robots-Tag"] == "noindex"
    assert Client(enforce_csrf_checks=True).post("/search/suggest/?q=h").status_code == 405


def test_an_answer_takes_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        Client().get("/search/suggest/?q=hong")
