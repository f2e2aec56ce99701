"""From HTML to words and back into the editor: gaps where a reader sees them, nothing lost."""

from __future__ import annotations

import json

import pytest

from stories.html_text import lines_of_html, text_of_html
from stories.models import StoryPage
from stories.rich_text import RichTextArea, rows_as_lines
from stories.sharing import qr_svg

TEXTS = {
    "<p>甲</p><p>乙</p>": "甲 乙",
    "<ul><li>甲<ul><li>乙</li><li>丙</li></ul></li><li>丁</li></ul>": "甲 乙 丙 丁",
    "<ol><li>甲<ul><li>乙</li></ul>戊</li></ol>己": "甲 乙 戊 己",
    "甲<br>乙<br/>丙<hr>丁": "甲 乙 丙 丁",
    "<table><tr><th>甲</th><td>乙</td></tr><tr><td>丙</td></tr></table>": "甲 乙 丙",
    "<div>甲</div>乙<blockquote>丙</blockquote>": "甲 乙 丙",
    "一<b>个</b>词<a href='#'>语</a>": "一个词语",
    "<P class='x'>A &amp;\n B</P >&lt;b&gt;&#8203;": "A & B <b>",
    "<pre>甲</pre><picture>乙</picture>": "甲 乙",
}


@pytest.mark.parametrize("html", TEXTS)
def test_words_of_different_blocks_stand_apart(html: str) -> None:
    assert text_of_html(html) == TEXTS[html]


@pytest.mark.django_db
def test_a_search_index_gets_them_apart() -> None:
    page = StoryPage(body=[("text", next(html for html in TEXTS if "丁</li>" in html))])
    (words,) = page._meta.get_field("body").get_searchable_content(page.body)
    assert words == "甲 乙 丙 丁"


TABLE = """<p>前</p><table><caption>表</caption><tr><th>姓名</th><th>电话</th></tr>
<tr><td><p>张</p><p>三</p></td><td>1 &lt; 2</td></tr><tr><td></td><td></td></tr></table><p>后</p>"""


def test_a_table_in_a_text_opens_as_lines() -> None:
    lines = ["前", "表", "姓名 ｜ 电话", "张 三 ｜ 1 < 2", "后"]
    assert lines_of_html(rows_as_lines(TABLE)) == lines
    state = json.loads(RichTextArea(features=["bold"]).format_value(TABLE))
    assert [block["text"] for block in state["blocks"]] == lines


def test_a_table_within_a_table_loses_nothing() -> None:
    inner = "<table><tr><td>乙</td><td>丙</td></tr></table>"
    html = f"<table><tr><td>甲{inner}</td><td>丁</td></tr></table>"
    assert lines_of_html(rows_as_lines(html)) == ["甲 乙 ｜ 丙 ｜ 丁"]


def test_an_address_too_long_for_a_code_has_none() -> None:
    assert "<svg" in qr_svg("https://example.org/红十字/")
    assert qr_svg("https://example.org/" + "x" * 5000) == ""
