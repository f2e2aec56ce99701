"""`manage.py check_media` names what is missing and what is left over, whatever the storage."""

from __future__ import annotations

import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from django.core.management import CommandError, call_command
from django.test import override_settings

from branches.models import Branch
from tests.branches.scene import make_document
from tests.factories import make_branch, make_image

pytestmark = pytest.mark.django_db


class Remote(Storage):
    """A storage that keeps files elsewhere, and does not know how old they are."""

    kept = InMemoryStorage()

    def _save(self, name: str, content: Any) -> str:
        return self.kept.save(name, content)

    def _open(self, name: str, mode: str = "rb") -> Any:
        return self.kept.open(name, mode)

    def exists(self, name: str) -> bool:
        return self.kept.exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return self.kept.listdir(path)

    def delete(self, name: str) -> None:
        self.kept.delete(name)

    def size(self, name: str) -> int:
        return self.kept.size(name)

    def url(self, name: str | None) -> str:
        return f"https://elsewhere/{name}"


class Unlisted(Remote):
    """One that lists nothing, as some do."""

    kept = InMemoryStorage()

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        raise NotImplementedError


@pytest.fixture
def branch() -> Branch:
    return make_branch("jilin")


def check() -> tuple[str, str]:
    """What the command writes, and why it fails; nothing where all is well."""
    written = StringIO()
    try:
        call_command("check_media", stdout=written)
    except CommandError as error:
        return written.getvalue(), str(error)
    return written.getvalue(), ""


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield tmp_path


def test_where_all_is_well_it_says_so(folder: Path, branch: Branch) -> None:
    make_image(branch).get_rendition("width-100")
    make_document(branch)
    assert check() == ("0 missing, 0 unreferenced, 0 unchecked\n", "")


def test_what_is_missing_or_left_over_is_named(folder: Path, branch: Branch) -> None:
    image, document = make_image(branch), make_document(branch)
    rendition = image.get_rendition("width-100")
    for file in (document.file, rendition.file):
        Path(file.path).unlink()
    left = folder / "documents" / "旧" / "通知.pdf"
    left.parent.mkdir()
    left.write_bytes(b"x")
    new = folder / "documents" / "new.pdf"
    new.write_bytes(b"x")
    an_hour_ago = time.time() - 3600
    os.utime(left, (an_hour_ago, an_hour_ago))
    written, failed = check()
    assert failed == "2 missing, 1 unreferenced, 0 unchecked"
    assert f"missing: {document.file.name} (branches.BranchDocument {document.pk})\n" in written
    assert f"missing: {rendition.file.name} (branches.BranchRendition {rendition.pk})" in written
    assert "unreferenced: documents/旧/通知.pdf\n" in written
    assert image.file.name not in written


def storages(backend: type[Storage]) -> dict[str, Any]:
    path = f"{backend.__module__}.{backend.__qualname__}"
    return {"default": {"BACKEND": path}}


def test_any_storage_is_checked(branch: Branch) -> None:
    with override_settings(STORAGES=storages(Remote)):
        document, kept = make_document(branch), make_document(branch)
        Remote.kept.save("documents/left.pdf", ContentFile(b"x"))
        document.file.storage.delete(document.file.name)
        written, failed = check()
    assert failed == "1 missing, 1 unreferenced, 0 unchecked"
    assert f"missing: {document.file.name} " in written
    assert str(kept.file.name) not in written.replace(str(document.file.name), "")


def test_what_cannot_be_listed_is_told_and_the_rest_is_checked(branch: Branch) -> None:
    with override_settings(STORAGES=storages(Unlisted)):
        document, kept = make_document(branch), make_document(branch)
        document.file.storage.delete(document.file.name)
        written, failed = check()
    assert failed == "1 missing, 0 unreferenced, 1 unchecked"
    assert f"missing: {document.file.name} " in written
    assert str(kept.file.name) not in written.replace(str(document.file.name), "")
    assert "unchecked: /: NotImplementedError" in written


def test_a_name_that_no_storage_takes_stops_nothing(folder: Path, branch: Branch) -> None:
    document, other = make_document(branch), make_document(branch)
    type(document).objects.filter(pk=document.pk).update(file="../outside.pdf")
    Path(other.file.path).unlink()
    written, failed = check()
    assert "1 missing" in failed
    assert "1 unchecked" in failed
    assert f"missing: {other.file.name} " in written
