"""What a search finds, in Chinese: https://docs.wagtail.org/en/stable/topics/search/searching.html"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.search.query import Phrase

from search import syntax
from search.query import Question
from tests.search.articles import Article


def test_a_word_is_found_inside_a_sentence(add: Any, find: Any) -> None:
    add("我县红十字会开展应急救护培训进校园活动")
    add("慰问困难群众")
    assert find("应急救护") == ["我县红十字会开展应急救护培训进校园活动"]


def test_a_word_is_found_in_the_body(add: Any, find: Any) -> None:
    add("活动简讯", "志愿者在社区宣讲造血干细胞捐献知识。")
    assert find("干细胞捐献") == ["活动简讯"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("緊急救護", "紧急救护"),
        ("红十字", "中國紅十字會"),
        ("ａｅｄ", "公共场所配置AED"),
        ("AED", "ａｅｄ的使用"),
        ("8号", "关于8号线的通知"),
        ("血", "无偿献血。"),
        ("血", "血站来了"),
        ("적십자", "길림성 적십자회"),
        ("training", "First aid trainings"),
    ],
)
def test_scripts_widths_and_single_characters(add: Any, find: Any, query: str, title: str) -> None:
    add(title)
    add("别的")
    assert find(query) == [title]


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\ufe0f", "\u202e", "\u3164"])
def test_what_nobody_sees_hides_no_word(add: Any, find: Any, complete: Any, unseen: str) -> None:
    title = unseen.join("心肺复苏培训") + f" fi{unseen}rst a{unseen}id 적{unseen}십자"
    add(title)
    add("别的")
    for query in ("心肺复苏", f"心肺{unseen}复苏", "first aid", f"f{unseen}irst", "적십자"):
        assert find(query) == find(Phrase(query)) == [title], query
    assert complete("心肺") == complete("fir") == [title]


def test_a_word_is_found_however_the_text_around_it_is_cut(add: Any, find: Any) -> None:
    add("初级救护员证怎么考")
    assert find("救护员") == ["初级救护员证怎么考"]


def test_a_longer_word_needs_its_characters_side_by_side(add: Any, find: Any) -> None:
    add("红十字会", "")
    add("十字路口的红灯和学会", "")
    assert find("红十字会") == ["红十字会"]


def test_a_title_weighs_more_than_the_body(add: Any, find: Any) -> None:
    add("工作简讯", "本周无偿献血活动顺利。")
    add("无偿献血", "本周活动顺利的简讯。")
    assert find("无偿献血") == ["无偿献血", "工作简讯"]


def test_few_words_are_all_asked_for_where_enough_has_them(add: Any, find: Any) -> None:
    for number in range(10):
        add(f"救护培训{number}")
    add("救护车")
    assert "救护车" not in find("救护培训")
    assert len(find("救护培训")) == 10


def test_where_too_few_have_all_words_those_with_fewer_fill_up(add: Any, find: Any) -> None:
    add("救护培训")
    add("救护车")
    assert find("救护培训") == ["救护培训", "救护车"]


def test_the_more_of_a_few_words_a_document_has_the_earlier_it_comes(add: Any, find: Any) -> None:
    add("急救急救急救急救")
    add("农安农安农安农安")
    add("在农安讲的许多话里，有一句说到了急救，此外也说了天气、收成和孩子们的事情")
    assert len(find("农安 急救")) == 3
    assert find("农安 急救")[0].startswith("在农安")


def test_a_word_that_most_documents_have_is_not_enough(add: Any, find: Any) -> None:
    for number in range(30):
        add(f"红十字会的第{number}件事")
    add("工资从哪里来")
    assert find("红十字会工资") == ["工资从哪里来"]
    assert len(find("红十字会")) == 30


def test_what_a_word_is_also_called_is_as_good_as_the_word(add: Any, find: Any) -> None:
    add("书屋", "许多书里有一本讲心肺复苏，其余的讲种地、养牛、做饭，还有许多讲别的事情。")
    add("CPR，一分钟学会")
    assert find("心肺复苏") == ["CPR，一分钟学会", "书屋"]


def test_single_characters_tell_apart_what_has_the_same_words(add: Any, find: Any) -> None:
    add("甲", "在城里住着，租下来的地方，要给东家一个交代，房价便宜")
    add("乙", "在城里住着，种下来的树木，要给邻家一个交代，果子便宜")
    assert find("城里租房子") == ["甲", "乙"]


def test_what_sounds_alike_counts_only_for_what_is_written_nowhere(add: Any, find: Any) -> None:
    add("实施")
    add("明日事实")
    add("明日天气")
    assert find("实施，明日")[1:] == ["明日天气", "明日事实"]
    assert find("时食，明日") == ["明日事实", "明日天气"]


def test_a_question_finds_what_answers_it(add: Any, find: Any) -> None:
    add("造血干细胞捐献须知", "年满十八周岁、身体健康的公民可以报名入库。")
    add("救灾物资发放")
    assert find("请问多大年龄可以报名捐献造血干细胞呢？")[0] == "造血干细胞捐献须知"


def test_documents_of_other_models_do_not_decide_what_is_enough(
    add: Any, find: Any, backend: Any, root_pages: Callable[[str, int], None]
) -> None:
    root_pages("救护培训", 12)
    add("救护车")
    assert find("救护培训") == ["救护车"]


def test_only_what_is_counted_decides_what_is_enough(add: Any, backend: Any) -> None:
    for number in range(12):
        add(f"地震暴雨狂犬疫苗草稿{number}", live=False)
    add("地震过后")
    add("狂犬病的疫苗")
    public = Article.objects.filter(live=True)
    for words, title in (("地震 暴雨", "地震过后"), ("狂犬疫苗", "狂犬病的疫苗")):
        assert not backend.search(Question(words), public)
        found = backend.search(Question(words, within=public), public)
        assert [each.title for each in found] == [title]


def test_only_what_is_counted_decides_what_most_have(add: Any, backend: Any) -> None:
    """Of drafts it is 应急 that most have, of what is public, 救护."""
    for number in range(30):
        add(f"应急草稿{number}", live=False)
    for number in range(12):
        add(f"救护培训{number}")
    for number in range(9):
        add(f"应急演练{number}")
    add("应急救护")
    public = Article.objects.filter(live=True)
    found = backend.search(Question("应急 救护", within=public), public)
    assert {each.title[:4] for each in found} == {"应急演练", "应急救护"}


@pytest.mark.parametrize(
    ("words_in_documents", "least"),
    [
        ([3] * 10 + [2] * 5 + [1] * 20, 3),
        ([3] * 4 + [2] * 6 + [1] * 20, 2),
        ([3] * 4 + [2] * 5 + [1] * 20, 1),
        ([1] * 5, 1),
        ([2] * 3, 1),
    ],
)
def test_a_question_asks_for_as_many_words_as_enough_documents_have(
    add: Any, find: Any, words_in_documents: list[int], least: int
) -> None:
    words = ["地震", "暴雨", "洪水"]
    for number, size in enumerate(words_in_documents):
        add("，".join(words[each % 3] for each in range(number, number + size)))
    wanted = [size for size in words_in_documents if size >= least]
    assert len(find("，".join(words))) == len(wanted)


def test_typing_finds_words_that_are_not_finished(add: Any, complete: Any) -> None:
    add("应急救护培训班开班")
    add("Learning first aid")
    assert complete("应急救") == ["应急救护培训班开班"]
    assert complete("应急 培训") == ["应急救护培训班开班"]
    assert complete("learni") == ["Learning first aid"]
    assert complete("应急 火灾") == []


@pytest.mark.parametrize("query", ["learn", "LEARNI", "learn aid", "first learn", "learn 别的"])
def test_half_a_word_in_letters_finds_it(add: Any, find: Any, query: str) -> None:
    add("Learning first aid")
    add("献血")
    assert find(query) == ["Learning first aid"]


@pytest.mark.parametrize("query", ["lea", "earning", "learnt", '"learn"', "learn1", "learn-"])
def test_a_word_is_begun_by_enough_letters_and_not_in_quotes(
    add: Any, find: Any, query: str
) -> None:
    add("Learning")
    found = find(syntax.read(query).query())
    assert found == (["Learning"] if query == "learn-" else [])


@pytest.mark.parametrize("query", ["train", "train 救护", "救护 train", "train first"])
def test_a_whole_word_comes_before_what_it_begins(add: Any, find: Any, query: str) -> None:
    add("training 救护 training first training train1ng", "training " * 20)
    add("一篇长文", "开头说别的。" * 80 + "a train 救护 first")
    assert find(query)[0] == "一篇长文"
    assert len(find(query)) == 2


def test_what_has_more_of_the_words_comes_first_even_if_they_go_on(add: Any, find: Any) -> None:
    add("donor donor")
    add("donors volunteering")
    assert find("donor volunt") == ["donors volunteering", "donor donor"]


def test_the_score_is_a_number_that_falls(add: Any, backend: Any) -> None:
    add("献血 献血 献血")
    add("献血", "一篇很长的文章，" * 30)
    found = list(backend.search("献血", Article).annotate_score("score"))
    assert [isinstance(each.score, float) for each in found] == [True, True]
    assert found[0].score > found[1].score


def test_the_whole_query_in_one_run_comes_before_its_parts(add: Any, find: Any) -> None:
    add("救护应急", "应急 救护 应急 救护 应急 救护")
    add("一篇长文", "开头说别的。" * 80 + "应急救护")
    assert find("应急救护") == ["一篇长文", "救护应急"]


def test_endings_of_korean_alone_find_nothing(add: Any, find: Any) -> None:
    add("안전을 지킵니다", "헌혈은 생명을 살립니다")
    assert find("없는말입니다") == []
    assert find("헌혈하나요") == ["안전을 지킵니다"]


def test_a_word_that_no_text_has_gives_way_to_its_parts(add: Any, find: Any) -> None:
    add("疫苗要打几针", "被狗咬伤以后，狂犬病的疫苗要尽快打。")
    add("疫苗")
    assert find("狂犬疫苗")[0] == "疫苗要打几针"
    add("狂犬疫苗")
    assert find("狂犬疫苗") == ["狂犬疫苗"]


def test_a_word_that_only_another_model_has_gives_way_to_its_parts_too(
    add: Any, find: Any, root_pages: Callable[[str, int], None]
) -> None:
    add("疫苗要打几针", "被狗咬伤以后，狂犬病的疫苗要尽快打。")
    root_pages("狂犬疫苗", 1)
    assert find("狂犬疫苗") == ["疫苗要打几针"]


def test_numbers_are_found_in_figures_and_in_characters(add: Any, find: Any) -> None:
    add("五月八日的活动")
    add("一九九七年的事")
    assert find("5月8日") == ["五月八日的活动"]
    assert find("1997年") == ["一九九七年的事"]
    add("12岁以上，从2026年5月起")
    assert find("二〇二六年") == ["12岁以上，从2026年5月起"]
    assert find("十二岁") == ["12岁以上，从2026年5月起"]


def test_what_has_the_query_in_its_title_comes_first(add: Any, find: Any) -> None:
    add("简讯", "献血献血献血")
    add("一个很长很长的标题，说的是很多别的事情，也说到献血", "别的" * 50)
    assert find("献血")[1] == "简讯"


def test_a_word_is_found_in_a_text_that_says_its_beginning_again_and_again(
    add: Any, find: Any
) -> None:
    add("一篇长文", "救护。" * 300 + "救护员证")
    assert find("救护员证", operator="and") == ["一篇长文"]
    assert find(Phrase("救护员证")) == ["一篇长文"]
