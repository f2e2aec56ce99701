"""Branches from a CSV file: all rows or none, and each fault with its line number.

Columns: ``code, parent_code, level, division, name_zh, slug`` and, optionally, ``name_en``,
``name_ko`` and so on, a column for each language. Rows may stand in any order. Importing the
same file again changes nothing; what a row says anew is carried through to pages, groups and
collections.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import Branch, BranchPage
from branches.provisioning import provision

REQUIRED = ("code", "parent_code", "level", "division", "name_zh", "slug")
#: Column of a name → language code; Chinese is the name itself.
CHINESE_COLUMN = "name_zh"


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


@dataclass(frozen=True)
class Outcome:
    """How many branches were made, changed, and found as they were."""

    created: int
    changed: int
    unchanged: int


def import_branches(
    path: Path, progress: Callable[[Branch, int, int], None] = lambda *_args: None
) -> Outcome:
    """Import the CSV file at `path`. ImportFaults where anything in it is wrong.

    `progress` is told each branch as it is done, its number and how many there are.
    """
    rows = parents_first(read_rows(path))
    with transaction.atomic():
        outcomes = []
        for number, row in enumerate(rows, start=1):
            branch, outcome = import_row(row)
            outcomes.append(outcome)
            progress(branch, number, len(rows))
    return Outcome(*(outcomes.count(kind) for kind in ("created", "changed", "unchanged")))


def read_rows(path: Path) -> list[Row]:
    """The checked rows of the file. ImportFaults with every fault that can be told apart."""
    reader = csv.DictReader(io.StringIO(read_text(path)), strict=True)
    check_header(reader.fieldnames or ())
    try:
        rows = [make_row(reader.line_num, values) for values in reader]
    except csv.Error as error:
        raise ImportFaults([Fault(reader.line_num, str(error))]) from error
    if not rows:
        raise ImportFaults([Fault(2, _("文件里没有分会。"))])
    if faults := [*row_faults(rows), *duplicate_faults(rows), *parent_faults(rows)]:
        raise ImportFaults(faults)
    return rows


def read_text(path: Path) -> str:
    """The text of the file; a byte order mark (as Excel writes it) does no harm."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = _("不是 UTF-8 编码。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。")
        raise ImportFaults([Fault(line, message)]) from error


def check_header(columns: tuple[str, ...] | list[str]) -> None:
    if missing := [name for name in REQUIRED if name not in columns]:
        message = _("缺少列：%(columns)s") % {"columns": ", ".join(missing)}
        raise ImportFaults([Fault(1, message)])


def make_row(line: int, values: dict[str | None, str | list[str] | None]) -> Row:
    if None in values or None in values.values():
        raise ImportFaults([Fault(line, _("列数和表头不一样。"))])
    text = {str(key): str(value).strip() for key, value in values.items()}
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


def row_faults(rows: list[Row]) -> Iterator[Fault]:
    """What is wrong with a row by itself: a field missing, too long, of a wrong form."""
    for row in rows:
        branch = Branch(
            code=row.code, level=row.level, division=row.division, name=row.name, slug=row.slug
        )
        try:
            branch.clean_fields(exclude=["parent", "lineage", "pinyin"])
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                label = Branch._meta.get_field(field).verbose_name
                for message in messages:
                    yield Fault(row.line, f"{label}：{message}")


def duplicate_faults(rows: list[Row]) -> Iterator[Fault]:
    """Codes, addresses or provinces that occur twice in the file, or that another branch has."""
    for field, label in (("code", _("代码")), ("slug", _("网址名"))):
        first: dict[str, int] = {}
        for row in rows:
            value = getattr(row, field)
            if value in first:
                message = _("%(label)s“%(value)s”和第 %(line)s 行重复。")
                params = {"label": label, "value": value, "line": first[value]}
                yield Fault(row.line, message % params)
            first.setdefault(value, row.line)
    codes = {row.code for row in rows}
    taken = dict(Branch.objects.exclude(code__in=codes).values_list("slug", "name"))
    for row in rows:
        if row.slug in taken:
            message = _("网址名“%(slug)s”已经是%(name)s的。")
            yield Fault(row.line, message % {"slug": row.slug, "name": taken[row.slug]})


def parent_faults(rows: list[Row]) -> Iterator[Fault]:
    """Parents that nobody knows, that are too low, or that go round in a circle."""
    levels = dict(Branch.objects.values_list("code", "level")) | {r.code: r.level for r in rows}
    parents = {row.code: row.parent_code for row in rows}
    province = Branch.Level.PROVINCE
    for row in rows:
        if row.level == province:
            if row.parent_code:
                yield Fault(row.line, _("省级红十字会没有上级。"))
        elif row.parent_code not in levels:
            message = _("找不到上级“%(code)s”。")
            yield Fault(row.line, message % {"code": row.parent_code})
        elif levels[row.parent_code] == Branch.Level.COUNTY:
            yield Fault(row.line, _("上级应是省级或市级红十字会。"))
        elif goes_round(row.code, parents):
            yield Fault(row.line, _("上级不能是自己，也不能是自己的下级。"))
    provinces = {code for code, level in levels.items() if level == province}
    for row in rows:
        if row.level == province and len(provinces) > 1:
            yield Fault(row.line, _("只能有一个省级红十字会。"))


def goes_round(code: str, parents: dict[str, str]) -> bool:
    seen = set()
    while code in parents and code not in seen:
        seen.add(code)
        code = parents[code]
    return code in seen


def parents_first(rows: list[Row]) -> list[Row]:
    """The rows with each branch after the one above it; otherwise in the order of the file."""
    parents = {row.code: row.parent_code for row in rows}

    def depth(code: str) -> int:
        return 1 + depth(parents[code]) if code in parents else 0

    return sorted(rows, key=lambda row: depth(row.code))


def import_row(row: Row) -> tuple[Branch, str]:
    """Make or change the branch of `row`. Returns it, and created, changed or unchanged."""
    branch = Branch.objects.filter(code=row.code).first()
    outcome = "changed" if branch else "created"
    branch = branch or Branch(code=row.code)
    before = (branch.parent_id, *identity(branch))
    parent = Branch.objects.filter(code=row.parent_code).first()
    branch.parent, branch.level, branch.division = parent, row.level, row.division
    branch.name, branch.slug = row.name, row.slug
    branch.names = branch.names | row.names
    if before == (branch.parent_id, *identity(branch)) and is_provisioned(branch):
        return branch, "unchanged"
    branch.save()
    for page in BranchPage.objects.filter(branch=branch).select_related("locale"):
        provision(branch, page.locale)
    provision(branch)
    return branch, outcome


def identity(branch: Branch) -> tuple[object, ...]:
    return (branch.level, branch.division, branch.name, branch.slug, dict(branch.names))


def is_provisioned(branch: Branch) -> bool:
    return bool(branch.pk) and BranchPage.objects.filter(branch=branch).exists()
