"""What readers load is made at publication; drafts show the original."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from branches.clock import tick
from branches.models import BranchRendition
from stories.models import StoryPage
from stories.pictures import make_renditions, picture_of, specs_for
from tests.factories import Line, make_image, make_line, make_piece
from tests.home.rich import make_rich_piece

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def test_pictures_are_ready_when_a_piece_is_published(line: Line) -> None:
    piece = make_rich_piece(line.county)
    assert piece.lead_image is not None
    made = BranchRendition.objects.count()
    assert made == 4 * len(specs_for(piece.lead_image))
    content = Client().get(piece.url).content.decode()
    assert BranchRendition.objects.count() == made
    assert "/media/original_images/" not in content


def test_a_draft_makes_none_and_shows_the_original(line: Line) -> None:
    image = make_image(line.county)
    draft: StoryPage = make_piece(line.county, live=False, lead_image=image)
    content = draft.make_preview_request().content.decode()
    assert image.file.url in content
    assert not BranchRendition.objects.exists()


def test_a_picture_says_its_sizes(line: Line) -> None:
    image = make_image(line.county)
    make_renditions([image])
    picture = picture_of(type(image).objects.get(pk=image.pk), "王师傅")
    assert picture is not None
    assert (picture.width, picture.height) == (640, 400)
    assert picture.credit == "王师傅"
    assert picture.webp_srcset.endswith(" 400w")
    assert picture.src == picture.large
    assert picture_of(None) is None


def test_nothing_is_made_twice(line: Line) -> None:
    image = make_image(line.county)
    assert make_renditions([image]) == 1
    assert make_renditions([image]) == 0


def test_public_pictures_that_lost_theirs_are_mended_at_the_next_tick(line: Line) -> None:
    public, private = make_image(line.county), make_image(line.county)
    type(public).objects.filter(pk=public.pk).update(is_public=True)
    assert tick()["mend pictures"] == 1
    assert public.renditions.exists()
    assert not private.renditions.exists()
    assert tick()["mend pictures"] == 0
