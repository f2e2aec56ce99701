"""The address of a file, too, is given once."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as PillowImage

from branches.models import Branch, BranchImage
from tests.branches.scene import make_document
from tests.factories import make_branch

pytestmark = pytest.mark.django_db


def make_picture(branch: Branch) -> BranchImage:
    buffer = BytesIO()
    PillowImage.new("RGB", (64, 40), (180, 90, 60)).save(buffer, "JPEG")
    file = ImageFile(ContentFile(buffer.getvalue()), name="picture.jpg")
    return BranchImage.objects.create(
        title="图", file=file, collection=branch.media_collection, description="图"
    )


def test_a_document_does_not_stand_where_a_deleted_one_stood() -> None:
    branch = make_branch("jilin")
    document = make_document(branch, name="名单.pdf")
    address, file = document.url, document.file
    assert file.name.endswith("/名单.pdf")
    file.storage.delete(file.name)
    document.delete()
    assert make_document(branch, name="名单.pdf").url != address


def test_nor_does_a_picture_that_readers_see() -> None:
    branch = make_branch("jilin")
    picture = make_picture(branch)
    shown = picture.get_rendition("width-32")
    address = shown.url
    for file in (shown.file, picture.file):
        file.storage.delete(file.name)
    picture.delete()
    assert make_picture(branch).get_rendition("width-32").url != address
