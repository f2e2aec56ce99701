"""What nobody sees goes out of a text; what scripts and emoji need stays."""

from __future__ import annotations

import random
import unicodedata

import pytest

from search.sanitizing import is_blank, one_line, sanitize, sanitize_all, sanitize_html

KEPT = {
    "a family": "👩\u200d👩\u200d👧",
    "a heart on fire": "❤\ufe0f\u200d🔥",
    "a flag of a region": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "a flag": "🇨🇳",
    "a key": "1\ufe0f⃣",
    "a skin": "👍🏽",
    "Persian": "می\u200cخواهم",
    "Hindi": "क्\u200dष",
    "Manchu": "ᠮᠣ\u180bᠩ",
    "a variant of a character": "葛\U000e0100",
    "Old Korean": "ᄀ\u1160ᆨ \u115fᅡ",
    "Braille": "⠓⠑⠀⠓⠊",
    "a sign of Arabic that is drawn": "\u06dd١",
    "what stands for itself": "中文　한국어\u00a0English — ①㈱™\n第二行\t格",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_is_needed_stays(text: str) -> None:
    assert sanitize(text) == text
    assert not is_blank(text)


GONE = (
    *map(chr, (*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))),
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180e", "\u200b", "\u200c"),
    *("\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u206f"),
    *("\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe"),
    *("\ud800", "\udfff", "\U000e0001", "\U000e0041", "\U000e0100", "\U0010ffff"),
)


@pytest.mark.parametrize("character", GONE, ids=ascii)
def test_what_nobody_sees_goes(character: str) -> None:
    assert sanitize(f"a{character}b") == "ab"
    assert one_line(f"{character}title{character}") == "title"
    assert is_blank(character * 3)
    assert sanitize_all({"x": [f"a{character}b", 1, None]}) == {"x": ["ab", 1, None]}


def test_no_control_or_format_character_is_forgotten() -> None:
    drawn = {0x06DD, 0x070F, 0x08E2, 0x110BD, 0x110CD, *range(0x600, 0x606), 0x890, 0x891}
    hieroglyphs = range(0x13430, 0x13440)
    lines = {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}
    stays = drawn.union(hieroglyphs, lines)
    for code in range(0x110000):
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and code not in stays:
            assert sanitize(chr(code)) == "", hex(code)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_lines(end: str) -> None:
    assert sanitize(f"甲{end}乙") == "甲\n乙"
    assert one_line(f" 甲 {end}\t 乙{end}") == "甲 乙"


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000\u00a0", "\n\t", "\u2800", "\u0301", "\u200b\u3164 "]
)
def test_nothing_to_be_seen(text: str) -> None:
    assert is_blank(text)


def test_references_in_markup() -> None:
    assert sanitize_html("a&#8203;b&zwj;c&shy;d&#x202e;&#X200B e&#1;") == "abcd e"
    untouched = '<a href="?a=1&amp;b=2&copy=3">&lt;&nbsp;&eacute;&unknown; A & B</a>'
    assert sanitize_html(untouched) == untouched


def test_to_sanitize_twice_changes_nothing_more() -> None:
    codes = (0x41, 0x4E2D, 0x1F469, 0xFE0F, 0x200D, 0x200C, 0x200B, 0x64A, 0x180B, 0x1820, 0x1F3F4)
    more = (0xE0061, 0xE007F, 0x115F, 0x1161, 0x1160, 0x1100, 0x2800, 0x2801, 10, 13, 9, 32)
    characters = [chr(code) for code in codes + more]
    dice = random.Random(14)
    for _ in range(5000):
        text = "".join(dice.choices(characters, k=dice.randint(1, 8)))
        assert sanitize(sanitize(text)) == sanitize(text), ascii(text)
        assert one_line(one_line(text)) == one_line(text), ascii(text)
