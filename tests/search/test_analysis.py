from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from itertools import chain

import pytest

from search import analysis, dictionary
from search.analysis import Term, Word
from search.dictionary import Dictionary
from search.folding import fold, fold_with_offsets
from search.numbers import by_value, in_figures, other_writings
from tests.project.programs import ROOT


def words(text: str) -> list[str]:
    return [term.text for term in analysis.query_terms(text).words]


def pairs(text: str) -> list[str]:
    return [term.text for term in analysis.query_terms(text).pairs]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("緊急救護", "紧急救护"),
        ("ＡＥＤ　８号", "aed 8号"),
        ("乾安縣", "干安县"),
        ("乾安县", "干安县"),
        ("一項計畫", "一项计划"),
        ("公共衞生", "公共卫生"),
        ("顯著", "显著"),
        ("ﬁre ㈱", "fire (株)"),
        ("e\u0301tude É", "etude e"),
        ("Ĥéllø Łódź Straße ǿ", "hello lodz strasse o"),
        ("q\u0308", "q"),
        ("й ά が", "й ά が"),
        ("İ", "i"),
        ("a\x00b\ud800c", "a b c"),
        ("红\u200b十\u00ad字\ufeff会", "红十字会"),
        ("葛\U000e0100飾\ufe00", "葛饰"),
        ("t\u2060ra\u202ein\u200ding", "training"),
        ("計\u200c畫", "计划"),
        ("적\u3164십\uffa0자", "적십자"),
        ("\u1100\u1161", "가"),
        ("", ""),
    ],
)
def test_folding_removes_what_only_looks_different(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("word", ["瞭解", "乾坤", "憑藉", "答覆", "甦醒", "錢鍾書", "魏徵"])
def test_a_character_is_folded_as_it_is_in_a_word(word: str) -> None:
    assert "".join(map(fold, word)) == fold(word)


def test_fts5_keeps_the_tokens_of_letters_as_they_are() -> None:
    letters = chain(
        range(0x250), range(0x370, 0x1000), range(0x1E00, 0xA000), range(0xAC00, 0xD7A4)
    )
    tokens = {token for code in letters for token in analysis.terms(chr(code))}
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text)")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, row)")
    database.executemany("INSERT INTO texts VALUES (?)", zip(tokens, strict=True))
    assert {term for (term,) in database.execute("SELECT term FROM terms")} == tokens


@pytest.mark.parametrize(
    "text",
    [
        *("緊急ﬁ㈱e\u0301救護", "Straße q\u0308 瞭解", "plain", "½杯", "", "\u1100\u1161가"),
        *("紅\u200b十\ufe0f字", "\u202efi\u00adrst\u200b", "\u200b"),
    ],
)
def test_offsets_lead_from_the_folded_text_to_the_shown_one(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert [fold(folded.source[i])[0] for i in dict.fromkeys(folded.offsets)] == [
        folded.text[folded.offsets.index(i)] for i in dict.fromkeys(folded.offsets)
    ]


def test_terms_are_pairs_in_order_then_what_has_no_place() -> None:
    assert analysis.terms("開展應急救護。") == ["开展", "展应", "应急", "急救", "救护", "护"]


def test_terms_keep_latin_words_and_numbers_whole() -> None:
    assert analysis.terms("8号线配置AED") == ["8", "号线", "线配", "配置", "aed", "置", "8号"]


def test_terms_of_korean_are_pairs_of_syllables() -> None:
    assert analysis.terms("적십자") == ["적십", "십자", "자"]


def test_terms_never_contain_what_fts5_would_cut_or_read_as_syntax() -> None:
    hostile = 'a"b OR c* NEAR(d) {title}: -e ^f "急救" \x00\ud800 急"救* 😀 a_b'
    assert all(token.isalnum() for token in analysis.terms(hostile))


def test_english_plurals_are_stemmed_in_texts_but_not_for_prefixes() -> None:
    assert analysis.terms("Trainings boxes stories bus") == ["training", "box", "story", "bus"]
    assert analysis.terms("Trainings", stem=False) == ["trainings"]


def test_what_sounds_alike_is_the_same_token() -> None:
    assert analysis.sounds("硬挤AED酒壶") == analysis.sounds("應急。救护")
    assert analysis.sounds("应急救") != analysis.sounds("应急就是")
    assert not set(analysis.sounds("应急救护")) & set(analysis.terms("应急救护 yingji"))
    assert analysis.sounds("应急𠮷救护") == analysis.sounds("应急") + analysis.sounds("救护")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("怎么报名应急救护培训班？", ["报名", "应急", "救护", "培训班"]),
        ("緊急救護", ["紧急", "救护"]),
        ("公共场所AED在哪里", ["公共场所", "aed"]),
        ("8号线", ["8号", "号线"]),
        ("红会救护员", ["红会", "救护员"]),
        ("조선족", ["조선", "선족"]),
        ("심폐소생술을", ["심폐소생술"]),
        ("打120要说什么", ["120", "要说"]),
        ("血", ["血"]),
        ("怎么办", ["怎么办"]),
        ("救护，救护", ["救护"]),
        ("！？😀", []),
    ],
)
def test_words_of_a_query(query: str, expected: list[str]) -> None:
    assert words(query) == expected


def test_latin_words_that_the_dictionary_joins_are_one() -> None:
    with dictionary.using(Dictionary(synonyms={"First aid": ("急救",)})):
        assert words("learn first  aid") == ["learn", "first", "aid"]
        (_learn, joined) = analysis.query_terms("learn first aid").words
    assert joined.readings == (
        Term("first aid", ("first", "aid")),
        Term("急救", ("急救",)),
    )


@pytest.mark.parametrize(
    ("word", "writings"),
    [
        ("5月", ["五月"]),
        ("五月", ["5月"]),
        ("十月", ["10月"]),
        ("十二岁", ["12岁"]),
        ("412台", ["四百一十二台"]),
        ("105户", ["一百零五户"]),
        ("两千人", ["2000人", "二千人"]),
        ("10010人", ["一万零一十人"]),
        ("1997年", ["一九九七年"]),
        ("二〇二六年", ["2026年", "二零二六年"]),
        ("二零二六年", ["2026年", "二〇二六年"]),
    ],
)
def test_a_number_with_its_counter_is_found_however_it_is_written(
    word: str, writings: list[str]
) -> None:
    (found,) = analysis.query_terms(word).words
    assert [term.text for term in found.readings] == [word, *writings]


@pytest.mark.parametrize(
    "word", ["120", "急救", "万一", "百千人", "十十人", "一一人", "一万二千", "三心", "五万六万元"]
)
def test_what_is_no_number_with_a_counter_has_no_other_writing(word: str) -> None:
    assert other_writings(word) == []


def test_every_number_in_characters_is_read_as_it_is_written() -> None:
    assert [in_figures(by_value(each)) for each in range(100_000)] == [
        str(each) for each in range(100_000)
    ]


def test_a_long_word_knows_its_parts() -> None:
    (word,) = analysis.query_terms("狂犬疫苗").words
    assert [part.text for part in word.parts] == ["狂犬", "疫苗"]
    assert analysis.query_terms("救护").words[0].parts == ()


def test_longer_words_are_runs_of_adjacent_pairs() -> None:
    (word,) = analysis.query_terms("红十字会").words
    assert word.readings[0] == Term("红十字会", ("红十", "十字", "字会"))


def test_a_lone_character_is_the_start_of_its_pairs() -> None:
    assert analysis.query_terms("血").words == (Word((Term("血", ("血",), prefix=True),)),)


def test_pairs_cross_words_but_neither_stop_words_nor_punctuation() -> None:
    assert pairs("离婚的财产，房屋") == ["离婚", "财产", "房屋"]
    assert "救护" in pairs("应急救护") and "急救" in pairs("应急救护")


def test_queries_are_cut_to_a_sane_size() -> None:
    found = analysis.query_terms("".join(chr(0x4E00 + i * 7 % 20000) for i in range(10_000)))
    assert len(found.words) <= analysis.MAX_WORDS
    assert len(found.pairs) <= analysis.MAX_PAIRS


def test_typing_keeps_stop_words_and_leaves_the_last_word_open() -> None:
    assert analysis.typed_terms("how to learn") == (
        Word((Term("how", ("how",)),)),
        Word((Term("to", ("to",)),)),
        Word((Term("learn", ("learn",), prefix=True),)),
    )
    assert analysis.typed_terms("应急救护培")[-1] == Word((Term("培", ("培",), prefix=True),))


def test_a_phrase_is_one_run_of_tokens() -> None:
    assert analysis.phrase_term("急救 AED") == Term("急救 aed", ("急救", "aed"))
    assert analysis.phrase_term("？") is None


def test_the_same_text_always_gives_the_same_terms() -> None:
    """In any process: Python orders sets of texts differently in each."""
    text = "红十字会开展应急救护培训 AED 8号 적십자 捐髓"
    program = (
        "import sys; from search import analysis; text = sys.argv[1];"
        "print(analysis.terms(text), analysis.sounds(text), analysis.query_terms(text))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, text],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_word_lists_have_no_doubles_and_are_folded() -> None:
    for name in ("domain_terms", "stop_words"):
        entries = list(dictionary.read(name))
        assert len(entries) == len(set(entries))
        assert entries == [fold(entry) for entry in entries]
