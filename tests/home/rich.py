"""Pieces that have everything a piece can have, for tests that count."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.base import ContentFile

from branches.models import Branch, BranchDocument
from stories.models import ContentPage, ExplainerPage, StoryPage, Venue
from tests.factories import make_image, make_piece, publish


def make_rich_piece(
    branch: Branch, model: type[ContentPage] = StoryPage, **values: Any
) -> ContentPage:
    """A public piece with pictures, a document, and links to a page and to documents."""
    piece = make_piece(branch, model, lead_image=make_image(branch), **values)
    pictures = [make_image(branch) for _number in range(3)]
    document, linked = (make_document(branch) for _number in range(2))
    link = f'<a linktype="page" id="{piece.pk}">本会</a>'
    file = f'<a linktype="document" id="{linked.pk}">表</a>'
    piece.body = json.dumps(
        [
            block("text", f"<p>{link}</p>"),
            block("text", f"<p>{file}{link}</p>"),
            block("picture", {"image": pictures[0].pk, "caption": ""}),
            block(
                "gallery",
                {"pictures": [item({"image": p.pk, "caption": ""}) for p in pictures[1:]]},
            ),
            block("document", {"document": document.pk, "title": ""}),
            block("callout", {"title": "提示", "text": f"<p>{link}{file}</p>"}),
        ]
    )
    if isinstance(piece, ExplainerPage):
        answer = f"<p>{link}</p>"
        piece.questions = json.dumps([block("question", {"question": "问", "answer": answer})])
    piece.venues.set(Venue.objects.filter(slug="school"))
    piece.save()
    publish(piece.save_revision())
    return model.objects.get(pk=piece.pk)


def make_document(branch: Branch) -> BranchDocument:
    return BranchDocument.objects.create(
        title="申请表",
        file=ContentFile(b"pdf", name="form.pdf"),
        collection=branch.media_collection,
    )


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def item(value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": "00000000-0000-0000-0000-000000000000"}
