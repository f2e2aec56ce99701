"""Makes pages of the sample pieces."""

from __future__ import annotations

import datetime
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from branches.models import Branch
from branches.whole_files import with_their_rows
from home.sample.content import Piece
from home.sample.illustration import Order, Studio
from home.sample.markup import parse
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

SECTIONS = {"story": StorySection, "news": NewsSection, "explainer": ExplainerSection}
MODELS: dict[str, type[ContentPage]] = {
    "story": StoryPage,
    "news": NewsPage,
    "explainer": ExplainerPage,
}
COMMON = ("title", "summary", "date", "source", "author", "photographer", "featured", "audience")


def missing(pieces: list[Piece], branches: dict[str, Branch]) -> list[Piece]:
    """Those of `pieces` whose branch exists and whose address is still free."""
    taken = set(
        ContentPage.objects.in_locale(Locale.get_default().pk).values_list(
            "branch__code", "content_type__model", "slug"
        )
    )
    return [
        piece
        for piece in pieces
        if piece.code in branches
        and (piece.code, MODELS[piece.kind]._meta.model_name, piece.slug) not in taken
    ]


def orders_of(piece: Piece) -> list[Order]:
    """The pictures that `piece` asks for, its lead picture first."""
    orders: list[Order] = []
    if picture := piece.fields.get("picture"):
        orders.append(Order(piece.key, picture["motif"], picture["alt"], piece.season))
    parse(piece.fields["body"], lambda motif, alt: orders.append(inner_order(piece, motif, alt)))
    return orders


def inner_order(piece: Piece, motif: str, alt: str) -> Order:
    return Order(f"{piece.key}/{alt}", motif, alt, piece.season)


@with_their_rows()
@transaction.atomic
def load_piece(piece: Piece, branch: Branch, studio: Studio) -> ContentPage:
    """Make and publish `piece`, with its pictures from `studio`."""
    section = SECTIONS[piece.kind].objects.get(branch=branch, locale=Locale.get_default())
    page = make_page(piece, branch, studio)
    section.add_child(instance=page)
    page.topics.set(Topic.objects.filter(slug__in=piece.fields["topics"]))
    page.venues.set(Venue.objects.filter(slug__in=piece.fields["venues"]))
    page.save()
    page.save_revision(clean=False).publish()
    backdate(page)
    return page


def make_page(piece: Piece, branch: Branch, studio: Studio) -> ContentPage:
    picture = piece.fields.get("picture", {})
    lead = orders_of(piece)[0] if picture else None
    page = MODELS[piece.kind](
        slug=piece.slug,
        live=False,
        lead_image=studio.deliver(lead, branch) if lead else None,
        lead_caption=picture.get("caption", ""),
        body=parse(
            piece.fields["body"],
            lambda motif, alt: studio.deliver(inner_order(piece, motif, alt), branch),
        ),
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
