"""Pictures of which nothing can be made: pieces go out without them, and people hear of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from unittest import mock

import pytest
from django.core.files import locks
from django.core.signals import request_started
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.clock import tick
from branches.decoding_lock import opened_lock
from branches.models import BranchImage, BranchRendition
from stories import pictures
from stories.models import StoryPage
from tests.factories import (
    Line,
    give_logo,
    make_image,
    make_line,
    make_piece,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def broken_image(line: Line, **values: Any) -> BranchImage:
    """A picture that was damaged after it was stored."""
    image = make_image(line.county, **values)
    Path(image.file.path).write_bytes(b"no picture any more")
    return image


@contextmanager
def decoder_taken() -> Iterator[None]:
    """Somebody else's picture is being decoded."""
    with opened_lock() as handle:
        assert locks.lock(handle, locks.LOCK_EX | locks.LOCK_NB)
        yield


def piece_with(line: Line, lead: BranchImage, *others: BranchImage, **values: Any) -> StoryPage:
    piece: StoryPage = make_piece(line.county, live=False, lead_image=lead, **values)
    gallery = {"pictures": [{"image": image, "caption": "图注"} for image in others]}
    piece.body.append(("gallery", gallery))
    piece.body.append(("picture", {"image": others[0], "caption": "单独一张"}))
    piece.save()
    piece.save_revision()
    return StoryPage.objects.get(pk=piece.pk)


def at_once(act: Callable[[], Any]) -> None:
    """As the commit in the middle of a request does, which a test within a transaction has not."""
    act()


def approve(line: Line, piece: StoryPage) -> Any:
    """The only reviewer there is, the province's, approves."""
    reviewer = make_user(line.province, "reviewer")
    piece.get_workflow().start(piece, make_user(line.county))
    client = Client()
    client.force_login(reviewer)
    state = StoryPage.objects.get(pk=piece.pk).current_workflow_task_state
    address = reverse("branches_review:piece", args=(state.pk,))
    version = client.get(address).context["form"]["version"].value()
    with mock.patch("search.side_effects.transaction.on_commit", at_once):
        decided = client.post(address, {"action": "approve", "version": version})
    assert decided.status_code == 302
    return client.get(decided.url)


def test_a_piece_goes_out_without_its_broken_pictures(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    author = make_user(line.county)
    good, lead, within = make_image(line.county), broken_image(line, title="坏题图"), None
    within = broken_image(line, title="坏配图")
    piece = piece_with(line, lead, good, within, owner=author)
    with caplog.at_level(logging.ERROR):
        said = approve(line, piece).content.decode()
    assert "已采用" in said
    assert "坏题图" in said
    assert "坏配图" in said
    assert lead.file.name in caplog.text

    response = Client().get(piece.url)
    body = response.content.decode()
    assert response.status_code == 200
    assert body.count("<figure") == 2
    assert "/media/original_images/" not in body
    for path in ("/", "/changchun/nongan/stories/", "/changchun/nongan/stories/feed/"):
        assert Client().get(path).status_code == 200

    client = Client()
    client.force_login(author)
    desk = client.get("/admin/").content.decode()
    assert f"/admin/images/{lead.pk}/" in desk
    assert f"/admin/images/{good.pk}/" not in desk
    assert client.get(reverse("wagtailimages:index")).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=(lead.pk,))).status_code == 200


def test_one_format_that_fails_leaves_the_others(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = BranchImage.generate_rendition_file

    def without_webp(self: BranchImage, spec: Any, **options: Any) -> Any:
        if "webp" in spec.spec:
            raise OSError
        return make(self, spec, **options)

    monkeypatch.setattr(BranchImage, "generate_rendition_file", without_webp)
    image = make_image(line.county)
    assert pictures.make_renditions([image]) == 0
    shown = pictures.picture_of(BranchImage.objects.get(pk=image.pk))
    assert shown is not None
    assert (shown.webp_srcset, shown.src.endswith(".jpg")) == ("", True)


def test_broken_pictures_do_not_keep_the_clock_from_the_others(line: Line) -> None:
    for _number in range(pictures.MENDED):
        broken_image(line)
    BranchImage.objects.update(is_public=True)
    assert tick()["mend pictures"] == 0
    good = make_image(line.county, is_public=True)
    assert tick()["mend pictures"] == 1
    assert good.renditions.exists()
    assert not BranchRendition.objects.exclude(image=good).exists()


def test_a_picture_that_failed_is_tried_again_after_a_while(line: Line) -> None:
    image = broken_image(line, is_public=True)
    whole = make_image(line.county)
    pictures.mend_renditions()
    Path(image.file.path).write_bytes(Path(whole.file.path).read_bytes())
    assert pictures.mend_renditions() == 0
    BranchImage.objects.filter(pk=image.pk).update(
        failed_at=timezone.now() - pictures.RETRIED_AFTER - timedelta(seconds=1)
    )
    assert pictures.mend_renditions() == 1
    image.refresh_from_db()
    assert image.failed_at is None
    assert image.renditions.exists()


def test_a_queue_before_the_decoder_is_no_fault_of_the_picture(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_image(line.county, is_public=True)

    def busy(*args: Any) -> Any:
        raise pictures.Busy

    with monkeypatch.context() as patched:
        patched.setattr("branches.models.media.turn", busy)
        assert pictures.mend_renditions() == 0
    assert pictures.mend_renditions() == 1


def test_a_request_waits_once_for_the_decoder_and_leaves_the_rest_to_the_clock(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branches.models.media.SHORT_PATIENCE", 0.2)
    images = [make_image(line.county, is_public=True) for _number in range(3)]
    tried = mock.Mock(wraps=pictures.failure_of)
    monkeypatch.setattr(pictures, "failure_of", tried)
    with decoder_taken():
        request_started.send(sender=None)
        began = monotonic()
        assert pictures.make_renditions(images) == 0
        assert pictures.make_renditions(images) == 0
    assert monotonic() - began < 1
    assert tried.call_count == 2
    assert not BranchImage.objects.exclude(failed_at=None).exists()
    assert tick()["mend pictures"] == len(images)


def test_a_screen_of_pictures_waits_once(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("branches.models.media.SHORT_PATIENCE", 0.2)
    for _number in range(4):
        make_image(line.county)
    client = Client()
    client.force_login(make_user(line.county))
    with decoder_taken(), mock.patch("branches.decoding_lock.sleep", wraps=sleep) as slept:
        assert client.get(reverse("wagtailimages:index")).status_code == 200
    assert 0 < slept.call_count <= 5


def test_a_broken_logo_is_left_out_and_made_later(line: Line) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("branches.models.media.showable", lambda data: b"")
        give_logo(line.city)
    assert Client().get("/changchun/").status_code == 200
    assert tick()["mend logos"] == 0
    BranchImage.objects.update(
        failed_at=timezone.now() - pictures.RETRIED_AFTER - timedelta(seconds=1)
    )
    assert tick()["mend logos"] == 1


def test_what_was_left_half_done_is_finished_by_the_clock(line: Line) -> None:
    """A process that ends, or a queue before the decoder, leaves some renditions unmade."""
    image = make_image(line.county)
    pictures.make_renditions([image])
    wanted = set(pictures.specs_for(image))
    for spec in wanted:
        type(image).objects.filter(pk=image.pk).update(is_public=True)
        image.renditions.filter(filter_spec=spec).delete()
        assert pictures.mend_renditions() == 1, spec
        assert set(image.renditions.values_list("filter_spec", flat=True)) == wanted
    assert pictures.mend_renditions() == 0
