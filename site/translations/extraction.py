"""Finds the texts that are marked for translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

MARKERS = {
    "_": "gettext",
    "gettext": "gettext",
    "gettext_lazy": "gettext",
    "gettext_noop": "gettext",
    "ngettext": "ngettext",
    "ngettext_lazy": "ngettext",
    "pgettext": "pgettext",
    "pgettext_lazy": "pgettext",
    "npgettext": "npgettext",
    "npgettext_lazy": "npgettext",
}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(((?:\s*,?\s*{LITERAL})+)", re.DOTALL)


@dataclass(frozen=True)
class Message:
    """A text to translate; two are the same whose context and text are."""

    text: str
    plural: str = field(default="", compare=False)
    context: str = ""


def messages_in(folder: Path) -> dict[Message, list[str]]:
    """Return the messages in the code and templates of ``folder``, each with its files."""
    found: dict[Message, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        if file.suffix in READERS:
            for message in READERS[file.suffix](file.read_text(encoding="utf-8")):
                places = found.setdefault(message, [])
                if (place := file.relative_to(folder).as_posix()) not in places:
                    places.append(place)
    return found


def messages_in_python(source: str) -> Iterator[Message]:
    """Yield the messages that Python code gives to a function of gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (marker := MARKERS.get(name_of(node.func))):
            texts = [text for argument in node.args if (text := text_of(argument)) is not None]
            if texts:
                yield make_message(marker, texts)


def name_of(function: ast.expr) -> str:
    """Return the last part of the name by which ``function`` is called."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def text_of(argument: ast.expr) -> str | None:
    """Return the text of a literal; None for anything else."""
    match argument:
        case ast.Constant(value=str(text)):
            return text
    return None


def messages_in_template(source: str) -> Iterator[Message]:
    """Yield the messages of a template, which Django turns into calls of gettext for us."""
    for marker, literals in IN_TEMPLATE.findall(templatize(source)):
        texts = [ast.literal_eval(literal) for literal in re.findall(LITERAL, literals, re.DOTALL)]
        yield make_message(MARKERS[marker], texts)


def make_message(marker: str, texts: list[str]) -> Message:
    """Return the message that ``marker`` makes of its arguments."""
    rest = list(texts)
    context = rest.pop(0) if "p" in marker else ""
    return Message(rest[0], rest[1] if marker.startswith("n") else "", context)


READERS = {
    ".py": messages_in_python,
    ".html": messages_in_template,
    ".txt": messages_in_template,
    ".xml": messages_in_template,
}
