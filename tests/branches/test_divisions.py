"""Names of divisions are read as such wherever they stand: 长春市 after 吉林省 holds no 省长."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from branches.divisions import FILE
from branches.import_file import Row, read_rows
from branches.pinyin import pinyin_keys
from search import pinyin, slips, suggestions, typed
from search.folding import fold
from search.suggestions import Entry, Source

ROWS = read_rows(FILE)
BY_CODE = {row.code: row for row in ROWS}
#: Slugs that tell apart what is written differently but sounds the same.
TOLD_APART = {"jilin-shi": "jilin", "xian-qu": "xian", "tonghua-xian": "tonghua"}


def places_above(row: Row) -> list[str]:
    """What may stand before the name of `row`: nothing, those above it, some of them."""
    above: list[str] = []
    while row.parent_code:
        row = BY_CODE[row.parent_code]
        above.insert(0, row.division)
    return ["", *("".join(above[n:]) for n in range(len(above))), *above]


def spelt(row: Row) -> str:
    """How the name of `row` begins, by its slug, which is the standard romanisation."""
    return TOLD_APART.get(row.slug, row.slug)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.slug)
def test_every_name_is_read_alike_wherever_it_stands(row: Row) -> None:
    alone = pinyin.readings(row.division)
    assert "".join(alone).startswith(spelt(row))
    assert pinyin_keys(row.division).startswith(f" {spelt(row)}")
    for before in places_above(row):
        for after in ("", "红十字会", "人民医院", "长白"):
            text = before + row.division + after
            read = pinyin.readings(text)
            assert read[len(before) : len(before + row.division)] == alone, text
            assert read[: len(before)] == pinyin.readings(before), text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.slug)
def test_every_name_is_found_by_its_sound(row: Row) -> None:
    for before in places_above(row):
        text = f"{before}{row.name}"
        sound = "".join(pinyin.readings(before) + pinyin.readings(row.name))
        assert typed.beginning(sound) in typed.keys(text), text
        assert slips.sound_key(sound) in slips.keys(fold(before + row.name)), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我在吉林省长春市献血", "wo zai ji lin sheng chang chun shi xian xie"),
        ("松原市长岭", "song yuan shi chang ling"),
        ("白山市长白", "bai shan shi chang bai"),
        ("吉林省长春", "ji lin sheng chang chun"),
        ("湖南省长沙市", "hu nan sheng chang sha shi"),
        ("吉林省长白山管委会", "ji lin sheng chang bai shan guan wei hui"),
        ("吉林省珲春市", "ji lin sheng hun chun shi"),
        ("我省长白县", "wo sheng chang bai xian"),
        ("全省长岭最多", "quan sheng chang ling zui duo"),
        ("副省长白天调研", "fu sheng zhang bai tian diao yan"),
        ("会长春节前走访", "hui zhang chun jie qian zou fang"),
        ("省长白天调研", "sheng zhang bai tian diao yan"),
        ("银行行长", "yin hang hang zhang"),
    ],
)
def test_running_text_is_read_word_by_word(text: str, expected: str) -> None:
    assert " ".join(pinyin.readings(text)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["jilinshengchangchun", "changchunshi", "jlsccs", "吉林省长"])
def test_a_title_is_proposed_by_the_sound_of_a_place_in_it(
    monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    title = Entry(reference="1", language="zh-hans", text="吉林省长春市献血车停靠点", url="/1/")
    propose(monkeypatch, title)
    answer = Client().get("/search/suggest/", {"q": query})
    assert [each["text"] for each in answer.json()] == [title.text]


def propose(monkeypatch: pytest.MonkeyPatch, entry: Entry) -> None:
    def entries(references: Any) -> list[Entry]:
        return [entry]

    monkeypatch.setattr(suggestions, "_registered", {"title": Source("title", entries)})
    suggestions.rebuild()
