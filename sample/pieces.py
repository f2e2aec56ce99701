"""Makes pages of the sample pieces."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from branches.models import Branch, SlugRecord
from branches.whole_files import with_their_rows
from sample.markup import parse
from sample.pictures import add_picture
from sample.texts import Piece
from stories.models import (
    ContentPage,
    ExplainerPage,
    ExplainerSection,
    NewsPage,
    NewsSection,
    StoryPage,
    StorySection,
    Topic,
    Venue,
)
from stories.models.sections import ContentSection

SECTIONS: dict[str, type[ContentSection]] = {
    "story": StorySection,
    "news": NewsSection,
    "explainer": ExplainerSection,
}
MODELS: dict[str, type[ContentPage]] = {
    "story": StoryPage,
    "news": NewsPage,
    "explainer": ExplainerPage,
}
COMMON = ("title", "summary", "date", "source", "author", "photographer", "featured", "audience")


def missing(pieces: list[Piece], branches: dict[str, Branch]) -> list[Piece]:
    """Those of `pieces` whose branch exists and whose address was never given."""
    given = {(code, kind, slug) for kind in SECTIONS for code, slug in addresses_in(SECTIONS[kind])}
    return [
        piece
        for piece in pieces
        if piece.code in branches and (piece.code, piece.kind, piece.slug) not in given
    ]


def addresses_in(model: type[ContentSection]) -> Iterator[tuple[str, str]]:
    """Code of the branch and slug of every piece that ever stood in a section of the type `model`,
    in Chinese."""
    sections = model.objects.filter(locale=Locale.get_default())
    codes = dict(sections.values_list("pk", "branch__code"))
    names = SlugRecord.objects.filter(parent__in=sections.values("pk"))
    for parent, slug in names.values_list("parent", "slug"):
        yield codes[parent], slug


@with_their_rows()
@transaction.atomic
def load_piece(piece: Piece, branch: Branch) -> ContentPage:
    """Make and publish `piece`, with its pictures."""
    section = SECTIONS[piece.kind].objects.get(branch=branch, locale=Locale.get_default())
    page = make_page(piece, branch)
    section.add_child(instance=page)
    page.topics.set(Topic.objects.filter(slug__in=piece.fields["topics"]))
    page.venues.set(Venue.objects.filter(slug__in=piece.fields["venues"]))
    page.save()
    page.save_revision(clean=False).publish()
    backdate(page)
    return page


def make_page(piece: Piece, branch: Branch) -> ContentPage:
    """The page of `piece`, not saved yet; its pictures are in the collection of `branch`."""
    illustrate = partial(add_picture, branch)
    picture = piece.fields.get("picture")
    page = MODELS[piece.kind](
        slug=piece.slug,
        live=False,
        lead_image=illustrate(picture["file"], picture["alt"]) if picture else None,
        lead_caption=picture.get("caption", "") if picture else "",
        body=parse(piece.fields["body"], illustrate),
        **{name: piece.fields[name] for name in COMMON if name in piece.fields},
    )
    for name, value in own_fields(piece).items():
        setattr(page, name, value)
    return page


def own_fields(piece: Piece) -> dict[str, Any]:
    """What only stories, only news or only explainers have."""
    fields = piece.fields
    match piece.kind:
        case "story":
            return {name: fields[name] for name in ("kind", "place", "happened") if name in fields}
        case "news":
            return {"category": fields["category"]}
    questions = [
        ("question", {"question": item["q"], "answer": f"<p>{escape(item['a'])}</p>"})
        for item in fields["questions"]
    ]
    names = ("answer", "law", "articles", "checked_on")
    own = {name: fields[name] for name in names if name in fields}
    sources = fields.get("sources", "").replace("；", "\n")
    return own | {
        "sources": sources,
        "reading_level": fields["level"],
        "questions": questions,
    }


def backdate(page: ContentPage) -> None:
    """Let the page say that it was published on the date that it bears, at nine in the morning."""
    moment = datetime.datetime.combine(page.date, datetime.time(9), timezone.get_current_timezone())
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=moment, last_published_at=moment
    )
