"""Reads a CSV file of branches: rows with the lines on which they stand, or what is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from search.sanitizing import is_blank, one_line

REQUIRED = ("code", "parent_code", "level", "division", "name_zh", "slug")
CHINESE_COLUMN = "name_zh"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Record:
    """The cells of one row; `line` is the one on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Row:
    """One line of the file; `line` counts from 1, the header included."""

    line: int
    code: str
    parent_code: str
    level: str
    division: str
    name: str
    slug: str
    names: dict[str, str]


@dataclass(frozen=True)
class Fault:
    line: int
    message: str

    def __str__(self) -> str:
        return _("第 %(line)s 行：%(message)s") % {"line": self.line, "message": self.message}


class ImportFaults(Exception):
    """The file was not imported; `faults` says why, in the order of the lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_rows(path: Path) -> list[Row]:
    """The rows of the file. ImportFaults where it cannot be read as what it should be."""
    records = list(read_records(read_text(path)))
    header = records[0].cells if records else []
    check_header(header)
    ragged = [record for record in records[1:] if len(record.cells) != len(header)]
    if ragged:
        raise ImportFaults([Fault(r.line, _("列数和表头不一样。")) for r in ragged])
    rows = [make_row(r.line, dict(zip(header, r.cells, strict=True))) for r in records[1:]]
    if not rows:
        raise ImportFaults([Fault(2, _("文件里没有分会。"))])
    return rows


def read_records(text: str) -> Iterator[Record]:
    """The lines of the file that are not empty, the header first."""
    reader = csv.reader(io.StringIO(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if not all(is_blank(cell) for cell in cells):
                yield Record(line, [one_line(cell) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("读不懂这一行，请检查引号，或某一格是不是太长。")
        raise ImportFaults([Fault(line, message)]) from error


def read_text(path: Path) -> str:
    """The text of the file; a byte order mark (as Excel writes it) does no harm."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = _("不是 UTF-8 编码。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。")
        raise ImportFaults([Fault(line, message)]) from error
    if (found := UNPRINTABLE.search(text)) is not None:
        line = text[: found.start()].count("\n") + 1
        raise ImportFaults([Fault(line, _("有看不见的控制字符，请重新另存文件。"))])
    return text


def check_header(columns: list[str]) -> None:
    if missing := [name for name in REQUIRED if name not in columns]:
        message = _("缺少列：%(columns)s") % {"columns": ", ".join(missing)}
        raise ImportFaults([Fault(1, message)])
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        message = _("有重复的列：%(columns)s") % {"columns": ", ".join(twice)}
        raise ImportFaults([Fault(1, message)])


def make_row(line: int, text: dict[str, str]) -> Row:
    languages = {code for code, _name in settings.LANGUAGES}
    names = {code: text[f"name_{code}"] for code in languages if text.get(f"name_{code}")}
    return Row(
        line=line,
        code=text["code"],
        parent_code=text["parent_code"],
        level=text["level"],
        division=text["division"],
        name=text[CHINESE_COLUMN],
        slug=text["slug"],
        names=names,
    )
