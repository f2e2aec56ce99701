"""The word lists that ship with the suite do what they say, each entry of them."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from dataclasses import replace

import pytest

from search import analysis, cutting, dictionary
from search.dictionary import Dictionary, SynonymSet, synonym_set
from search.folding import fold, runs

SETS = dictionary.shipped_sets()


def words_of(query: str) -> list[str]:
    return [word.text for word in analysis.query_terms(query).words]


def readings_of(query: str) -> set[str]:
    """What is sought for a query of one word."""
    (word,) = analysis.query_terms(query).words
    return {reading.text for reading in word.readings}


def is_cut_by_the_dictionary(word: str) -> bool:
    """Chinese in one run, or one Latin word; Korean is cut into pairs of syllables."""
    found = list(runs(fold(word)))
    return len(found) == 1 and found[0].kind in ("han", "word")


def test_there_are_sets_enough() -> None:
    assert len(SETS) >= 170


def test_a_word_stands_in_one_set_only() -> None:
    seen = Counter(fold(word) for words, _sought in SETS for word in words)
    assert [word for word, times in seen.items() if times > 1] == []


def test_a_set_has_two_words_and_something_to_seek() -> None:
    assert [str(each) for each in SETS if len(each.words) < 2 or not each.sought] == []


def test_words_of_sets_are_neither_stop_words_nor_single_characters() -> None:
    stop_words = {fold(word) for word in dictionary.stop_words()}
    words = {fold(word) for words, _sought in SETS for word in words}
    assert words & stop_words == set()
    assert {word for word in words if len(word) == 1} == set()


@pytest.mark.parametrize("each", SETS, ids=str)
def test_a_query_for_one_word_of_a_set_seeks_the_others(each: SynonymSet) -> None:
    with dictionary.using(dictionary.shipped()):
        for word in filter(is_cut_by_the_dictionary, each.words):
            sought = {analysis.phrase_term(reading).text for reading in (word, *each.sought)}
            assert readings_of(word) == sought


def test_every_stop_word_is_dropped() -> None:
    with dictionary.using(dictionary.shipped()):
        kept = {word: words_of(f"{word}，红十字会") for word in dictionary.stop_words()}
    assert {word: words for word, words in kept.items() if words != ["红十字会"]} == {}


@pytest.mark.parametrize("word", ["学生", "学校", "电话", "时间", "老师", "孩子", "报名", "条件"])
def test_what_people_ask_about_is_no_stop_word(word: str) -> None:
    assert words_of(f"{word}，红十字会")[0] == word


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("헌혈하나요", ["헌혈"]),
        ("자원봉사자를 모집합니다", ["자원봉사자", "모집"]),
        ("적십자회에서", ["적십자회"]),
        ("어디에서 교육합니까", ["교육"]),
        ("없는말입니다", ["는말"]),
        ("어린이", ["어린이"]),
        ("하는", ["하는"]),
    ],
)
def test_korean_is_asked_for_without_its_endings(query: str, words: list[str]) -> None:
    assert words_of(query) == words


def test_every_domain_term_is_cut_whole() -> None:
    with dictionary.using(dictionary.shipped()):
        cut = {term: words_of(term) for term in dictionary.domain_terms()}
    assert cut == {term: [fold(term)] for term in cut}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("红会", "红十字会"),
        ("除颤仪", "aed"),
        ("ａｅｄ", "自动体外除颤器"),
        ("捐髓", "造血干细胞捐献"),
        ("CPR", "心肺复苏"),
        ("紅會", "红十字会"),
        ("噎住", "气道异物梗阻"),
        ("捐钱", "捐款"),
        ("延边州", "延边朝鲜族自治州"),
    ],
)
def test_people_find_what_is_written_otherwise(query: str, expected: str) -> None:
    assert expected in readings_of(query)


def test_in_parentheses_is_understood_and_not_sought() -> None:
    """义工 stands in 主义工作, so that a query for 志愿者 would find every -ism at work."""
    assert "志愿者" in readings_of("义工")
    assert "义工" not in readings_of("志愿者")


def test_a_set_is_read_as_it_is_written() -> None:
    assert synonym_set("A = B = (C)") == SynonymSet(("A", "B", "C"), ("A", "B"))
    assert str(synonym_set(" A=  B = ( C ) =")) == "A = B = (C)"
    assert synonym_set("A = B = (C)").without("B".__eq__) == SynonymSet(("A", "C"), ("A",))


def test_one_on_trial_is_in_force_within_only() -> None:
    before = dictionary.in_force()
    trial = Dictionary(stop_words=frozenset({"红会"}))
    with dictionary.using(trial):
        assert words_of("红会，培训") == ["培训"]
    assert dictionary.in_force() is before
    assert words_of("红会，培训") == ["红会", "培训"]


def test_a_provider_is_asked_at_each_query() -> None:
    answers = [Dictionary(stop_words=frozenset({"红会"})), Dictionary()]
    before = dictionary.set_provider(lambda: answers.pop(0))
    try:
        assert words_of("红会，培训") == ["培训"]
        assert words_of("红会，培训") == ["红会", "培训"]
    finally:
        dictionary.set_provider(before)


def test_a_dictionary_that_was_tried_out_stays_in_no_memory() -> None:
    tried = []
    for number in range(4):
        with dictionary.using(replace(dictionary.in_force(), terms=frozenset({f"词{number}"}))):
            analysis.query_terms("怎样学习急救")
            tried.append(weakref.ref(cutting.cutter()))
    gc.collect()
    assert sum(each() is not None for each in tried) <= 2
