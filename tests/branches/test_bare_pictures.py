"""What telephones write into pictures is neither kept nor published."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageCms

from branches.bare import bare
from branches.models import BranchImage
from stories.pictures import make_renditions
from tests.factories import Line, make_line, make_user

pytestmark = pytest.mark.django_db

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
OWNER = "ZhangSanFoto"
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture
def line() -> Line:
    caches["default"].clear()  # Wagtail keeps renditions there, by keys that tests use again
    return make_line()


def photograph(extension: str, **more: Any) -> bytes:
    """60×40, taken lying on the side, red at the end that belongs on top."""
    exif = Image.Exif()
    exif[MAKE] = OWNER
    if extension != "heic":  # whose turning is no matter of Exif
        exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (43.0, 53.0, 10.5), 3: "E", 4: (125.0, 19.0, 25.0)})
    picture = Image.new("RGB", (60, 40), (20, 90, 60))
    picture.paste((220, 20, 20), (0, 0, 20, 40))
    written = BytesIO()
    picture.save(
        written, FORMATS[extension], exif=exif, icc_profile=PROFILE,
        xmp=f"<x:xmpmeta>{OWNER}</x:xmpmeta>".encode(), **more,
    )  # fmt: skip
    assert OWNER.encode() in written.getvalue()
    return written.getvalue()


def broken() -> bytes:
    """A picture whose second half got lost on the way."""
    written = BytesIO()
    Image.effect_noise((300, 200), 60).save(written, "JPEG")
    return written.getvalue()[: len(written.getvalue()) // 2]


def store(line: Line, data: bytes, name: str) -> BranchImage:
    image = BranchImage(
        title="x", description="x", collection=line.county.media_collection,
        file=ContentFile(data, name=name),
    )  # fmt: skip
    image.save()
    return BranchImage.objects.get(pk=image.pk)


def says_nothing(path: str) -> bool:
    data = Path(path).read_bytes()
    with Image.open(BytesIO(data)) as picture:
        known = dict(picture.getexif())
        known.pop(ORIENTATION, None)
        return not known and not picture.getexif().get_ifd(GPS) and OWNER.encode() not in data


@pytest.mark.parametrize("extension", FORMATS)
def test_a_stored_picture_and_what_is_made_of_it_say_nothing(line: Line, extension: str) -> None:
    image = store(line, photograph(extension), f"p.{extension}")
    assert says_nothing(image.file.path)
    make_renditions([image])
    image.get_rendition("max-165x165")
    assert image.renditions.count() > 1
    assert all(says_nothing(rendition.file.path) for rendition in image.renditions.all())


@pytest.mark.parametrize("extension", ["jpg", "png", "webp"])
def test_a_picture_stands_upright_in_its_colours(line: Line, extension: str) -> None:
    image = store(line, photograph(extension), f"p.{extension}")
    assert (image.width, image.height) == (40, 60)
    with Image.open(image.file.path) as picture:
        assert picture.size == (40, 60)
        pixel = picture.convert("RGB").getpixel((20, 5))
        assert isinstance(pixel, tuple)
        red, green, _blue = pixel
        assert red > 150 > green
        assert picture.info["icc_profile"] == PROFILE


def test_the_size_and_the_mark_are_those_of_what_is_kept(line: Line) -> None:
    image = store(line, photograph("jpg"), "p.jpg")
    assert image.file_size == Path(image.file.path).stat().st_size
    mark = image.file_hash
    image._set_file_hash()
    assert image.file_hash == mark


def test_a_picture_is_written_again_once(line: Line) -> None:
    image = store(line, photograph("jpg"), "p.jpg")
    name, data = image.file.name, Path(image.file.path).read_bytes()
    image.title = "y"
    image.full_clean()
    image.save()
    assert (image.file.name, Path(image.file.path).read_bytes()) == (name, data)


def test_a_gif_is_kept_as_it_is(line: Line) -> None:
    frames = [Image.new("P", (9, 9), number) for number in (1, 2, 3)]
    written = BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    image = store(line, written.getvalue(), "p.gif")
    assert Path(image.file.path).read_bytes() == written.getvalue()


@pytest.mark.parametrize("address", ["add", "add_multiple", "chooser"])
def test_every_way_of_uploading_takes_it_out(line: Line, address: str) -> None:
    response = upload(line, address, photograph("jpg"))
    assert response.status_code in (200, 302)
    (image,) = BranchImage.objects.all()
    assert says_nothing(image.file.path)
    assert (image.width, image.height) == (40, 60)


@pytest.mark.parametrize("address", ["add", "add_multiple", "chooser"])
def test_a_picture_that_breaks_off_is_refused_in_words(line: Line, address: str) -> None:
    response = upload(line, address, broken())
    assert response.status_code == 200
    is_json = "json" in response["Content-Type"]
    said = str(response.json()) if is_json else response.content.decode()
    assert "请上传" in said
    assert not BranchImage.objects.exists()


def test_what_cannot_be_read_is_not_stored() -> None:
    for data in (broken(), b"no picture"):
        with pytest.raises(ValidationError):
            bare(ContentFile(data, name="p.jpg"))


def upload(line: Line, address: str, data: bytes) -> Any:
    client = Client()
    client.force_login(make_user(line.county))
    file = SimpleUploadedFile("p.jpg", data, "image/jpeg")
    texts = {"title": "x", "description": "x", "collection": line.county.media_collection_id}
    if address == "add":
        return client.post(reverse("wagtailimages:add"), {**texts, "file": file})
    if address == "add_multiple":
        return upload_many(client, file, texts)
    chosen = {f"image-chooser-upload-{name}": value for name, value in texts.items()}
    return client.post(
        reverse("wagtailimages_chooser:create"), {**chosen, "image-chooser-upload-file": file}
    )


def upload_many(client: Client, file: SimpleUploadedFile, texts: dict[str, Any]) -> Any:
    """As the browser does: the file first, then what is on it."""
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    response = client.post(
        reverse("wagtailimages:add_multiple"), {**texts, "files[]": file}, headers=ajax
    )
    if not response.json()["success"]:
        return response
    number = response.json()["image_id"]
    return client.post(
        reverse("wagtailimages:edit_multiple", args=(number,)),
        {f"image-{number}-{name}": value for name, value in texts.items()},
        headers=ajax,
    )
