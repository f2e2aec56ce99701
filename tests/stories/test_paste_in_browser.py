"""A table that is pasted into the editor, as Word, WPS and Excel put it on the clipboard."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from branches.models import User
from stories.models import StoryPage
from tests.factories import make_line, make_piece, make_user

if TYPE_CHECKING:
    from playwright.sync_api import Page, SetCookieParam
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- td {} --></style></head><body><!--StartFragment-->
<p class=MsoNormal>物资<b>清单</b>：<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>名称<o:p></o:p></p></td>
<td><p class=MsoNormal>数量</p></td></tr><tr><td><p class=MsoNormal><b>棉被</b></p>
<p class=MsoNormal>（双人）</p></td><td><p class=MsoNormal>12 床</p></td></tr></table>
<p class=MsoNormal>以上。</p><!--EndFragment--></body></html>"""
WPS = """<html><body><!--StartFragment--><div>
<table class="MsoNormalTable"><caption>值班表</caption>
<tbody><tr><td><p class="MsoNormal"><span style="font-family:宋体">周一</span></p></td>
<td><p class="MsoNormal"><span>张三</span><br>李四</p></td></tr></tbody></table></div>
<!--EndFragment--></body></html>"""
EXCEL = """<html><head><style>.xl65 {mso-number-format:"0"}</style></head><body>
<table border=0 cellpadding=0><!--StartFragment--><col width=72><tr height=19><td class=xl65>县</td>
<td align=right>人数</td></tr><tr><td>农安</td><td align=right>1200</td></tr>
<tr><td></td><td></td></tr>
<!--EndFragment--></table></body></html>"""
EXPECTED = {
    "Word": (WORD, ["物资清单：", "名称 ｜ 数量", "棉被 （双人） ｜ 12 床", "以上。"]),
    "WPS": (WPS, ["值班表", "周一 ｜ 张三 李四"]),
    "Excel": (EXCEL, ["县 ｜ 人数", "农安 ｜ 1200"]),
}
PASTE = """([editor, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "whatever");
  const about = {clipboardData, bubbles: true, cancelable: true};
  editor.dispatchEvent(new ClipboardEvent("paste", about));
}"""
SAVED = "(end) => document.querySelector(`[name='body-0-value']`).value.includes(end)"


def test_a_pasted_table_becomes_lines(live_server: LiveServer, page: Page) -> None:
    editor = make_user((line := make_line()).county)
    page.context.add_cookies([session_of(editor, live_server.url)])
    page.set_viewport_size({"width": 1280, "height": 900})
    for html, lines in EXPECTED.values():
        piece = make_piece(line.county, owner=editor, live=False, text="")
        page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=(piece.pk,)))
        box = page.locator("[data-contentpath='body'] .public-DraftEditor-content").first
        box.click()
        page.evaluate(PASTE, [box.element_handle(), html])
        page.wait_for_function("document.querySelector('.messages').textContent.includes('表格')")
        page.wait_for_function(SAVED, arg=lines[-1])
        content = json.loads(page.locator("[name='body-0-value']").input_value())
        texts = [block["text"].strip() for block in content["blocks"]]
        assert [text for text in texts if text] == lines
    page.goto("about:blank")


def session_of(user: User, address: str) -> SetCookieParam:
    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": address,
    }


NESTED = "<ul><li>甲<ol><li>甲一<ul><li>最里</li></ul></li><li>甲二</li></ol></li><li>乙</li></ul>"


def test_nested_lists_survive_editing(live_server: LiveServer, page: Page) -> None:
    editor = make_user((line := make_line()).county)
    piece = make_piece(line.county, owner=editor, live=False)
    piece.body = [("text", NESTED)]
    piece.save_revision(user=editor)
    page.context.add_cookies([session_of(editor, live_server.url)])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=(piece.pk,)))
    page.locator("[data-contentpath='body'] .public-DraftEditor-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("丙")
    page.wait_for_function(SAVED, arg="丙")
    with page.expect_navigation():
        page.get_by_role("button", name="保存草稿").click()
    saved = StoryPage.objects.get(pk=piece.pk).get_latest_revision_as_object().body[0].value.source
    page.goto("about:blank")
    assert re.sub(' data-block-key="[^"]*"', "", saved) == NESTED.replace("乙", "乙丙")
