"""Every package that gets installed is pinned exactly, and nothing is pinned for nobody."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.layers import APPS, names_in

ROOT = Path(__file__).resolve().parents[2]
NEEDED_BY_OTHERS = "# What those need."


def read(name: str) -> tuple[list[Requirement], list[Requirement]]:
    """Return the direct and the indirect requirements of the file ``name``."""
    direct, _, indirect = (ROOT / name).read_text(encoding="utf-8").partition(NEEDED_BY_OTHERS)
    return parse(direct), parse(indirect.partition("\n")[2])


def parse(text: str) -> list[Requirement]:
    return [Requirement(line) for line in text.splitlines() if line and line[0] not in "#-"]


def names(requirements: Iterable[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def closure(roots: Iterable[Requirement]) -> set[str]:
    """Return the names of everything that the installed ``roots`` need, themselves included."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = list(roots)
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in found:
            continue
        found.add(key)
        needs = map(Requirement, distribution(requirement.name).requires or [])
        waiting += [need for need in needs if applies(need, requirement.extras)]
    return {name for name, _ in found}


def test_everything_is_pinned_exactly() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        for requirement in (pin for part in read(file) for pin in part):
            assert [spec.operator for spec in requirement.specifier] == ["=="], str(requirement)


def test_the_installed_versions_are_the_pinned_ones() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        for requirement in (pin for part in read(file) for pin in part if applies(pin, ())):
            assert distribution(requirement.name).version in requirement.specifier, requirement


def test_runtime_pins_are_complete_and_needed() -> None:
    direct, indirect = read("requirements.txt")
    assert names(pin for pin in [*direct, *indirect] if applies(pin, ())) == closure(direct)


def test_tool_pins_are_complete_and_needed() -> None:
    runtime = {name for part in read("requirements.txt") for name in names(part)}
    direct, indirect = read("requirements-dev.txt")
    assert names([*direct, *indirect]) == closure(direct) - runtime


def imported(folder: str) -> set[str]:
    """Return the top-level names that the Python files of ``folder`` import."""
    return {
        name.partition(".")[0]
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in names_in(node)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }


@pytest.mark.parametrize(
    ("folder", "files"),
    [(app, ["requirements.txt"]) for app in (*APPS, "site")]
    + [
        (folder, ["requirements.txt", "requirements-dev.txt"]) for folder in ("tests", "benchmarks")
    ],
)
def test_what_is_imported_is_pinned(folder: str, files: list[str]) -> None:
    pinned = {name for file in files for part in read(file) for name in names(part)}
    providers = packages_distributions()
    unpinned = {
        name
        for name in imported(folder)
        if name in providers and not {canonicalize_name(dist) for dist in providers[name]} & pinned
    }
    assert unpinned == set()
