"""What can be wrong with rows of branches, by themselves, together, and with those known."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.import_file import Fault, Row
from branches.models import Branch


def faults_of(rows: list[Row]) -> list[Fault]:
    """Every fault that can be told apart."""
    return [*row_faults(rows), *duplicate_faults(rows), *level_faults(rows), *parent_faults(rows)]


def row_faults(rows: list[Row]) -> Iterator[Fault]:
    """What is wrong with a row by itself: a field missing, too long, of a wrong form, or an address
    that once led to another branch."""
    for row in rows:
        branch = Branch(
            code=row.code, level=row.level, division=row.division, name=row.name, slug=row.slug
        )
        try:
            branch.clean_fields(exclude=["parent", "lineage", "pinyin"])
            branch.clean_slug()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                label = getattr(Branch._meta.get_field(field), "verbose_name", field)
                for message in messages:
                    yield Fault(row.line, f"{label}：{message}")
        longest = Branch._meta.get_field("name").max_length or 0
        for language, name in row.names.items():
            if len(name) > longest:
                message = _("%(column)s 太长，最多 %(count)s 个字。")
                yield Fault(row.line, message % {"column": f"name_{language}", "count": longest})


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
    known = Branch.objects.values_list("slug", "code", "name")
    taken = {slug: (code, name) for slug, code, name in known}
    for row in rows:
        code, name = taken.get(row.slug, (row.code, ""))
        if code != row.code:
            message = _("网址名“%(slug)s”已经是%(name)s的。")
            yield Fault(row.line, message % {"slug": row.slug, "name": name})


def level_faults(rows: list[Row]) -> Iterator[Fault]:
    """Levels that do not fit what is known: the province's, and those of who has others below."""
    province = Branch.objects.filter(level=Branch.Level.PROVINCE).first()
    in_file = {row.code for row in rows}
    with_others_below = {parent for code, parent in known_parents().items() if code not in in_file}
    for row in rows:
        if province and row.code == province.code and row.level != province.level:
            yield Fault(row.line, _("省级红十字会的级别不能改。"))
        elif row.level == Branch.Level.COUNTY and row.code in with_others_below:
            yield Fault(row.line, _("它下面还有分会，不能改成县级。"))


def parent_faults(rows: list[Row]) -> Iterator[Fault]:
    """Parents that nobody knows, that are too low, or that go round in a circle."""
    levels = dict(Branch.objects.values_list("code", "level")) | {r.code: r.level for r in rows}
    given = {row.code: row.parent_code for row in rows if row.code and row.parent_code}
    parents = known_parents() | given
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


def known_parents() -> dict[str, str]:
    above = Branch.objects.exclude(parent=None)
    return dict(above.values_list("code", "parent__code"))


def goes_round(code: str, parents: dict[str, str]) -> bool:
    seen = set()
    while code in parents and code not in seen:
        seen.add(code)
        code = parents[code]
    return code in seen
