"""Who types the name of a branch, in whatever way, is taken to mean that branch."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import opencc
import pytest
from pypinyin import lazy_pinyin

from branches.import_file import Row, read_rows
from branches.naming import branches_named
from branches.pinyin import pinyin_keys
from branches.rows import BranchRow

FILE = Path(__file__).resolve().parents[2] / "branches" / "data" / "jilin_branches.csv"
ROWS = read_rows(FILE)
SLUGS = [row.slug for row in ROWS]


@cache
def real_branches() -> list[BranchRow]:
    """All branches of the province, as they are in the database."""
    lineages: dict[str, str] = {}
    for row in ROWS:
        lineages[row.code] = f"{lineages.get(row.parent_code, '/')}{row.code}/"
    return [
        BranchRow(
            pk=number,
            code=row.code,
            parent_id=None,
            slug=row.slug,
            name=row.name,
            names=row.names,
            division=row.division,
            lineage=lineages[row.code],
            pinyin=pinyin_keys(row.division),
            status="open",
        )
        for number, row in enumerate(ROWS)
    ]


def named(text: str) -> list[str]:
    return [branch.slug for branch in branches_named(text, real_branches())]


def row_of(slug: str) -> Row:
    return next(row for row in ROWS if row.slug == slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_branch_by_what_it_is_called(slug: str) -> None:
    row = row_of(slug)
    assert named(row.name) == [slug]
    assert named(row.division) == [slug]
    assert named(f"{row.division}红会") == [slug]
    assert named(f"{row.division} 红十字会") == [slug]
    assert named(slug) == [slug]
    for name in row.names.values():
        assert named(name) == [slug]
        assert named(name.upper()) == [slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_branch_in_traditional_characters_and_in_pinyin(slug: str) -> None:
    row = row_of(slug)
    traditional = opencc.OpenCC("s2t").convert(row.name)
    assert named(traditional) == [slug]
    assert named("".join(lazy_pinyin(row.division, v_to_u=False))) == [slug]
    assert named(" ".join(lazy_pinyin(row.division, v_to_u=False))) == [slug]


@pytest.mark.parametrize("row", [row for row in ROWS if row.parent_code], ids=lambda row: row.slug)
def test_every_branch_after_the_names_of_those_above_it(row: Row) -> None:
    above = next(each for each in ROWS if each.code == row.parent_code)
    assert named(f"吉林省{row.name}") == [row.slug]
    assert named(f"{above.division}{row.division}红十字会") == [row.slug]
    if above.parent_code:
        assert named(f"吉林省{above.division}{row.division}") == [row.slug]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("省红十字会", ["jilin"]),
        ("길림성 적십자", ["jilin"]),
        ("农安", ["nongan"]),
        ("长春农安", ["nongan"]),
        ("nongan honghui", ["nongan"]),
        ("Nong'an", ["nongan"]),
        ("Nong’an County", ["nongan"]),
        ("长白", ["changbai"]),
        ("长白县红十字会", ["changbai"]),
        ("changbai", ["changbai"]),
        ("前郭", ["qianguo"]),
        ("前郭县红十字会", ["qianguo"]),
        ("延边州", ["yanbian"]),
        ("伊通县红会", ["yitong"]),
        ("公主红会", ["gongzhuling"]),
        ("长白山", ["changbaishan"]),
        ("长白山红十字会", ["changbaishan"]),
        ("长白山管委会", ["changbaishan"]),
        ("长白山保护开发区", ["changbaishan"]),
        ("社管办", ["changbaishan"]),
        ("Changbai Mountain", ["changbaishan"]),
        ("Yanbian Red Cross", ["yanbian"]),
        ("연길", ["yanji"]),
        ("연변 적십자", ["yanbian"]),
        ("훈춘 적십자회", ["hunchun"]),
        ("장백현", ["changbai"]),
        ("길림성 연길시", ["yanji"]),
    ],
)
def test_shorter_names(text: str, slugs: list[str]) -> None:
    assert named(text) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("通化市", ["tonghua"]),
        ("通化县", ["tonghua-xian"]),
        ("通化市红会", ["tonghua"]),
        ("通化县红十字会", ["tonghua-xian"]),
        ("tonghua", ["tonghua"]),
        ("通化", ["tonghua", "tonghua-xian"]),
        ("吉林", ["jilin", "jilin-shi"]),
        ("吉林市红十字会", ["jilin-shi"]),
        ("Jilin City", ["jilin-shi"]),
        ("二道区", ["erdao"]),
        ("二道江区", ["erdaojiang"]),
    ],
)
def test_names_that_are_alike_stay_apart(text: str, slugs: list[str]) -> None:
    assert named(text) == slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("农按县红十字会", "nongan"),
        ("延级 红十字会", "yanji"),
        ("珲纯市", "hunchun"),
        ("吉林省敦画市", "dunhua"),
    ],
)
def test_names_with_characters_that_sound_alike(text: str, slug: str) -> None:
    assert named(text) == [slug]


@pytest.mark.parametrize(
    "text",
    [
        *("献血", "急救", "红十字", "红十字会", "红会", "红十字会法", "中国红十字会", "志愿者"),
        *("白山黑水", "长春花", "龙井茶", "公主", "富裕", "童话", "答案", "眼疾", "东风", "鲸鱼"),
        *("省", "县", "市", "管委会", "西安市", "前郭市", "长白山天池", "长春市献血", "吉林大学"),
        *("적십자", "적십자회", "헌혈", "Red Cross", "CPR", "city", "", " ", "省" * 10_000, "'"),
    ],
)
def test_what_is_no_name_of_a_branch(text: str) -> None:
    assert named(text) == []
