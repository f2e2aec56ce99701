"""The light markup in which the sample texts are written, turned into the blocks of a body.

Blank lines part the blocks. ``## `` begins a heading, ``> `` a quote (its last line may name
the speaker after a dash), ``- `` a list, ``!!! `` the title of a call-out whose text is the
rest of its block, ``|`` a table, and ``[picture file | alt | caption]`` is a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

#: A block of a StreamField: its name and its raw value.
Block = tuple[str, Any]
#: Gives the picture of a file of ``images``, with its alternative text.
Illustrate = Callable[[str, str], Any]

PICTURE = re.compile(r"^\[picture ([a-z0-9-]+) \| (.*?)(?: \| (.*?))?\]$")


def parse(text: str, illustrate: Illustrate) -> list[Block]:
    """The blocks of `text`. `illustrate` gives the picture of each ``[picture …]``."""
    chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n", text.strip())]
    blocks: list[Block] = []
    for chunk in chunks:
        name, value = parse_chunk(chunk, illustrate)
        if name == "text" and blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", blocks[-1][1] + value)
        else:
            blocks.append((name, value))
    return blocks


def parse_chunk(chunk: str, illustrate: Illustrate) -> Block:
    if match := PICTURE.match(chunk):
        name, alt, caption = match.groups()
        return "picture", {"image": illustrate(name, alt), "caption": caption or ""}
    if chunk.startswith("## "):
        return "heading", chunk[3:].strip()
    if chunk.startswith("> "):
        return "quote", parse_quote(chunk)
    if chunk.startswith("!!! "):
        title, _, text = chunk[4:].partition("\n")
        return "callout", {"title": title.strip(), "text": paragraphs(text)}
    if chunk.startswith("|"):
        return "table", parse_table(chunk)
    if chunk.startswith("- "):
        items = [line.lstrip("- ").strip() for line in chunk.splitlines()]
        return "text", f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
    return "text", paragraphs(chunk)


def paragraphs(text: str) -> str:
    """Each line of `text` as a paragraph."""
    lines = [line.strip() for line in text.splitlines()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def parse_quote(chunk: str) -> dict[str, str]:
    lines = [line.removeprefix(">").strip() for line in chunk.splitlines()]
    speaker = lines.pop().lstrip("—- ").strip() if lines[-1].startswith("—") else ""
    return {"quote": "\n".join(lines), "speaker": speaker}


def parse_table(chunk: str) -> dict[str, Any]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in chunk.splitlines()
    ]
    data = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    return {
        "data": data,
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "",
    }
