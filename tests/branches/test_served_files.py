"""Files as readers get them: named as what they are, readable, else a download under its name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from branches.models import Branch, BranchDocument
from branches.storage import LONGEST, shortened
from tests.factories import make_branch, make_user

pytestmark = pytest.mark.django_db

TEXT = "培训安排\n第一课：心肺复苏。\n"
ASCII_FIRST = "x" * 100_000 + TEXT


@pytest.fixture
def branch() -> Branch:
    return make_branch("jilin")


def served(branch: Branch, data: bytes, name: str) -> Any:
    document = BranchDocument.objects.create(
        title="文件",
        file=ContentFile(data, name=name),
        collection=branch.media_collection,
        is_public=True,
    )
    return Client().get(document.url)


@pytest.mark.parametrize("extension", ["txt", "csv"])
@pytest.mark.parametrize("text", [TEXT, ASCII_FIRST, "plain"])
@pytest.mark.parametrize(
    ("charset", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_text_says_how_it_is_written(
    branch: Branch, extension: str, text: str, charset: str, said: str
) -> None:
    data = text.encode(charset)
    response = served(branch, data, f"a.{extension}")
    kind = {"txt": "text/plain", "csv": "text/csv"}[extension]
    expected = "utf-8" if text.isascii() and charset != "utf-16" else said
    assert response["Content-Type"] == f"{kind}; charset={expected}"
    assert b"".join(response) == data
    assert data.decode(expected).lstrip("\ufeff") == text


def test_a_text_in_none_of_our_charsets_says_none(branch: Branch) -> None:
    assert served(branch, b"\xff\x80\xff", "a.txt")["Content-Type"] == "text/plain"


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("a.wps", "application/wps-office.wps", False),
        ("a.et", "application/wps-office.et", False),
        ("a.dps", "application/wps-office.dps", False),
        ("a.ofd", "application/ofd", False),
        ("a.PDF", "application/pdf", True),
        ("a.mp4", "video/mp4", True),
        (
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            False,
        ),
        ("a.html", "application/octet-stream", False),
        ("a", "application/octet-stream", False),
    ],
)
def test_what_a_browser_cannot_show_is_a_download(
    branch: Branch, name: str, kind: str, shown: bool
) -> None:
    response = served(branch, b"x", name)
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")


def upload(branch: Branch, name: str, **texts: Any) -> Any:
    client = Client()
    client.force_login(make_user(branch))
    form = {"title": "x", "collection": branch.media_collection_id, **texts}
    file = SimpleUploadedFile(name, b"x", "application/octet-stream")
    return client.post(reverse("wagtaildocs:add"), {**form, "file": file})


@pytest.mark.parametrize("extension", ["wps", "et", "dps", "ofd", "txt", "csv", "docx"])
def test_the_formats_of_the_offices_here_are_taken(branch: Branch, extension: str) -> None:
    assert upload(branch, f"通知.{extension}").status_code == 302


def test_a_refusal_names_the_formats_that_are_taken(branch: Branch) -> None:
    said = upload(branch, "a.exe").content.decode()
    assert "exe" in said
    assert "wps" in said


def test_documents_of_long_and_of_equal_names_are_all_kept(branch: Branch) -> None:
    for name in (
        "关于开展应急救护培训的通知" * 15 + ".docx",
        "长" * 250 + ".pdf",
        "a" * 250 + ".pdf",
    ):
        for _again in range(2):
            assert upload(branch, name).status_code == 302
    names = set(BranchDocument.objects.values_list("file", flat=True))
    assert len(names) == 6
    for document in BranchDocument.objects.all():
        assert len(document.file.name) <= 100
        assert document.file.name.endswith((".docx", ".pdf"))
        response = Client().get(document.url)
        assert response.status_code == 404
        assert document.file.size == 1


@pytest.mark.parametrize(
    "name", ["documents/" + "红" * 250 + ".pdf", "d/" + "😀" * 200, "d/a." + "x" * 300, "a.pdf"]
)
def test_names_are_counted_in_bytes_and_keep_their_extension(name: str) -> None:
    short = shortened(name).rpartition("/")[2]
    assert 0 < len(short.encode()) <= LONGEST
    assert short.endswith(".pdf") == name.endswith(".pdf")
