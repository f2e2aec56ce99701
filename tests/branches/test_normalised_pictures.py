"""Whatever picture is uploaded: what is stored is one of which everything can be made."""

from __future__ import annotations

import struct
import subprocess
import threading
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile

from branches import decoding, decoding_lock, sandbox
from branches.bare import bare, showable
from branches.checks import check_decoding_lock
from branches.colours import PLAIN
from branches.decoding import RENDERED
from branches.models import BranchImage
from branches.normalisation import written_again
from stories.pictures import FORMATS, make_renditions, specs_for
from tests.branches.pictures import drawn, picture_bytes
from tests.factories import Line, make_line, make_user

KINDS = [
    *(("I;16", "PNG"), ("I;16", "TIFF"), ("I", "TIFF"), ("F", "TIFF"), ("CMYK", "JPEG")),
    *(("CMYK", "TIFF"), ("LAB", "TIFF"), ("P", "PNG"), ("1", "PNG"), ("1", "TIFF"), ("LA", "PNG")),
    *(("RGBA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "AVIF"), ("RGB", "AVIF"), ("RGB", "HEIF")),
    *(("L", "HEIF"), ("RGB", "BMP"), ("P", "BMP"), ("L", "JPEG"), ("P", "GIF"), ("RGB", "MPO")),
]
SHOWN_BY_BROWSERS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}


def stored(data: bytes, name: str = "p.jpg") -> tuple[Image.Image, str]:
    file = bare(ContentFile(data, name=name))
    return Image.open(BytesIO(file.read())), file.name or ""


@pytest.mark.parametrize(("mode", "form"), KINDS)
def test_every_browser_shows_what_is_stored_in_the_same_light(mode: str, form: str) -> None:
    picture, name = stored(picture_bytes(mode, form), "照片.dat")
    assert picture.format in SHOWN_BY_BROWSERS
    assert name == f"照片.dat{SHOWN_BY_BROWSERS[picture.format]}"
    assert picture.mode in PLAIN or picture.format == "GIF"
    grey: Any = picture.convert("L")
    darkest, lightest = grey.getextrema()
    assert darkest < 20
    assert lightest > 235
    assert grey.getpixel((45, 0)) < 30


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_what_one_sees_through_stays_so(mode: str) -> None:
    darkest = drawn(mode).getpixel((0, 0))
    picture, _name = stored(picture_bytes(mode, "PNG", transparency=darkest))
    assert picture.mode == "RGBA"
    assert picture.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize("name", ["a.jfif", "a.JPG", "a.heif", "a.avif", "a.png", "a"])
def test_the_content_decides_and_not_the_name(name: str) -> None:
    for form, extension in (("JPEG", ".jpg"), ("PNG", ".png"), ("HEIF", ".jpg")):
        assert stored(picture_bytes(form=form), name)[1] == f"a{extension}"


@pytest.mark.parametrize("size", [(1080, 21000), (21000, 40), (1, 20000), (5000, 5000)])
def test_what_is_too_large_for_readers_is_made_smaller(size: tuple[int, int]) -> None:
    for form in ("JPEG", "PNG", "GIF"):
        picture, _name = stored(picture_bytes("L" if form != "GIF" else "P", form, size))
        width, height = picture.size
        assert max(width, height) <= decoding.STORED_EDGE
        assert width * height <= decoding.STORED_PIXELS
        assert width / height == pytest.approx(size[0] / size[1], rel=0.02) or min(size) < 100


def test_a_large_jpeg_is_never_decoded_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "STORED_PIXELS", 10_000)
    data = picture_bytes(size=(1600, 1200))
    sizes = []
    load = ImageFile.ImageFile.load

    def watched(picture: ImageFile.ImageFile) -> Any:
        sizes.append(picture.size)
        return load(picture)

    monkeypatch.setattr(ImageFile.ImageFile, "load", watched)
    picture = Image.open(BytesIO(written_again(data)[0]))
    assert max(sizes) <= (400, 300)
    assert picture.width * picture.height <= 10_000


def test_renditions_are_made_of_no_more_than_they_need() -> None:
    assert max(width for _spec, widths in FORMATS.values() for width in widths) == RENDERED
    large, wide, exact = ((4600, 3450), (5000, 30), (1600, 900))
    assert showable(picture_bytes(size=(16000, 1)))
    for size, expected in ((large, (2300, 1725)), (wide, (2500, 15)), (exact, exact)):
        with Image.open(BytesIO(showable(picture_bytes(size=size)))) as picture:
            assert picture.size == expected


def png_of_nothing(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and breaks off where its pixels should come."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(11300, 11300), (2**31 - 1, 2**31 - 1), (50_000_001, 1)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(ValidationError) as refused:
        bare(ContentFile(png_of_nothing(*size), name="bomb.png"))
    assert "最多 5000 万像素" in str(refused.value)


def test_limits_are_by_what_decoding_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MEMORY", 40_000)  # 5,400 pixels at 7.4 bytes
    assert stored(picture_bytes())
    for data in (
        picture_bytes(progressive=True),
        in_several_scans(picture_bytes(subsampling=0)),
        picture_bytes("P", "PNG"),
        picture_bytes("P", "GIF"),
        picture_bytes("RGB", "WEBP"),
        picture_bytes("RGB", "AVIF"),
    ):
        with pytest.raises(ValidationError):
            stored(data)


def in_several_scans(jpeg: bytes, side: int | None = None) -> bytes:
    """`jpeg` as one whose first scan has one of its colours only, and which is not flagged as
    progressive; it breaks off there. With a `side`, it says that it is so large."""
    frame, scan = jpeg.index(b"\xff\xc0"), jpeg.index(b"\xff\xda")
    size = struct.pack(">HH", side, side) if side else jpeg[frame + 5 : frame + 9]
    head = jpeg[: frame + 5] + size + jpeg[frame + 9 : scan]
    return head + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(64)


def tiff_of_one_tile(side: int) -> bytes:
    """A picture of 96 × 96 that says it lies in a tile with such edges; its data break off."""
    tags = [(256, 96), (257, 96), (258, 8), (259, 5), (262, 1), (277, 1), (322, side), (323, side)]
    end = 8 + 2 + 12 * (len(tags) + 2) + 4
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags]
    entries += [struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((324, end), (325, 4))]
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    return head + b"".join(entries) + bytes(4) + b"\x80\x01\x01\x00"


def avif_that_says_less(side: int) -> bytes:
    """An AVIF of such edges whose box says 96 × 96."""
    data = picture_bytes(form="AVIF", size=(side, side), speed=10)
    place = data.index(b"ispe") + 8
    return data[:place] + struct.pack(">II", 96, 96) + data[place + 8 :]


def refusal_of(data: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        stored(data)
    return str(refused.value)


def test_what_a_head_conceals_gets_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "占用的内存太多" in refusal_of(tiff_of_one_tile(25_600))
    assert "像素太多" in refusal_of(in_several_scans(picture_bytes(subsampling=0), 12_192))
    monkeypatch.setattr(sandbox, "MEMORY", 25_000_000)
    assert stored(avif_that_says_less(96))
    refusal_of(avif_that_says_less(4000))


def test_a_decoder_that_dies_takes_nobody_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MEMORY", 1)
    assert refusal_of(picture_bytes())


def test_who_decodes_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    run = mock.Mock(wraps=subprocess.run)
    monkeypatch.setattr(sandbox.subprocess, "run", run)
    assert stored(picture_bytes())
    assert set(run.call_args.kwargs["env"]) == {"PYTHONPATH"}


def test_pictures_are_decoded_one_at_a_time_and_nobody_waits_for_ever() -> None:
    began, end = threading.Event(), threading.Event()

    def decode() -> None:
        with decoding_lock.turn():
            began.set()
            end.wait(10)

    other = threading.Thread(target=decode)
    other.start()
    began.wait(10)
    with pytest.raises(decoding_lock.Busy), decoding_lock.turn(patience=0.1):
        pass
    end.set()
    other.join()
    with decoding_lock.turn(patience=1):
        pass


def test_the_lock_is_that_of_the_site_and_nobody_else_can_hold_it(
    settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    with decoding_lock.turn():
        pass
    assert (tmp_path / "media.lock").stat().st_mode & 0o777 == 0o600
    assert check_decoding_lock() == []
    settings.DECODING_LOCK = str(tmp_path / "lock")
    with decoding_lock.turn():
        assert (tmp_path / "lock").exists()


def test_where_media_are_in_no_folder_the_lock_is_asked_for_at_start(settings: Any) -> None:
    storage = "django.core.files.storage.Storage"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": storage}}
    assert [found.id for found in check_decoding_lock()] == ["branches.E025"]


def test_damaged_files_are_refused_with_the_formats_that_are_taken() -> None:
    whole = picture_bytes(form="PNG", size=(300, 300))
    for data in (b"", b"%PDF-1.7", whole[: len(whole) // 2], picture_bytes("L", "ICO")):
        with pytest.raises(ValidationError) as refused:
            bare(ContentFile(data, name="p.png"))
        assert "JFIF" in str(refused.value)
        assert "HEIC" in str(refused.value)


@pytest.fixture
def line(db: None) -> Line:
    return make_line()


def upload(line: Line, data: bytes, name: str, **texts: Any) -> Any:
    client = Client()
    client.force_login(make_user(line.county))
    form = {"title": "x", "description": "x", "collection": line.county.media_collection_id}
    return client.post(
        reverse("wagtailimages:add"),
        {**form, **texts, "file": SimpleUploadedFile(name, data, "application/octet-stream")},
    )


def test_a_name_of_any_length_is_taken(line: Line) -> None:
    for name in ("红" * 240 + ".heic", "a" * 250 + ".jpg", "红.十.字." * 50 + "jfif", "x"):
        assert upload(line, picture_bytes(form="HEIF"), name).status_code == 302
    assert BranchImage.objects.count() == 4
    for image in BranchImage.objects.all():
        assert image.file.name.endswith(".jpg")
        assert image.file.storage.exists(image.file.name)


def test_a_refusal_in_the_form_says_what_to_do(line: Line) -> None:
    said = upload(line, png_of_nothing(11300, 11300), "p.png").content.decode()
    assert "请缩小以后再上传" in said
    said = upload(line, b"no picture", "p.png").content.decode()
    assert "请上传这些格式的图片：JPG" in said


@pytest.mark.parametrize("mode", ["I;16", "CMYK", "LA", "1"])
def test_what_was_stored_before_can_be_shown(line: Line, mode: str) -> None:
    image = BranchImage(
        title="x",
        collection=line.county.media_collection,
        file=ContentFile(picture_bytes(), name="p.jpg"),
    )
    image.save()
    with image.file.storage.open(image.file.name, "wb") as raw:
        drawn(mode).save(raw, "TIFF")
    assert make_renditions([image]) == 1
    assert image.renditions.count() == len(specs_for(image))
