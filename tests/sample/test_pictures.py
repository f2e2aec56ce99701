"""The pictures of the sample are files: each is there, is used once, and is light."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from sample.markup import PICTURE
from sample.pictures import FOLDER, add_picture
from sample.texts import read_pieces
from tests.factories import make_line

FILES = {path.stem: path for path in FOLDER.glob("*")}


def named() -> Counter[str]:
    """How often each picture is named in the texts."""
    lines = [line for piece in read_pieces() for line in piece.fields["body"].splitlines()]
    inside = [match[1] for line in lines if (match := PICTURE.match(line.strip()))]
    leading = [p.fields["picture"]["file"] for p in read_pieces() if "picture" in p.fields]
    return Counter([*inside, *leading])


def test_each_picture_that_is_named_is_there_and_used_once() -> None:
    assert named() == Counter(dict.fromkeys(FILES, 1))


def test_no_line_that_should_be_a_picture_is_text() -> None:
    lines = [line for piece in read_pieces() for line in piece.fields["body"].splitlines()]
    meant = [line for line in lines if re.match(r"\s*\[picture", line)]
    assert [line for line in meant if not PICTURE.match(line.strip())] == []


def test_pictures_are_wide_and_light() -> None:
    for path in FILES.values():
        with Image.open(path) as image:
            assert (image.format, image.size) == ("WEBP", (1200, 750)), path.name
    assert sum(path.stat().st_size for path in FILES.values()) < 6_000_000


@pytest.mark.django_db
def test_a_picture_comes_with_its_alternative_text() -> None:
    image = add_picture(make_line().county, "clinic-1", "插画：街边的一间诊所")
    assert (image.description, image.width) == ("插画：街边的一间诊所", 1200)
    assert Path(image.file.name).suffix == ".webp"
