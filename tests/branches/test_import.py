"""Branches from a file: all or none, every fault with its line, and changes carried through."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from branches import importing
from branches.import_checks import faults_of
from branches.import_file import ImportFaults, read_rows
from branches.importing import Outcome, import_branches
from branches.models import Branch, BranchPage
from tests.branches.scene import make_locale

pytestmark = pytest.mark.django_db

HEADER = "code,parent_code,level,division,name_zh,slug,name_ko"
PROVINCE = "220000,,province,吉林省,吉林省红十字会,jilin,길림성 적십자회"
CITY = "220100,220000,city,长春市,长春市红十字会,changchun,"
OTHER_CITY = "222400,220000,city,延边州,延边州红十字会,yanbian,"
COUNTY = "220122,220100,county,农安县,农安县红十字会,nongan,"
GOOD = (PROVINCE, CITY, OTHER_CITY, COUNTY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "branches.csv"


def write(file: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    file.write_bytes("\n".join((header, *rows, "")).encode(encoding))
    return file


def faults_in(file: Path) -> list[tuple[int, str]]:
    """Line and message of each fault; and nothing has been made or changed."""
    before = everything()
    with pytest.raises(ImportFaults) as raised:
        import_branches(file)
    assert everything() == before
    return [(fault.line, fault.message) for fault in raised.value.faults]


def everything() -> list[list[object]]:
    models: tuple[Any, ...] = (
        Branch,
        Page,
        BranchPage,
        Site,
        Group,
        Collection,
        GroupPagePermission,
        GroupCollectionPermission,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_file_makes_branches_in_any_order(file: Path) -> None:
    assert import_branches(write(file, *reversed(GOOD))) == Outcome(4, 0, 0)
    county = Branch.objects.get(code="220122")
    assert county.lineage == "/220000/220100/220122/"
    assert BranchPage.objects.get(branch=county).url == "/changchun/nongan/"
    assert Branch.objects.get(level="province").names == {"ko": "길림성 적십자회"}


def test_the_same_file_again_changes_nothing(file: Path) -> None:
    write(file, *GOOD)
    import_branches(file)
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        assert import_branches(file) == Outcome(0, 0, 4)
    assert everything() == before
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_the_real_branches_of_the_province_are_seventy_one() -> None:
    rows = read_rows(Path(importing.__file__).parent / "data" / "jilin_branches.csv")
    assert len(rows) == 71
    assert faults_of(rows) == []


def test_new_names_are_carried_through(file: Path) -> None:
    import_branches(write(file, *GOOD))
    new = COUNTY.replace("农安县红十字会", "农安县红十字协会").replace("农安县,", "农安,")
    assert import_branches(write(file, new)) == Outcome(0, 1, 0)
    county = Branch.objects.get(code="220122")
    assert BranchPage.objects.get(branch=county).title == "农安县红十字协会"
    assert county.collection.name == "农安县红十字协会"
    assert county.editors.name == "农安 220122 编辑"
    assert county.pinyin == " nongan na"


def test_a_new_name_in_another_language_reaches_its_tree(file: Path) -> None:
    from branches.provisioning import provision

    import_branches(write(file, *GOOD))
    locale = make_locale("ko")
    provision(Branch.objects.get(code="220122"), locale)
    import_branches(write(file, COUNTY + "농안현 적십자회"))
    page = BranchPage.objects.get(branch__code="220122", locale=locale)
    assert page.title == "농안현 적십자회"


def test_a_mark_that_excel_writes_does_no_harm(file: Path) -> None:
    assert import_branches(write(file, *GOOD, encoding="utf-8-sig")).created == 4


def test_empty_lines_windows_ends_and_blanks_do_no_harm(file: Path) -> None:
    rows = (PROVINCE, "", ",,,,,,", CITY.replace(",", " , "))
    file.write_bytes("\r\n".join((HEADER, *rows)).encode())
    assert import_branches(file).created == 2


def test_columns_that_nobody_asked_for_do_no_harm(file: Path) -> None:
    header, rows = f"{HEADER},备注,", [f"{row},无," for row in GOOD]
    assert import_branches(write(file, *rows, header=header)).created == 4


#: What is wrong, the rows after the good ones (which end on line 5), and where it is said.
BAD_ROWS = [
    ("unknown parent", ["220199,999999,county,某县,某会,mou,"], [(6, "找不到上级“999999”")]),
    ("no parent", ["220199,,county,某县,某会,mou,"], [(6, "找不到上级“”")]),
    ("parent too low", ["220199,220122,county,某县,某会,mou,"], [(6, "上级应是省级或市级")]),
    ("own parent", ["220199,220199,city,某市,某会,mou,"], [(6, "上级不能是自己")]),
    (
        "circle",
        ["220197,220199,city,甲市,甲会,jia,", "220199,220197,city,乙市,乙会,yi,"],
        [(6, "上级不能是自己"), (7, "上级不能是自己")],
    ),
    ("code twice", ["220122,220100,county,某县,某会,mou,"], [(6, "代码“220122”和第 5 行重复")]),
    ("slug twice", ["220199,220100,county,某县,某会,nongan,"], [(6, "“nongan”和第 5 行重复")]),
    ("unknown level", ["220199,220100,town,某镇,某会,mou,"], [(6, "级别")]),
    (
        "second province",
        ["210000,,province,某省,某会,mou,"],
        [(2, "只能有一个"), (6, "只能有一个")],
    ),
    (
        "province with parent",
        ["220199,220000,province,某省,某会,mou,"],
        [(2, "只能有一个"), (6, "没有上级"), (6, "只能有一个")],
    ),
    ("reserved slug", ["220199,220100,county,某县,某会,admin,"], [(6, "网站自用")]),
    ("slug of a section", ["220199,220100,county,某县,某会,stories,"], [(6, "网站自用")]),
    ("slug of a language", ["220199,220100,county,某县,某会,ko,"], [(6, "网站自用")]),
    ("slug in capitals", ["220199,220100,county,某县,某会,Mou,"], [(6, "网址名")]),
    ("slug in Chinese", ["220199,220100,county,某县,某会,某县,"], [(6, "网址名")]),
    ("slug that climbs", ["220199,220100,county,某县,某会,../admin,"], [(6, "网址名")]),
    ("no slug", ["220199,220100,county,某县,某会,,"], [(6, "网址名")]),
    ("no name", ["220199,220100,county,某县,,mou,"], [(6, "名称")]),
    ("no code", [",220100,county,某县,某会,mou,"], [(6, "代码")]),
    ("code with a slash", ["22/199,220100,county,某县,某会,mou,"], [(6, "代码")]),
    ("long name", [f"220199,220100,county,某县,{'会' * 101},mou,"], [(6, "名称")]),
    ("long name in Korean", [f"220199,220100,county,某县,某会,mou,{'회' * 101}"], [(6, "name_ko")]),
    ("long division", [f"220199,220100,county,{'县' * 51},某会,mou,"], [(6, "行政区划")]),
    ("huge cell", [f"220199,220100,county,某县,{'会' * 140_000},mou,"], [(6, "读不懂")]),
    ("too few cells", ["220199,220100,county"], [(6, "列数和表头不一样")]),
    ("too many cells", [f"{COUNTY},,"], [(6, "列数和表头不一样")]),
    (
        "ragged twice",
        ["220199,220100", "220198,220100,county,某县,某会,mou,", "220197"],
        [(6, "列数"), (8, "列数")],
    ),
    ("open quote", ['220199,220100,county,"某县,某会,mou,'], [(6, "读不懂")]),
    ("text after a quote", ['220199,220100,county,"某"县,某会,mou,'], [(6, "读不懂")]),
    ("a null byte", ["220199,220100,county,某\0县,某会,mou,"], [(6, "控制字符")]),
    ("a bell", ["220199,220100,county,某县,某\a会,mou,"], [(6, "控制字符")]),
    (
        "two faults in a row, and a line in two",
        ['220199,220100,county,"某\n县",某会,mou,', "x/y,9,county,某县,某会,mou2,"],
        [(8, "代码"), (8, "找不到上级“9”")],
    ),
]


@pytest.mark.parametrize(
    ("rows", "expected"), [pytest.param(rows, faults, id=name) for name, rows, faults in BAD_ROWS]
)
def test_a_bad_row_is_named_by_its_line(
    file: Path, rows: list[str], expected: list[tuple[int, str]]
) -> None:
    found = faults_in(write(file, *GOOD, *rows))
    assert [line for line, _message in found] == [line for line, _part in expected]
    for (_line, message), (_expected_line, part) in zip(found, expected, strict=True):
        assert part in message


BAD_FILES = [
    ("empty", b"", (1, "缺少列")),
    ("nothing but blanks", b"\n \n", (1, "缺少列")),
    ("header only", f"{HEADER}\n".encode(), (2, "没有分会")),
    ("GBK", "\n".join((HEADER, PROVINCE.split(",길")[0] + ",")).encode("gbk"), (2, "UTF-8")),
    ("UTF-16", "\n".join((HEADER, PROVINCE)).encode("utf-16"), (1, "UTF-8")),
    ("no slug column", b"code,parent_code,level,division,name_zh\n1,,province,a,b", (1, "slug")),
    ("semicolons", HEADER.replace(",", ";").encode(), (1, "缺少列")),
    ("a column twice", f"{HEADER},slug\n{PROVINCE},x".encode(), (1, "重复的列：slug")),
    ("huge header", b"x" * 140_000, (1, "读不懂")),
    ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0", (1, "UTF-8")),
]


@pytest.mark.parametrize(
    ("data", "expected"), [pytest.param(data, fault, id=name) for name, data, fault in BAD_FILES]
)
def test_a_bad_file_is_refused_with_the_line(
    file: Path, data: bytes, expected: tuple[int, str]
) -> None:
    file.write_bytes(data)
    ((line, message),) = faults_in(file)
    assert line == expected[0]
    assert expected[1] in message


class TestWhatIsKnown(TestCase):
    """Faults against branches that are there already."""

    @classmethod
    def setUpTestData(cls) -> None:
        with TemporaryDirectory() as folder:
            import_branches(write(Path(folder, "known.csv"), *GOOD))

    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name, "branches.csv")

    def test_a_row_that_does_not_fit_is_named(self) -> None:
        for row, part in (
            ("220199,220100,county,某县,某会,nongan,", "“nongan”已经是农安县红十字会的"),
            ("210000,,province,某省,某会,mou,", "只能有一个"),
            ("220100,220000,county,长春市,长春市红十字会,changchun,", "下面还有分会"),
            ("220000,222400,city,吉林省,吉林省红十字会,jilin,", "级别不能改"),
            ("220100,220100,city,长春市,长春市红十字会,changchun,", "上级不能是自己"),
        ):
            found = faults_in(write(self.file, row))
            assert {line for line, _message in found} == {2}
            assert part in found[0][1]

    def test_a_circle_through_what_is_known_is_named(self) -> None:
        import_branches(write(self.file, OTHER_CITY.replace("220000", "220100")))
        ((line, message),) = faults_in(write(self.file, CITY.replace("220000", "222400")))
        assert line == 2
        assert "上级不能是自己" in message

    def test_two_that_swap_their_addresses_are_asked_to_do_so_one_by_one(self) -> None:
        rows = (
            CITY.replace("changchun", "yanbian"),
            OTHER_CITY.replace("yanbian", "changchun"),
        )
        assert [line for line, _message in faults_in(write(self.file, *rows))] == [2, 3]

    def test_a_failure_in_the_middle_leaves_nothing(self) -> None:
        rows = [f"2299{n:02},220100,county,新县{n},新会{n},new{n}," for n in range(4)]
        changed = COUNTY.replace("220100", "222400").replace("nongan", "nongan2")
        before = everything()
        write(self.file, changed, *rows)
        broken = mock.patch("branches.provisioning.grant_collection", fails_at(7))
        with broken, pytest.raises(ZeroDivisionError):
            import_branches(self.file)
        assert everything() == before
        assert import_branches(self.file) == Outcome(4, 1, 0)


def fails_at(count: int) -> mock.Mock:
    from branches.provisioning import grant_collection

    def results() -> Iterator[object]:
        for _number in range(count):
            yield mock.DEFAULT
        raise ZeroDivisionError

    return mock.Mock(wraps=grant_collection, side_effect=results())


class TestCommand:
    def test_it_says_what_it_did(self, file: Path) -> None:
        out = StringIO()
        call_command("import_branches", write(file, *GOOD), stdout=out)
        assert "[4/4] 农安县红十字会" in out.getvalue()
        assert "新建 4 个，更新 0 个，没有变化 0 个" in out.getvalue()

    def test_it_says_what_is_wrong_line_by_line(self, file: Path) -> None:
        write(file, *GOOD, "220199,9,county,某县,某会,mou,", "220198,8,county,某县,某会,mo,")
        with pytest.raises(CommandError) as raised:
            call_command("import_branches", file)
        assert "2 处问题" in str(raised.value)
        assert "第 6 行" in str(raised.value)
        assert "第 7 行" in str(raised.value)

    def test_it_says_that_a_file_cannot_be_opened(self, tmp_path: Path) -> None:
        for path in (tmp_path / "missing.csv", tmp_path):
            with pytest.raises(CommandError, match="打不开文件"):
                call_command("import_branches", path)
