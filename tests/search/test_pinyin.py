"""How Chinese sounds."""

from __future__ import annotations

import pytest

from search import dictionary, pinyin
from search.folding import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("心肺复苏", ["xin", "fei", "fu", "su"]),
        ("绿女略", ["lv", "nv", "lve"]),
        ("红A会 ", ["hong", "", "hui", ""]),
        ("적十8号", ["", "shi", "", "hao"]),
        ("", []),
    ],
)
def test_each_character_has_the_sound_of_its_most_common_reading(
    text: str, expected: list[str]
) -> None:
    assert pinyin.syllables(text) == expected


def test_a_pair_sounds_as_its_characters_do() -> None:
    assert pinyin.sound_of("心肺") == "xinfei"
    assert pinyin.sound_of("复书") == "fushu"
    assert pinyin.sound_of("AB") == ""


def test_a_sound_does_not_depend_on_what_stands_around_it() -> None:
    assert pinyin.sound_of("长春") == "".join(pinyin.syllables("长") + pinyin.syllables("春"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("急救", ["ji jiu"]),
        ("献血", ["xian xue", "xian xie"]),
        ("朝阳", ["chao yang", "zhao yang"]),
        ("长春献血", ["chang chun xian xue", "chang chun xian xie", "zhang chun xian xue"]),
        ("A", [""]),
        ("", [""]),
    ],
)
def test_a_text_is_spelt_as_the_field_reads_it_as_words_and_by_characters(
    text: str, expected: list[str]
) -> None:
    assert list(map(" ".join, pinyin.spellings(text))) == expected


def test_every_reading_of_the_field_has_a_syllable_for_each_character() -> None:
    for word, sounds in dictionary.readings().items():
        assert len(sounds) == len(word), word
        assert set(sounds) <= pinyin._typed(), word
        assert pinyin.spellings(fold(word))[0] == sounds


def test_every_sound_is_plain_ascii() -> None:
    everything = "".join(map(chr, range(0x3400, 0xA000)))
    sounds = set(pinyin.syllables(everything)) - {""}
    assert all(sound.isascii() and sound.isalpha() and sound.islower() for sound in sounds)
    assert 390 < len(sounds) < 450


def test_no_more_than_so_many_pairs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "MAX_KEPT", 10)
    for code in range(0x4E00, 0x4E00 + 100):
        pinyin.sound_of(chr(code) + "会")
        assert len(pinyin._SOUNDS) <= 10
