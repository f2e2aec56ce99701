#!/usr/bin/env bash
# draftjs_exporter 7.3.1 (the exporter behind Wagtail's rich text editor): a list that goes on after
# an inner list of the other kind is ended and begun anew.
#
# When it returns to a smaller depth it compares the new item's wrapper with the innermost open one,
# and not with the one open at that depth. So of 1., inside it a bullet, then 2. come two ordered
# lists, and readers see 1. twice. With inner lists of the same kind one list stays one.
#
# Seen: <ol><li>one<ul><li>inner</li></ul></li></ol><ol><li>two</li></ol>
# Expected: <ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol>
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check draftjs_exporter==7.3.1
"$folder/venv/bin/python" - <<'PYTHON'
from draftjs_exporter.constants import BLOCK_TYPES
from draftjs_exporter.dom import DOM
from draftjs_exporter.html import HTML


def block(text: str, kind: str, depth: int) -> dict:
    return {"key": text, "text": text, "type": f"{kind}-list-item", "depth": depth,
            "inlineStyleRanges": [], "entityRanges": []}


exporter = HTML({
    "block_map": {
        BLOCK_TYPES.ORDERED_LIST_ITEM: {"element": "li", "wrapper": "ol"},
        BLOCK_TYPES.UNORDERED_LIST_ITEM: {"element": "li", "wrapper": "ul"},
    },
    "engine": DOM.STRING,
})


def export(inner: str) -> str:
    blocks = [block("one", "ordered", 0), block("inner", inner, 1), block("two", "ordered", 0)]
    return exporter.render({"entityMap": {}, "blocks": blocks})


same, other = export("ordered"), export("unordered")
print(same)
print(other)
assert same == "<ol><li>one<ol><li>inner</li></ol></li><li>two</li></ol>"
assert other == "<ol><li>one<ul><li>inner</li></ul></li></ol><ol><li>two</li></ol>"
PYTHON
