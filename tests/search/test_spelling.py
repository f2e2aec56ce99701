"""What somebody meant who has mistyped a query; and that right queries are left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.backends import get_search_backend

from branches import clock
from search import lexicon, slips, spelling, syntax, typed
from search.dictionary.changes import SWITCH_OFF
from search.models import DictionaryEntry, LearntFrom, SpellingKey, Suggestion
from stories.search_source import public_pieces
from tests.factories import make_line, make_piece
from tests.home.public_site import kept_for_module

__all__ = ["kept_for_module"]

pytestmark = pytest.mark.django_db

#: What people type, and what they mean: sounds alike, sounds about alike, swapped, missing,
#: doubled, another character, pinyin; alone and in a longer query.
SLIPS = {
    "心肺复书": "心肺复苏",
    "学习心肺复书的方法": "学习心肺复苏的方法",
    "心复肺苏": "心肺复苏",
    "心肺苏": "心肺复苏",
    "心肺复办": "心肺复苏",
    "心肺复苏苏": "心肺复苏",
    "红时字会": "红十字会",
    "红十子会": "红十字会",
    "红十会": "红十字会",
    "洪十字会": "红十字会",
    "宏十字": "红十字",
    "红士字会": "红十字会",
    "hongshizi": "红十字",
    "hong shi zi hui": "红十字会",
    "yingjijiuhu": "应急救护",
    "xinfeifusu": "心肺复苏",
    "造血干系胞": "造血干细胞",
    "造血干细泡捐献": "造血干细胞捐献",
    "造血细干胞": "造血干细胞",
    "捐献造血干胞": "捐献造血干细胞",
    "志原服务": "志愿服务",
    "志愿服物": "志愿服务",
    "志愿者服雾": "志愿者服务",
    "献雪": "献血",
    "无偿鲜血": "无偿献血",
    "无尝献血": "无偿献血",
    "应及救护": "应急救护",
    "应急旧护培训": "应急救护培训",
    "救护圆": "救护员",
    "急救宝": "急救包",
    "急旧包": "急救包",
    "除颤旗": "除颤器",
    "自动体外除颤七": "自动体外除颤器",
    "海姆立刻急救法": "海姆立克急救法",
    "海母立克": "海姆立克",
    "器管捐献": "器官捐献",
    "遗体捐现": "遗体捐献",
    "骨随捐献": "骨髓捐献",
    "人道就助": "人道救助",
    "博爱送万加": "博爱送万家",
    "备灾库库": "备灾库",
    "红十字青少年年": "红十字青少年",
    "AEB": "AED",
    "ADE": "AED",
    "CRP": "CPR",
    "长春市红时字会": "长春市红十字会",
    "长春市红十字回": "长春市红十字会",
    "延边洲": "延边州",
    "胸外安压": "胸外按压",
    "人工呼西": "人工呼吸",
    "应急救户": "应急救护",
    "应急急救护": "应急救护",
    "红十字志愿者者": "红十字志愿者",
    "心脏昼停": "心脏骤停",
    "在哪里学心肺复书": "在哪里学心肺复苏",
    "怎样加入红时字会": "怎样加入红十字会",
    "心肺複書": "心肺复苏",
    "如何捐献造血干细包": "如何捐献造血干细胞",
    "juanxian zaoxueganxibao": "捐献造血干细胞",
    "hongsizi": "红十字",
    "xianxue": "献血",
    "wuchangxianxue": "无偿献血",
    "wuchang xianxue": "无偿献血",
    "xianxueche": "献血车",
    "xianxieche": "献血车",
    "naocuzhong": "脑卒中",
    "zhiyuanzhe": "志愿者",
    "zhiyuan fuwu": "志愿服务",
    "jijiu": "急救",
    "qiguanjuanxian": "器官捐献",
    "changchun hongshizihui": "长春红十字会",
    "应救急护": "应急救护",
    "怎么学应救急护": "怎么学应急救护",
    "骨随": "骨髓",
    "volunter": "volunteer",
    "voluntear": "volunteer",
    "donatoin": "donation",
}

#: Right queries, whether or not the site has anything on them.
RIGHT = (
    "国际人道法",
    "红十字会法第三条",
    "红十字会",
    "红会",
    "心肺复苏",
    "应急救护培训",
    "学习心肺复苏的方法",
    "在哪里学急救",
    "献血前要注意什么",
    "红十字会能不能收会费",
    "AED在哪里",
    "AED",
    "CPR",
    "first aid",
    "造血干细胞捐献",
    "捐髓",
    "志愿服务",
    "志愿者",
    "器官捐献登记",
    "遗体捐献",
    "红十字青少年",
    "冬天摔倒了怎么办",
    "孩子噎住怎么办",
    "我想给红十字会捐钱",
    "农安县",
    "长春市红十字会",
    "延边",
    "延吉市红十字会",
    "救护员证",
    "急救箱",
    "急救车",
    "公益实践",
    "红十字节",
    "红十字日",
    "红十字旗",
    "世界急救日",
    "人道救援",
    "应急救援",
    "应急救助",
    "博爱家园",
    "防灾减灾",
    "灾害救援",
    "冰面救人",
    "溺水",
    "中暑",
    "狂犬病疫苗",
    "骨折固定",
    "止血包扎",
    "电动车",
    "教师节",
    "血站",
    "血型",
    "rh阴性血",
    "鲜血",
    "新闻",
    "国家主席",
    "人工智能",
    "养老金怎么领",
    "红会会员",
    "会员会费",
    "看看书",
    "天天向上",
    "我想加入",
    "献血这件事",
    "他们的故事",
    "爸爸妈妈",
    "12320",
    "wifi",
    "covid",
    "Python",
    "help",
    "data",
    "women",
    "hsz",
    "赵小兰",
    "王建国",
    "吉林大学第一医院",
    "朝阳区",
    "珲春",
    "aid",
    "xinfei fusu fangfa",
    "抽搐",
    "昏迷",
    "怎么止鼻血",
    "心梗怎么急救",
    "哪里可以献血",
    "急救知识",
    "灾害来了怎么办",
    "应急物资",
    "养老服务",
    "残疾人",
    "留守儿童",
    "大病救助",
    "助学金",
    "三献",
    "三救",
    "红十字精神",
    "南丁格尔",
    "日内瓦公约",
    "亨利杜南",
    "红新月会",
    "红十字运动",
    "红十字会章程",
    "财务公开",
    "捐款查询",
    "物资发放",
    "地震",
    "洪水",
    "火灾逃生",
    "煤气中毒",
    "烧伤烫伤",
    "蛇咬伤",
    "鼻出血",
    "异物卡喉",
    "海姆立克",
    "救护培训",
    "初级救护员",
    "社区培训",
    "学校培训",
    "国际交流",
    "会员单位",
    "代表大会",
    "延边朝鲜族自治州",
    "前郭尔罗斯",
    "长白山",
    "梅河口",
    "公主岭",
    "双阳",
    "自愿者",
    "自愿服务",
    "自愿捐献",
    "救急",
    "救护人",
    "救人",
    "急救人员",
    "骨头",
    "骨科医院",
    "安全",
    "农安大白菜",
    "弄坏了",
    "童话故事",
    "鲸鱼",
    "绿源",
    "西安",
    "会员证",
    "会员日",
    "回到家",
    "服务对象",
    "服务态度",
    "实践者",
    "现场无保护",
    "放在包里",
    "献血这",
    "献血车在哪",
    "捐血车",
    "学雷锋日",
    "防灾包",
    "国家救援",
    "灾区人员",
    "心脏复苏",
    "心理咨询",
    "心理服务",
    "家庭医生",
    "残疾人证",
    "残疾人事业",
    "人员招聘",
    "公益人士",
    "公益活动",
    "物业公司",
    "知识产权",
    "运动会",
    "条例解读",
    "世界杯",
    "医院地址",
    "志愿填报",
    "高考志愿",
    "第一志愿",
    "红十字精神传播",
    "爱心捐助",
    "救灾捐赠",
    "水灾",
    "干旱",
    "台风",
    "泥石流",
    "冰雹",
    "森林防火",
    "电梯困人",
    "燃气泄漏",
    "宠物医院",
    "化妆品过敏",
    "高血压",
    "糖尿病",
    "近视",
    "牙疼",
    "感冒发烧",
    "退烧药",
    "过敏性休克",
    "农药中毒",
    "一氧化氮",
    "酒精中毒",
    "哮喘发作",
    "婴儿呛奶",
    "小孩吞硬币",
    "鱼刺卡住",
    "脚扭了",
    "腰疼",
    "手割破了",
    "蜜蜂蛰了",
    "猫抓了",
    "没钱",
    "看病",
    "问谁",
    "想学",
    "能捐",
    "我要",
    "怎弄",
    "不会",
)

TITLES = (
    "应急救护培训进社区",
    "应急救护培训进校园",
    "应急救护知识问答",
    "无偿献血者的一天",
    "无偿献血光荣榜",
    "献血车停靠点",
    "捐献造血干细胞要走哪几步？",
    "志愿服务进乡村",
    "红十字志愿者服务队成立",
    "红十字志愿者服务时间表",
    "志愿服务记录怎么查",
    "人道救助金怎么申请",
    "胸外按压怎么做",
    "心脏骤停的黄金四分钟",
    "好心救人却弄伤了人",
)
NAMES = (
    "应急救护",
    "无偿献血",
    "造血干细胞捐献",
    "志愿服务",
    "器官捐献",
    "人道救助",
    "红十字青少年",
)
BRANCHES = ("吉林省红十字会", "长春市红十字会", "农安县红十字会", "延边朝鲜族自治州红十字会")


def nothing_stands_in_a_text(query: str) -> bool:
    """The hardest case for right words: a site that has not written of them yet."""
    return not (query[0] == query[-1] == '"')


def suggest(*texts: str, weight: int = 40, url: str = "/x/", language: str = "zh-hans") -> None:
    Suggestion.objects.bulk_create(
        Suggestion(
            source="tests",
            reference=text,
            text=text,
            language=language,
            weight=weight,
            url=url,
            keys_version=typed.VERSION,
        )
        for text in texts
    )


@pytest.fixture(scope="module")
def words(kept_for_module: Callable[..., None]) -> None:
    """The dictionary that ships, and the titles and names of a small site."""

    def learn() -> None:
        suggest(*TITLES)
        suggest(*NAMES, *BRANCHES, weight=90)
        lexicon.rebuild()

    kept_for_module(learn)


def corrected(query: str, language: str = "zh-hans", found: int = 3) -> str | None:
    return spelling.correction(query, language, found, nothing_stands_in_a_text)


def test_slips_are_corrected(words: None) -> None:
    assert len(SLIPS) >= 60
    assert {query: corrected(query) for query in SLIPS} == SLIPS


def test_right_queries_are_left_alone(words: None) -> None:
    assert len(RIGHT) >= 60
    proposed = {query: corrected(query, found=found) for query in RIGHT for found in (0, 3)}
    assert {query: better for query, better in proposed.items() if better} == {}


@pytest.mark.parametrize(
    ("query", "better"),
    [("鲜血车", "献血车"), ("自愿者注册", "志愿者注册"), ("服务对", None), ("鲜血", None)],
)
def test_a_known_word_is_taken_for_a_slip_only_where_nothing_is_found(
    words: None, query: str, better: str | None
) -> None:
    assert corrected(query, found=0) == better
    assert corrected(query, found=3) is None


def test_names_that_an_app_registers_are_right(
    words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert corrected("弄安") is None
    monkeypatch.setattr(lexicon, "_registered", [lambda: ["农安", "农安县"]])
    LearntFrom.objects.all().delete()
    lexicon.rebuild()
    assert corrected("弄安") == "农安"
    assert corrected("农安") is None


def test_branches_are_right_by_their_short_names() -> None:
    make_line()
    clock.tick()
    assert corrected("弄安") == "农安"


def test_what_was_meant_is_left_alone(words: None) -> None:
    meant = set(SLIPS.values())
    assert {query for query in meant if corrected(query)} == set()


# What is asked of the search


class Asked:
    """A search that finds some queries, and remembers what it was asked."""

    def __init__(self, finds: Callable[[str], bool]) -> None:
        self.finds = finds
        self.queries: list[str] = []

    def __call__(self, query: str) -> bool:
        self.queries.append(query)
        return self.finds(query)


def test_what_stands_in_a_text_is_right(words: None) -> None:
    asked = Asked(lambda query: True)
    assert spelling.correction("学习心肺复书", "zh-hans", 3, asked) is None
    assert asked.queries == ['"心肺复书"']


def test_what_finds_nothing_is_not_proposed(words: None) -> None:
    asked = Asked(lambda query: False)
    assert spelling.correction("学习心肺复书", "zh-hans", 3, asked) is None
    assert asked.queries[1:] == ["学习心肺复苏"]


def test_where_nothing_was_found_only_the_proposal_is_asked_for(words: None) -> None:
    asked = Asked(nothing_stands_in_a_text)
    assert spelling.correction("心肺复书", "zh-hans", 0, asked) == "心肺复苏"
    assert asked.queries == ["心肺复苏"]


def test_a_right_query_asks_nothing_and_no_query_asks_much(words: None) -> None:
    asked = Asked(nothing_stands_in_a_text)
    spelling.correction("学习心肺复苏的方法", "zh-hans", 3, asked)
    assert asked.queries == []
    spelling.correction("心肺复书 " * 12, "zh-hans", 3, asked)
    assert 0 < len(asked.queries) <= 4


def test_one_query_reads_the_words(words: None) -> None:
    for query in ("学习心肺复书的方法", "hongshizi", "心" * 500, "应急救护", "?! 12"):
        with CaptureQueriesContext(connection) as asked:
            corrected(query)
        of_words = [each for each in asked if SpellingKey._meta.db_table in each["sql"]]
        assert len(of_words) == (query != "?! 12")


HOSTILE = (
    *("心复肺苏书苏急救互户" * 1_000, "a" * 10_000, "zhuang" * 1_000, "shi " * 1_000, "a b " * 999),
    *(
        "\x00\ud800",
        "😀" * 100,
        "' OR 1=1 --",
        '"心肺复书',
        "-心肺复书",
        "應\u0301" * 99,
        "적십" * 999,
    ),
)


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_answered_quickly(words: None, query: str) -> None:
    corrected("心肺复书")
    started = time.process_time()
    corrected(query)
    assert time.process_time() - started < 0.5


def test_no_more_keys_are_looked_up_than_so_many(
    words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "MAX_KEYS", 3)
    assert corrected("在哪里学心肺复书") is None


# How it is written


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("心肺複書", "心肺复苏"),
        ("學習心肺復書的方法", "學習心肺复苏的方法"),
        ("  心肺复书！怎么做？ ", "  心肺复苏！怎么做？ "),
        ('"心肺复书" 方法', '"心肺复苏" 方法'),
        ("心肺复书 -学校", "心肺复苏 -学校"),
        ("ＡＥＤ 心肺复书", "ＡＥＤ 心肺复苏"),
        ("心肺复书和红时字会", "心肺复苏和红十字会"),
        ("AEB", "AED"),
        ("aeb", None),
    ],
)
def test_the_rest_of_the_query_stays_as_it_was_typed(
    words: None, query: str, better: str | None
) -> None:
    assert corrected(query) == better


# Other languages


@pytest.mark.parametrize(
    ("query", "better"),
    [
        *(("frist aid", "first aid"), ("first adi", None), ("traning", "training")),
        *(("blood donatoin", "blood donation"), ("volunteeer", "volunteer")),
        *(("first aid training", None), ("trainings", None), ("aid", None)),
    ],
)
def test_english_is_corrected(words: None, query: str, better: str | None) -> None:
    suggest("First aid training", "Blood donation day", "The trainings of May", language="en")
    lexicon.rebuild()
    assert corrected(query, "en") == better


def test_korean_is_corrected(words: None) -> None:
    assert corrected("심페소생술", "ko") == "심폐소생술"
    assert corrected("심폐소생술", "ko") is None


def test_titles_count_in_their_language_only(words: None) -> None:
    suggest("Earthquake", language="en")
    lexicon.rebuild()
    assert corrected("earthqauke", "en") == "earthquake"
    assert corrected("earthqauke", "ko") is None


# The words that are right


def test_words_are_brought_up_to_date_with_what_has_changed_only(words: None) -> None:
    assert lexicon.rebuild() == 0
    before = set(SpellingKey.objects.values_list("pk", flat=True))
    suggest("雪橇犬", weight=90)
    assert lexicon.rebuild() > 0
    assert before < set(SpellingKey.objects.values_list("pk", flat=True))
    Suggestion.objects.filter(text="雪橇犬").delete()
    lexicon.rebuild()
    assert set(SpellingKey.objects.values_list("pk", flat=True)) == before


def test_titles_are_read_only_where_something_has_changed(
    words: None, django_assert_max_num_queries: Any
) -> None:
    lexicon.rebuild()
    with django_assert_max_num_queries(3):
        lexicon.rebuild()
    Suggestion.objects.filter(text=TITLES[0]).update(text="雪橇犬")
    assert lexicon.rebuild() == 0
    Suggestion.objects.filter(text="雪橇犬").delete()
    suggest("雪橇犬")
    assert lexicon.rebuild() > 0


def test_words_that_were_kept_by_an_older_rule_are_kept_anew(words: None) -> None:
    SpellingKey.objects.filter(word="心肺复苏").update(version=slips.VERSION - 1)
    LearntFrom.objects.update(state=f"{slips.VERSION - 1} and so on")
    assert lexicon.rebuild() == 1
    assert corrected("心肺复书") == "心肺复苏"


def test_what_the_province_takes_out_of_the_dictionary_is_no_word(words: None) -> None:
    DictionaryEntry.objects.create(kind=DictionaryEntry.Kind.TERM, action=SWITCH_OFF, text="浑江")
    assert SpellingKey.objects.filter(language="", word="浑江").exists()
    lexicon.rebuild()
    assert not SpellingKey.objects.filter(language="", word="浑江").exists()


def test_what_others_have_typed_is_no_proof(words: None) -> None:
    suggest("心肺复书", weight=90, url="")
    lexicon.rebuild()
    assert corrected("心肺复书") == "心肺复苏"


def test_the_clock_learns_from_what_is_published_and_the_search_proves_it() -> None:
    line = make_line()
    make_piece(line.county, title="雪橇犬救援队", text="他们和雪橇犬一起训练。")
    make_piece(line.county, title="别的事", text="这里说的是血桥权益。")
    clock.tick()

    def is_found(query: str) -> bool:
        asked = syntax.read(query).query()
        found = get_search_backend().search(asked, public_pieces("zh-hans"))
        return found.count() > 0

    assert spelling.correction("雪敲犬", "zh-hans", 1, is_found) == "雪橇犬"
    assert spelling.correction("雪橇犬", "zh-hans", 1, is_found) is None
