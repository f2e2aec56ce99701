"""我的分会: where the CMS opens, for each kind of person."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import polib
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches import workflow
from branches.lifecycle import close, open_in_language
from branches.models import Membership, User
from stories.models import ExplainerPage, NewsPage, StorySection
from tests.factories import Line, make_admin, make_branch, make_line, make_piece, make_user, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def desk(user: User) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    return response.content.decode()


def write_address(line: Line) -> str:
    parent = section(line.county, StorySection)
    return reverse("wagtailadmin_pages:add", args=("stories", "storypage", parent.pk))


def test_an_editor_can_begin_each_kind_of_text_with_one_click(line: Line) -> None:
    editor = make_user(line.county)
    body = desk(editor)
    assert write_address(line) in body
    for kind in ("写红会故事", "写新闻", "写普法科普"):
        assert kind in body
    client = Client()
    client.force_login(editor)
    assert client.get(write_address(line)).status_code == 200


def test_the_desk_leads_to_the_public_site_of_the_branch(line: Line) -> None:
    body = desk(make_user(line.county))
    assert 'href="/changchun/nongan/">看本会的公开网站' in body
    close(line.county, line.other_county, date(2026, 1, 1), make_admin())
    assert "看本会的公开网站" not in desk(make_user(line.county))


def test_files_are_called_so_in_the_menu(line: Line) -> None:
    menu = desk(make_user(line.county))
    assert '"文件"' in menu or '"\\u6587\\u4ef6"' in menu
    assert '"文档"' not in menu and '"\\u6587\\u6863"' not in menu


def test_the_desk_is_in_chinese_and_names_the_organisation(line: Line, settings: Any) -> None:
    body = desk(make_user(line.county))
    assert settings.SITE_NAME in body
    assert 'lang="zh-hans"' in body
    assert "Wagtail" not in body.split("<body")[1].split("</main>")[0].split("<script")[0]


def test_texts_lie_where_they_belong(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    make_piece(line.county, owner=editor, live=False, title="还在写的")
    make_piece(line.county, NewsPage, owner=editor, title="公开的")
    waiting = make_piece(line.county, owner=editor, live=False, title="在审的")
    waiting.get_workflow().start(waiting, editor)
    returned = make_piece(line.county, ExplainerPage, owner=editor, live=False, title="退回的")
    returned.get_workflow().start(returned, editor)
    state = returned.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, "reject", comment="请写明日期")
    body = desk(editor)
    order = ["被退回，请修改", "退回的", "请写明日期", "继续写", "还在写的", "审核中", "在审的"]
    order += ["正在县级审核", "已公开", "公开的"]
    places = [body.index(text) for text in order]
    assert places == sorted(places)
    assert f"{reviewer} " in body
    assert NewsPage.objects.get(title="公开的").url in body


def test_nothing_of_other_branches_is_on_the_desk(line: Line) -> None:
    editor, city_editor = make_user(line.county), make_user(line.city)
    make_piece(line.county, title="县里的")
    make_piece(line.city, title="市里的")
    make_piece(line.other_county, live=False, title="邻县的草稿")
    body = desk(editor)
    assert "县里的" in body
    assert "市里的" not in body
    assert "邻县的草稿" not in body
    body = desk(city_editor)
    assert "市里的" in body
    assert "县里的" not in body


def test_an_empty_desk_says_what_to_do(line: Line) -> None:
    assert "写第一篇" in desk(make_user(line.county))


def test_somebody_without_a_branch_is_told_whom_to_ask(line: Line) -> None:
    former = make_user(line.county)
    Membership.objects.filter(user=former).delete()
    former.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert "还没有加入任何分会" in desk(former)


def test_each_branch_and_language_has_its_desk(line: Line) -> None:
    editor = make_user(line.county)
    Membership.objects.create(user=editor, branch=line.other_county, role="editor")
    open_in_language(line.county, "ko", make_admin())
    body = desk(editor)
    assert body.count("写红会故事") == 3
    korean = StorySection.objects.get(branch=line.county, locale__language_code="ko")
    assert reverse("wagtailadmin_pages:add", args=("stories", "storypage", korean.pk)) in body


def test_a_reviewer_sees_first_what_waits(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False, title="在审的")
    piece.get_workflow().start(piece, editor)
    body = desk(reviewer)
    assert body.index("等你审核") < body.index("在审的") < body.index("写红会故事")


def test_only_provincial_moderators_see_how_the_branches_do(line: Line) -> None:
    assert "两个月没有新稿件的有 5 个" in desk(make_user(line.province, "reviewer"))
    make_piece(line.county)
    assert "两个月没有新稿件的有 4 个" in desk(make_admin())
    assert "两个月没有新稿件" not in desk(make_user(line.city, "reviewer"))


def test_a_closed_branch_offers_nothing_to_write(line: Line) -> None:
    editor = make_user(line.county)
    close(line.county, line.other_county, date(2026, 1, 1), make_admin())
    assert "写红会故事" not in desk(User.objects.get(pk=editor.pk))


def questions(client: Client) -> int:
    """How many queries the home screen takes."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
    return len(asked)


def test_the_number_of_queries_does_not_grow(line: Line) -> None:
    moderator, editor = make_user(line.province, "reviewer"), make_user(line.county)
    Membership.objects.create(user=moderator, branch=line.county, role="editor")
    client = Client()
    client.force_login(moderator)

    def write(number: int) -> None:
        for _ in range(number):
            make_piece(line.county, owner=editor)
            make_piece(line.county, owner=editor, live=False)
            waiting = make_piece(line.county, owner=editor, live=False)
            waiting.get_workflow().start(waiting, editor)

    write(1)
    questions(client)
    before = questions(client)
    write(3)
    Membership.objects.create(user=moderator, branch=line.other_city, role="editor")
    make_branch("dunhua", line.other_city)
    assert questions(client) <= before <= 28


@pytest.mark.parametrize("name", ["reports", "settings", "help", "redirects"])
def test_the_menu_holds_nothing_that_would_refuse(line: Line, name: str) -> None:
    assert f'"name": "{name}"' not in desk(make_user(line.county))
    assert f'"name": "{name}"' not in desk(make_user(line.city, "reviewer"))


def test_wagtails_words_are_compiled_and_keep_their_placeholders() -> None:
    """What Wagtail says, where its own Chinese is missing or hard to understand."""
    folder = Path(workflow.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"
    source = [entry for entry in polib.pofile(str(folder / "django.po")) if entry.msgstr]
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(folder / "django.mo"))}
    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    for entry in source:
        assert compiled[entry.msgid] == entry.msgstr
        assert set(placeholder.findall(entry.msgstr)) <= set(placeholder.findall(entry.msgid))
