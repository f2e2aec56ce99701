"""A full disk is said in words, and leaves nothing half: no part of a file, no row without one."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.test import Client
from wagtail.models import Page

from branches import disk_full
from branches.disk_full import is_disk_full
from branches.models import BranchDocument, BranchImage
from branches.whole_files import WholeFileStorage, with_their_rows
from stories.pictures import make_renditions
from tests.branches.forms import story_form
from tests.branches.test_media import picture
from tests.factories import Line, make_image, make_line, make_user, section

pytestmark = pytest.mark.django_db

FULL = OSError(errno.ENOSPC, "No space left on device")
SAID = "服务器的磁盘满了，刚才做的没有保存"


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def line(media: Path) -> Line:
    return make_line()


@pytest.fixture
def client(line: Line) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_user(line.county))
    return client


@contextmanager
def full_after(files: int) -> Iterator[None]:
    """So many files fit; of the next one some bytes do."""
    left = iter(range(files))
    save = FileSystemStorage._save  # type: ignore[attr-defined]

    def _save(self: FileSystemStorage, name: str, content: Any) -> str:
        if next(left, None) is not None:
            return str(save(self, name, content))
        Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
        Path(self.path(name)).write_bytes(b"some")
        raise FULL

    with mock.patch.object(FileSystemStorage, "_save", _save):
        yield


def files(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def upload(client: Client, line: Line, **headers: str) -> Any:
    form = {"title": "图", "description": "雪", "file": picture()}
    form["collection"] = line.county.media_collection.pk
    return client.post("/admin/images/add/", form, **headers)


def test_a_picture_that_does_not_fit_leaves_neither_file_nor_row(
    client: Client, line: Line, media: Path
) -> None:
    with full_after(0):
        answer = upload(client, line)
    assert answer.status_code == 507
    assert SAID in answer.content.decode()
    assert not files(media)
    assert not BranchImage.objects.exists()
    assert upload(client, line).status_code == 302


def test_a_document_likewise_and_what_runs_in_a_page_is_told_as_json(
    client: Client, line: Line, media: Path
) -> None:
    form = {"title": "表", "collection": line.county.media_collection.pk}
    form["files[]"] = SimpleUploadedFile("form.pdf", b"%PDF")
    with full_after(0):
        answer = client.post(
            "/admin/documents/multiple/add/", form, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
        )
    assert answer.status_code == 507
    assert SAID in answer.json()["error_message"]
    assert not files(media)
    transaction.set_rollback(False)  # the test's own, which the failing save was a part of
    assert not BranchDocument.objects.exists()


@pytest.mark.parametrize("fit", range(2))
def test_a_rendition_is_there_with_its_row_or_not_at_all(line: Line, media: Path, fit: int) -> None:
    image = make_image(line.county)
    original = files(media)
    with full_after(fit):
        assert make_renditions([image]) == 0
    kept = [Path(each.file.name).name for each in image.renditions.all()]
    assert len(kept) == fit
    assert files(media) == sorted([*original, *kept])
    assert make_renditions([image]) == 1


def test_a_picture_whose_row_does_not_fit_takes_its_file_along(line: Line, media: Path) -> None:
    with (
        mock.patch("django.db.models.query.QuerySet._insert", side_effect=OperationalError),
        pytest.raises(OperationalError),
    ):
        make_image(line.county)
    assert not files(media)


def test_a_text_that_does_not_fit_is_not_half_saved(client: Client, line: Line) -> None:
    before = Page.objects.count()
    address = f"/admin/pages/add/stories/storypage/{section(line.county).pk}/"
    full = wrapped(sqlite_error(sqlite3.SQLITE_FULL))
    with mock.patch("wagtail.models.Page.save_revision", side_effect=full):
        answer = client.post(address, story_form(title="新"))
    assert answer.status_code == 507
    assert SAID in answer.content.decode()
    assert Page.objects.count() == before


def test_an_upload_is_refused_in_the_form_while_there_is_room_for_texts(
    client: Client, line: Line, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_full, "RESERVED", 2**60)
    answer = upload(client, line)
    assert answer.status_code == 200
    assert "服务器的磁盘快满了，这个文件没有保存" in answer.content.decode()
    assert not files(media)


def test_two_files_of_one_name_are_both_kept(media: Path) -> None:
    storage = WholeFileStorage()
    with mock.patch.object(storage, "get_available_name", side_effect=["a.txt", "a.txt", "b.txt"]):
        names = [storage.save("a.txt", ContentFile(text)) for text in (b"one", b"two")]
    assert names == ["a.txt", "b.txt"]
    assert [(media / name).read_bytes() for name in names] == [b"one", b"two"]
    assert files(media) == names


def test_files_are_kept_where_all_went_well_and_a_later_failure_is_anothers(media: Path) -> None:
    storage = WholeFileStorage()
    with pytest.raises(ZeroDivisionError), with_their_rows():
        with with_their_rows():
            storage.save("inner.txt", ContentFile(b"x"))
        raise ZeroDivisionError
    with with_their_rows():
        storage.save("kept.txt", ContentFile(b"x"))
    assert files(media) == ["kept.txt"]


def wrapped(error: BaseException, while_handling: BaseException | None = None) -> BaseException:
    outer = OperationalError("…")
    outer.__cause__, outer.__context__ = error, while_handling
    return outer


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (FULL, True),
        (OSError(errno.EDQUOT, "Quota"), True),
        (wrapped(sqlite_error(sqlite3.SQLITE_FULL)), True),
        (wrapped(type("DiskFull", (Exception,), {"sqlstate": "53100"})()), True),
        (wrapped(ValueError(), while_handling=FULL), True),
        (OSError(errno.EACCES, "denied"), False),
        (wrapped(sqlite_error(sqlite3.SQLITE_BUSY)), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_which_errors_say_that_the_disk_is_full(error: BaseException | None, full: bool) -> None:
    assert is_disk_full(error) is full
