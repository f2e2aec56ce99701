"""Branches from a CSV file: all rows or none, and each fault with its line number.

Columns: ``code, parent_code, level, division, name_zh, slug`` and, optionally, ``name_en``,
``name_ko`` and so on, a column for each language. Rows may stand in any order. Importing the
same file again changes nothing; what a row says anew is carried through to pages, groups and
collections.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from branches.import_checks import faults_of
from branches.import_file import ImportFaults, Row, read_rows
from branches.models import Branch, BranchPage
from branches.provisioning import provision


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
    rows = read_rows(path)
    if faults := faults_of(rows):
        raise ImportFaults(faults)
    rows = parents_first(rows)
    with transaction.atomic():
        outcomes = []
        for number, row in enumerate(rows, start=1):
            branch, outcome = import_row(row)
            outcomes.append(outcome)
            progress(branch, number, len(rows))
    return Outcome(*(outcomes.count(kind) for kind in ("created", "changed", "unchanged")))


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
