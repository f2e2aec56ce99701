"""Who writes what they want to do at a branch, or how to reach it, is taken there; who asks a
question is not."""

from __future__ import annotations

import pytest
from wagtail.models import Locale

from branches.doors import joined, read, vocabulary
from branches.import_file import Row
from branches.models import Service
from branches.naming import branches_named
from search import suggestions
from search.folding import fold
from tests.branches.test_naming import ROWS, SLUGS, real_branches
from tests.factories import make_line


def doors(text: str) -> list[str]:
    asked = read(text)
    return [] if asked.place else [door.name for door in asked.doors]


@pytest.mark.parametrize(
    ("door", "texts"),
    [
        ("learn", ["在哪里学急救", "应急救护培训报名", "我想学CPR", "急救证怎么考", "急救培训班"]),
        ("learn", ["應急救護培訓", "First aid course", "Where can I learn first aid?"]),
        ("learn", ["응급처치 교육은 어디서"]),
        ("blood", ["献血预约", "献血", "附近的献血车在哪", "哪里可以献血"]),
        ("blood", ["give blood", "헌혈 예약"]),
        ("donor", ["遗体捐献登记", "我要捐献器官", "骨髓库怎么加入"]),
        ("donor", ["become a donor", "장기기증 등록", "장기 기증 신청"]),
        ("volunteer", ["志愿者注册", "怎么当志愿者", "how to become a volunteer", "자원봉사 신청"]),
        ("help", ["大病救助怎么申请", "寻求帮助"]),
        ("contact", ["联系我们", "我要捐款", "电话", "几点上班？", "contact us", "연락처"]),
        ("about", ["关于我们", "红会简介", "About us"]),
        ("services", ["我能做什么", "What you can do"]),
    ],
)
def test_what_leads_to_a_door(door: str, texts: list[str]) -> None:
    assert {text: doors(text) for text in texts} == {text: [door] for text in texts}


@pytest.mark.parametrize(
    "text",
    [
        *("献血能不能拿补贴", "献血证", "急救", "志愿者", "遗体捐献", "学校急救"),
        *("心肺复苏怎么做", "AED在哪里", "急救在哪里", "救护员证有效期", "大学生志愿者的故事"),
        *(
            "怎么",
            "我要",
            "",
            "?",
            "献",
            "献血 " * 5000,
            "blood",
            "first aid kit",
            "자원봉사 이야기",
            "응급처치",
        ),
    ],
)
def test_a_question_is_for_the_search(text: str) -> None:
    assert doors(text) == []


def test_two_things_at_once_lead_to_both() -> None:
    assert doors("献血志愿者报名") == ["blood", "volunteer"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("农安红会电话", "nongan"),
        ("农安县红十字会地址", "nongan"),
        ("农安红十字会在哪", "nongan"),
        ("怎么联系农安红十字会", "nongan"),
        ("農安紅會幾點上班？", "nongan"),
        ("长春红会的电话是多少", "changchun"),
        ("吉林省红会官网", "jilin"),
        ("和龙献血", "helong"),
        ("图们学急救", "tumen"),
        ("연변적십자회 전화", "yanbian"),
        ("연길 적십자회의 전화번호가 뭐예요?", "yanji"),
        ("Nong'an Red Cross phone", "nongan"),
        ("address of Yanji Red Cross", "yanji"),
    ],
)
def test_a_branch_is_named_beside_it(text: str, slug: str) -> None:
    asked = read(text)
    assert asked.doors
    assert [branch.slug for branch in branches_named(asked.place, real_branches())] == [slug]


@pytest.mark.parametrize("row", ROWS, ids=SLUGS)
def test_no_word_stands_in_the_name_of_a_branch(row: Row) -> None:
    for name in (row.name, row.division, row.names["en"]):
        assert joined(read(f"{name} 电话").place) == joined(fold(name))


def test_what_is_proposed_leads_to_its_door() -> None:
    for door in vocabulary().doors:
        for texts in door.proposed.values():
            for text in texts:
                assert doors(text) == [door.name], text


@pytest.mark.django_db
def test_open_doors_are_proposed_as_searches() -> None:
    values = {"kind": "learn", "title": "学急救", "lead": "你可以来。"}
    Service.objects.create(branch=make_line().province, locale=Locale.get_default(), **values)
    suggestions.rebuild()
    (proposed,) = suggestions.suggest("yingjijiuhup", "zh-hans")
    assert (proposed.text, proposed.url) == ("应急救护培训报名", "")
    assert suggestions.suggest("献血预", "zh-hans") == [], "which nobody offers"
    assert [each.text for each in suggestions.suggest("lianxi", "zh-hans")] == ["联系我们"]
