"""What stands on the home page of a branch: the province's is the portal, all others alike."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator

from branches.models import BranchPage, Service
from branches.routing import Addresses, is_restricted
from home.finder import read_finder
from home.selection import Selection, read_branch, read_portal
from stories.cards import Card, Link, Place, make_cards, topic_links
from stories.html_text import text_of_html
from stories.models import AboutPage, ExplainerPage, NewsPage
from stories.subject_index import SubjectIndex

ABOUT_LENGTH = 100


def template(page: BranchPage) -> str:
    return "home/portal.html" if is_portal(page) else "home/branch.html"


def is_portal(page: BranchPage) -> bool:
    return page.branch.parent_id is None


def context(page: BranchPage, request: HttpRequest) -> dict[str, Any]:
    """What the template needs. Five queries."""
    selection = read_portal(page) if is_portal(page) else read_branch(page)
    place = None if is_portal(page) else Place(page.branch, page.url_path)
    subjects = SubjectIndex.read([piece.pk for piece in selection.pieces])
    cards = make_cards(request, selection.pieces, subjects, place)
    by_piece = {piece.pk: card for piece, card in zip(selection.pieces, cards, strict=True)}
    addresses = Addresses.of_request(request)
    home = addresses.of(page.url_path)
    shared = {
        **parts(selection, by_piece),
        "doors": door_links(page, home),
        "canonical": addresses.absolute(home),
        "feed_url": f"{home}feed/" if is_portal(page) else f"{home}stories/feed/",
    }
    if is_portal(page):
        return {**shared, "topics": topic_links(subjects.topics), "finder": read_finder(request)}
    return {**shared, **about(page, home)}


def parts(selection: Selection, cards: dict[int, Card]) -> dict[str, Any]:
    """The cards of each part of the page. A featured story leads where there is one."""
    stories = [cards[piece.pk] for piece in selection.stories]
    news = sorted(selection.of_type(NewsPage), key=lambda piece: piece.listed_on, reverse=True)
    return {
        "lead": stories[0] if stories else None,
        "more": stories[1:],
        "news": [cards[piece.pk] for piece in news],
        "explainers": [cards[piece.pk] for piece in selection.of_type(ExplainerPage)],
        "below_latest": [cards[piece.pk] for piece in selection.below],
    }


def door_links(page: BranchPage, home: str) -> list[Link]:
    """What a person can do here, in the words of the branch or of the nearest one above it.

    Where those words are in another language, the name of the kind of service serves.
    """
    offered = Service.objects.offered_to(page.branch, page.locale)
    told = {s.kind: s for s in offered if s.locale_id == page.locale_id}
    return [
        Link(
            told[kind].title if kind in told else str(kind.label),
            f"{home}services/#{kind}",
            note=told[kind].lead if kind in told else "",
        )
        for kind in Service.Kind
    ]


def about(page: BranchPage, home: str) -> dict[str, str]:
    """How the branch's page about itself begins, and where it stands. One query."""
    pages = AboutPage.objects.child_of(page).live().exclude(is_restricted())
    found = pages.only("body", "slug").first()
    text = beginning(found) if found else ""
    return {"about": text, "about_url": f"{home}{found.slug}/" if found else ""}


def beginning(page: AboutPage) -> str:
    """The first ~100 characters of its texts."""
    sources = [item["value"] for item in page.body.raw_data if item["type"] == "text"]
    return Truncator(text_of_html(" ".join(sources))).chars(ABOUT_LENGTH)
