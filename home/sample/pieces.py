"""Makes pages of the sample pieces."""

from __future__ import annotations

import datetime
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from branches.models import Branch, BranchImage
from home.sample.content import Piece
from home.sample.illustration import illustrate
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


@transaction.atomic
def load_piece(piece: Piece, branch: Branch) -> ContentPage | None:
    """Make and publish `piece`. None where its address is taken: it has been loaded before."""
    section = SECTIONS[piece.kind].objects.get(branch=branch, locale=Locale.get_default())
    if section.get_children().filter(slug=piece.slug).exists():
        return None
    page = make_page(piece, branch)
    section.add_child(instance=page)
    page.topics.set(Topic.objects.filter(slug__in=piece.fields["topics"]))
    page.venues.set(Venue.objects.filter(slug__in=piece.fields["venues"]))
    page.save()
    page.save_revision(clean=False).publish()
    backdate(page)
    return page


def make_page(piece: Piece, branch: Branch) -> ContentPage:
    picture = piece.fields.get("picture")
    page = MODELS[piece.kind](
        slug=piece.slug,
        live=False,
        lead_image=draw_for(piece, branch, picture["motif"], picture["alt"]) if picture else None,
        lead_caption=picture.get("caption", "") if picture else "",
        body=parse(
            piece.fields["body"], lambda motif, alt: draw_for(piece, branch, motif, alt, "+")
        ),
        **{name: piece.fields[name] for name in COMMON if name in piece.fields},
    )
    for name, value in own_fields(piece).items():
        setattr(page, name, value)
    return page


def draw_for(piece: Piece, branch: Branch, motif: str, alt: str, place: str = "") -> BranchImage:
    return illustrate(branch, piece.key + place, motif, alt)


def own_fields(piece: Piece) -> dict[str, Any]:
    """What only stories, only news or only explainers have."""
    fields = piece.fields
    match piece.kind:
        case "story":
            names = ("kind", "place", "happened")
            return {name: fields[name] for name in names if name in fields}
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
