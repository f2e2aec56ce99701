"""Links inside texts lead to what is public, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from stories.models import StoryPage
from tests.factories import Line, make_line, make_piece, publish
from tests.home.rich import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def write(piece: StoryPage, *texts: str) -> str:
    """What readers see of `piece` with `texts`."""
    piece.body = [("text", text) for text in texts]
    publish(piece.save_revision())
    return Client().get(piece.url).content.decode()


def test_links_to_pages_and_documents(line: Line) -> None:
    piece, other = make_piece(line.county), make_piece(line.city)
    document = make_document(line.county)
    content = write(
        piece,
        f'<p><a linktype="page" id="{other.pk}">别处</a></p>',
        f'<p><a linktype="document" id="{document.pk}">表格</a></p>',
    )
    assert f'<a href="{other.url}">别处</a>' in content
    assert f'<a href="{document.url}">表格</a>' in content


def test_a_link_to_what_is_not_public_is_plain_text(line: Line) -> None:
    piece, draft = make_piece(line.county), make_piece(line.city, live=False)
    content = write(
        piece,
        f'<p><a linktype="page" id="{draft.pk}">草稿</a></p>',
        '<p><a linktype="page" id="99999">没有了</a></p>',
        '<p><a linktype="document" id="99999">没有了</a></p>',
    )
    assert f"/changchun/stories/{draft.slug}/" not in content
    assert "<a>草稿</a>" in content
    assert content.count("<a>没有了</a>") == 2
