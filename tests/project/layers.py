"""Reads which app refers to which, without importing any of them.

The apps form one line, ``sample → home → stories → branches → search``: each may refer only to
those to its right, by import, by a model or path given as a string, or by a template's name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APPS = ("sample", "home", "stories", "branches", "search")
DOTTED = re.compile(r"(sample|home|stories|branches|search)\.\w+(\.\w+)*")
IN_TEMPLATE = re.compile(
    r"""\{%\s*(?:extends|include|load)\b[^%]*?["'\s](sample|home|stories|branches|search)[/_]"""
)
FORBIDDEN_NAMES = {"core", "base", "common", "utils", "util", "helpers", "misc", "shared"}


@dataclass(frozen=True)
class Reference:
    """A place that refers to another app."""

    file: Path
    line: int
    app: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} refers to {self.app}: {self.text}"


def upward_references(root: Path) -> list[Reference]:
    """Return every reference from an app below ``root`` to one that stands above it."""
    return [
        reference
        for position, app in enumerate(APPS)
        for reference in references(root / app)
        if reference.app in APPS[:position]
    ]


def references(folder: Path) -> Iterator[Reference]:
    """Yield the references to apps in the Python files and templates of ``folder``."""
    for file in sorted(folder.rglob("*.py")):
        yield from references_in_python(file)
    for file in sorted(folder.rglob("*.html")):
        yield from references_in_template(file)


def references_in_python(file: Path) -> Iterator[Reference]:
    """Yield what ``file`` imports of the apps, and what its strings name of them."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for name in names_in(node):
            app = name.split(".", 1)[0]
            if app in APPS:
                yield Reference(file, getattr(node, "lineno", 0), app, name)


def names_in(node: ast.AST) -> list[str]:
    """Return the dotted names that one node of the syntax tree refers to."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case ast.Constant(value=str(text)) if DOTTED.fullmatch(text):
            return [text]
    return []


def references_in_template(file: Path) -> Iterator[Reference]:
    """Yield the templates and tag libraries of apps that ``file`` names."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        for match in IN_TEMPLATE.finditer(line):
            yield Reference(file, number, match[1], match[0])


def page_types(folder: Path) -> set[str]:
    """Return the names of the page classes that ``folder`` defines."""
    return {
        node.name
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Page")
    }


def upper_page_types_named(root: Path) -> list[str]:
    """Return the places below ``root`` that name a page type of an upper app, in any way."""
    return [
        f"{file}: {name}"
        for position, app in enumerate(APPS)
        for upper in APPS[:position]
        for name in sorted(page_types(root / upper))
        for file in sorted([*(root / app).rglob("*.py"), *(root / app).rglob("*.html")])
        if re.search(rf"\b({name}|{name.lower()})\b", file.read_text(encoding="utf-8"))
    ]


def dumping_grounds(root: Path) -> list[Path]:
    """Return the modules and folders of the apps that are named for no concept."""
    return [
        path
        for app in APPS
        for path in sorted((root / app).rglob("*"))
        if path.stem in FORBIDDEN_NAMES and (path.is_dir() or path.suffix == ".py")
    ]
