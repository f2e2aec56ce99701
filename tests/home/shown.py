"""A small site with one page of each kind, for tests that look at pages in a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from stories.models import ExplainerPage, NewsPage, StoryPage
from tests.factories import Line, make_image, make_line, make_piece, publish
from tests.home.rich import block, make_rich_piece

LONG_NAME = "前郭尔罗斯蒙古族自治县"
VIDEO = "https://www.bilibili.com/video/BV1xx411c7mD"
TABLE = [["看什么", "会费"], ["谁交", "会员"]]


@dataclass(frozen=True)
class Shown:
    """Where that site is.

    :param story: the address of a story that has every block.
    :param paths: one address of each kind of page.
    """

    server: str
    story: str
    paths: dict[str, str]


def make_shown(server: str) -> Shown:
    line = make_line()
    line.county.division, line.county.name = LONG_NAME, f"{LONG_NAME}红十字会"
    line.county.phone, line.county.address = "0000-0000000", f"{LONG_NAME}人道路一号三楼"
    line.county.save()
    story = make_story(line)
    explainer = make_rich_piece(line.county, ExplainerPage, answer="能。入会自愿。")
    for number in range(13):
        make_piece(line.county, lead_image=make_image(line.county), title=f"第{number}次出车")
    make_piece(line.city, NewsPage, title="一条没有题图的新闻")
    here = "/changchun/nongan/"
    sections = ("stories", "news", "services", "about")
    paths = {
        "portal": "/",
        "city": "/changchun/",
        "county": here,
        **{name: f"{here}{name}/" for name in sections},
        "filtered list": f"{here}stories/?topic=first-aid&page=2",
        "empty list": f"{here}stories/?topic=organ",
        "story": story,
        "news item": NewsPage.objects.get().url,
        "explainer": explainer.url,
        "topic": "/topics/first-aid/",
        "branches": "/branches/",
        "found branches": "/branches/?q=nong",
        "search": "/search/?q=出车",
        "nothing found": "/search/?q=犀牛",
        "not found": f"{here}no-such-page/",
    }
    return Shown(server, story, paths)


def make_story(line: Line) -> str:
    """The address of a story with every block that a rich piece lacks."""
    story: Any = make_rich_piece(line.county, StoryPage, title="他们把急救课开到了地头上")
    more = [
        block("heading", "第六站"),
        block("quote", {"quote": "手别停。", "speaker": "一位学员"}),
        block("video", {"title": "一分钟学按压", "link": VIDEO, "transcript": "先看现场。"}),
        block(
            "table",
            {"data": [["看什么", "会费"], ["谁交", "会员"]], "first_row_is_table_header": True},
        ),
        block("question", {"question": "没学过能用吗？", "answer": "<p>能。</p>"}),
        block("law_article", {"law": "红十字会法", "article": "第三条", "text": "自愿参加。"}),
    ]
    story.body = json.dumps([*story.body.raw_data, *more])
    publish(story.save_revision())
    return str(story.url)
