"""What nobody sees: taken out at every way in, harmless at every way out, mended where it is."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]
from PIL import Image as PillowImage
from wagtail.models import Page, PageLogEntry, Revision

from branches.importing import import_branches
from branches.models import Branch, BranchDocument, BranchImage, Service, User
from home.models import SiteSettings
from search import stored_texts
from search.models import DictionaryEntry
from search.stored_texts import NOTHING_SEEN
from stories.models import ContentPage, ExplainerPage, StoryPage
from tests.branches.forms import story_form
from tests.factories import Line, make_admin, make_line, make_piece, make_user, section

pytestmark = pytest.mark.django_db

#: Each of these took something down, or hid something.
BAD = "\x00\x0b\x1f\ufffe\u202e\u200b\u00ad\ufeff"
NOTHING = "\u200b\u3164\u2800 \u202e"


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


@pytest.fixture(scope="module")
def editor(kept_for_module: Callable[..., User], line: Line) -> User:
    return kept_for_module(lambda: make_user(line.county))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_missing(response: Any, field: str) -> bool:
    """Whether the form of `response` says that `field` was left empty."""
    return response.context["form"].has_error(field, "required")


# In


def test_a_piece_is_written(line: Line, editor: User) -> None:
    add = reverse("wagtailadmin_pages:add", args=("stories", "storypage", section(line.county).pk))
    blocks = [
        ("heading", "小\u200b标\r\n题"),
        ("text", "<p>正\u200b文\u202e</p>"),
        ("table", json.dumps({"data": [["甲\u200b\u0000"]], "table_header_choice": "neither"})),
        ("quote", {"quote": "一\u2028二", "speaker": "\u3164"}),
    ]
    data = story_form(title=" 雪\u200b夜\r\n\t里\u202e ", summary="摘\x07要", blocks=blocks)
    signed_in(editor).post(add, data)
    piece = StoryPage.objects.get(draft_title="雪夜 里")
    assert piece.title == "雪夜 里"
    assert piece.summary == "摘要"
    written = {block.block_type: block.value for block in piece.body}
    assert written["heading"] == "小标 题"
    assert "正文" in written["text"].source
    assert written["table"]["data"] == [["甲"]]
    assert written["quote"] == {"quote": "一\n二", "speaker": ""}
    content = json.dumps(piece.latest_revision.content)
    assert not any(ascii(c)[1:-1] in content for c in "\u200b\u202e\u3164\u2028")


@pytest.mark.parametrize("title", [NOTHING, "\u200d", "\x07", "\u0301"], ids=ascii)
def test_a_title_of_nothing_visible_is_refused(line: Line, editor: User, title: str) -> None:
    piece = make_piece(line.county, owner=editor, live=False, title="有题目")
    edit = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
    response = signed_in(editor).post(edit, story_form(title=title))
    assert is_missing(response, "title")
    assert Page.objects.get(pk=piece.pk).draft_title == "有题目"


def test_a_summary_of_nothing_visible_is_not_sent_for_review(line: Line, editor: User) -> None:
    piece = make_piece(line.county, owner=editor, live=False)
    edit = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
    data = story_form(summary=NOTHING) | {"action-submit": "1"}
    response = signed_in(editor).post(edit, data)
    assert is_missing(response, "summary")


def test_code_that_writes_pages_and_revisions(line: Line) -> None:
    values = {"title": f"题{BAD}目", "text": f"正{BAD}文", "lead_caption": f"说{BAD}明"}
    piece = make_piece(line.county, **values)
    assert (piece.title, piece.lead_caption) == ("题 目", "说 明")
    assert piece.body[0].value.source == "<p>正\n文</p>"
    piece.body = [("text", "<p>又&#8203;写</p>")]
    revision = piece.save_revision()
    assert revision.as_object().body[0].value.source == "<p>又写</p>"
    stored = Revision.objects.filter(pk=revision.pk)
    stored.update(content=revision.content | {"title": "改\u200b"})
    assert stored.get().as_object().title == "改"
    stored.update(content=revision.content | {"title": "\u200b"})
    assert stored.get().as_object().title == "题 目"
    revision = stored.get()
    body = json.dumps([{"type": "text", "value": "\u202e", "id": "1"}])
    revision.content = {**revision.content, "body": body}
    revision.save()
    assert json.loads(stored.get().content["body"])[0]["value"] == ""


def picture(name: str) -> SimpleUploadedFile:
    buffer = BytesIO()
    PillowImage.new("RGB", (20, 20)).save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def test_pictures_and_documents(line: Line, editor: User) -> None:
    client = signed_in(editor)
    given = {
        "title": "图\u200b片",
        "credit": "谁\n拍",
        "collection": line.county.media_collection_id,
    }
    data = given | {"description": NOTHING, "file": picture("a.png")}
    refused = client.post(reverse("wagtailimages:add"), data)
    assert is_missing(refused, "description")
    client.post(
        reverse("wagtailimages:add"),
        data | {"description": "看\u202e得见", "file": picture("图\u3164.png")},
    )
    image = BranchImage.objects.get(title="图片")
    assert (image.description, image.credit) == ("看得见", "谁 拍")
    file = SimpleUploadedFile("\u3164.txt", b"text")
    client.post(
        reverse("wagtaildocs:add"),
        {"title": "文\ufeff件", "file": file, "collection": given["collection"]},
    )
    assert BranchDocument.objects.get(title="文件").filename.startswith("file")


def test_names_of_branches(line: Line, tmp_path: Path) -> None:
    client = signed_in(make_admin())
    address = reverse("branches_branches:edit", args=(line.county.pk,))
    data = {"level": "county", "parent": line.city.pk, "code": line.county.code, "slug": "nongan"}
    refused = client.post(address, data | {"name": NOTHING, "division": "农安县"})
    assert is_missing(refused, "name")
    names = {
        "name": "农安\u200b县红十字会",
        "division": "农\u00ad安县",
        "name_ko": "농\u200b안",
        "name_en": NOTHING,
    }
    client.post(address, data | names)
    branch = Branch.objects.get(pk=line.county.pk)
    assert (branch.name, branch.division, branch.names) == (
        "农安县红十字会",
        "农安县",
        {"ko": "농안"},
    )
    rows = Path(tmp_path / "branches.csv")
    header = "code,parent_code,level,division,name_zh,slug\n"
    rows.write_text(f"{header}220123,220100,county,\u202e九台区,九台区\u200b红会,jiutai\n", "utf-8")
    import_branches(rows)
    assert Branch.objects.get(code="220123").name == "九台区红会"
    assert import_branches(rows).unchanged == 1


def test_every_model_of_ours(line: Line) -> None:
    person = make_user(last_name="张\u200b", first_name="三\n四")
    assert (person.last_name, person.first_name) == ("张", "三 四")
    service = Service(branch=line.county, locale_id=line.county.pages.get().locale_id)
    service.kind, service.title, service.lead, service.steps = (
        "learn",
        "学\u200b",
        "来",
        "一\r\n二\x00",
    )
    service.save()
    assert (service.title, service.steps) == ("学", "一\n二")
    settings = SiteSettings(icp="吉\u200bICP", footer_note="<p>说&#x202e;明</p>")
    settings.save()
    assert (settings.icp, settings.footer_note) == ("吉ICP", "<p>说明</p>")
    entry = DictionaryEntry.objects.create(kind="term", text="农安\u200b县", note="备\u202e注")
    assert (entry.text, entry.note) == ("农安县", "备注")


def test_a_comment_of_nothing_visible_returns_nothing(line: Line, editor: User) -> None:
    piece = make_piece(line.county, owner=editor, live=False)
    reviewer = make_user(line.city, "reviewer")
    state = piece.get_workflow().start(piece, editor).current_task_state
    client = signed_in(reviewer)
    address = reverse("branches_review:piece", args=(state.pk,))
    version = client.get(address).context["form"].initial["version"]
    decision = {"version": version, "action": "reject"}
    said = client.post(address, decision | {"comment": NOTHING}).content.decode()
    assert "请写明退回的意见" in said
    client.post(address, decision | {"comment": "改\u200b题目\r\n再\x07看"})
    state.refresh_from_db()
    assert state.comment == "改题目\n再看"


def test_a_reason_of_nothing_visible_takes_nothing_offline(line: Line, editor: User) -> None:
    piece = make_piece(line.county, owner=editor)
    client = signed_in(make_user(line.city, "reviewer"))
    address = reverse("branches_offline:confirm", args=(piece.pk,))
    client.post(address, {"reason": NOTHING})
    assert Page.objects.get(pk=piece.pk).live
    client.post(address, {"reason": "照片\u202e不合适"})
    entry = PageLogEntry.objects.get(page=piece.pk, action="branches.take_offline")
    assert entry.data["reason"] == "照片不合适"


# Out


def spoil(model: Any, pk: int, **values: str) -> None:
    """Write `values` past everything that would clean them."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        for column, value in values.items():
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, pk])


#: (PostgreSQL stores no NUL, so no way out can meet one.)
STORED = BAD.replace("\x00", "") + "\n"


@pytest.fixture
def spoilt(line: Line, editor: User) -> ContentPage:
    piece = make_piece(line.county, ExplainerPage, owner=editor, title="题目", topics=("blood",))
    bad = f"=题{STORED}目"
    spoil(Page, piece.pk, title=bad, draft_title=bad)
    spoil(ContentPage, piece.pk, summary=f"摘{STORED}要", author=f"作{STORED}者")
    spoil(ExplainerPage, piece.pk, answer=f"回{STORED}答")
    spoil(Branch, line.county.pk, name=f"农安{STORED}红十字会", division=f"农{STORED}安")
    return ExplainerPage.objects.get(pk=piece.pk)


@pytest.mark.parametrize(
    "feed", ["/feed/", "/topics/blood/feed/", "/changchun/nongan/explainers/feed/"]
)
def test_feeds(spoilt: ContentPage, feed: str) -> None:
    item = ElementTree.fromstring(Client().get(feed).content).find("channel/item")
    assert item.findtext("title").replace("\n", "") == "=题目"
    assert item.findtext("description").replace("\n", "") == "摘要"


def test_the_page_and_what_machines_read(spoilt: ContentPage) -> None:
    body = Client().get(spoilt.url).content.decode()
    (data,) = [part.partition("</script>")[0] for part in body.split("ld+json")[1:]]
    graph = json.loads(data.partition(">")[2])["@graph"]
    assert graph[0]["headline"].replace("\n", "") == "=题目"
    assert graph[-1]["mainEntity"][0]["acceptedAnswer"]["text"].replace("\n", "") == "回答"
    for path in ("/", "/changchun/nongan/", "/branches/", "/search/?q=题目", "/api/search/?q=题目"):
        assert Client().get(path).status_code == 200, path
    call_command("rebuild_suggestions")


def test_the_sitemap(spoilt: ContentPage) -> None:
    spoil(Page, spoilt.pk, url_path=spoilt.url_path[:-1] + "\x0b\u200b&/")
    address = ElementTree.fromstring(Client().get("/sitemap.xml").content)[0][0].text
    part = Client().get(address.removeprefix("http://localhost")).content
    assert "%0B%E2%80%8B&amp;/" in part.decode()
    ElementTree.fromstring(part)


REPORTS = ("aging_pages_results", "site_history_results", "workflow_results")


@pytest.mark.parametrize("report", REPORTS)
def test_exports(spoilt: ContentPage, editor: User, report: str) -> None:
    spoilt.get_workflow().start(spoilt, editor)
    client = signed_in(make_admin())
    address = reverse(f"wagtailadmin_reports:{report}")
    book = client.get(address, {"export": "xlsx"})
    cells = [str(c.value) for row in load_workbook(BytesIO(book.getvalue())).active for c in row]
    assert any(cell.replace("\n", "") == "=题目" for cell in cells)
    table = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    found = [cell for row in csv.reader(StringIO(table)) for cell in row if "=" in cell]
    assert found
    assert all(cell.startswith("'=题") for cell in found)


def test_letters(
    spoilt: ContentPage, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_user(spoilt.branch.parent, "reviewer")
    with django_capture_on_commit_callbacks(execute=True):
        spoilt.get_workflow().start(spoilt, editor)
    assert mail.outbox[0].subject == "请审核：=题 目"
    assert mail.outbox[0].message()


# What is there


def test_what_is_stored_is_sanitized_by_the_migrations(
    spoilt: ContentPage, line: Line, django_assert_max_num_queries: Any
) -> None:
    revision = spoilt.latest_revision
    body = json.dumps([{"type": "text", "value": "正\u200b文", "id": "1"}, 5])
    content = revision.content | {"title": "稿\u200b题", "body": body}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    spoil(ContentPage, spoilt.pk, body=body, summary=NOTHING)
    migrated = MigrationLoader(connection).project_state().apps
    with django_assert_max_num_queries(60):
        for app in ("search", "branches", "stories", "home"):
            sanitize_of(app)(migrated, None)
    piece = ExplainerPage.objects.get(pk=spoilt.pk)
    assert (piece.title, piece.draft_title) == ("=题 目", "=题 目")
    assert (piece.summary, piece.answer) == (NOTHING_SEEN, "回\n\n答")
    assert piece.body[0].value.source == "正文"
    revision.refresh_from_db()
    assert revision.content["title"] == "稿题"
    assert json.loads(revision.content["body"]) == [{"type": "text", "value": "正文", "id": "1"}, 5]
    assert Branch.objects.get(pk=line.county.pk).division == "农 安"


def sanitize_of(app: str) -> Any:
    """The function of the migration of `app`."""
    folder = Path(import_module(f"{app}.migrations").__file__).parent
    (path,) = folder.glob("*_sanitize_texts.py")
    return import_module(f"{app}.migrations.{path.stem}").sanitize


def test_a_batch_at_a_time(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_texts, "BATCH", 2)
    people = [make_user() for _ in range(5)]
    for person in people:
        spoil(User, person.pk, last_name="张\u200b")
    stored_texts.sanitize_rows(User)
    names = User.objects.filter(pk__in=[p.pk for p in people]).values_list("last_name", flat=True)
    assert set(names) == {"张"}
