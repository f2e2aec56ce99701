"""Pieces as search engines read them: https://schema.org, as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from branches.routing import Addresses
from branches.sections import all_sections
from search.sanitizing import sanitize_all
from stories.blocks.stream import sound
from stories.html_text import text_of_html
from stories.models.content import ContentPage
from stories.models.explainer import ExplainerPage
from stories.models.news import NewsPage
from stories.pictures import Picture

#: What would end the script element that holds the data, or open another.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_ld(piece: ContentPage, picture: Picture | None, addresses: Addresses) -> SafeString:
    """The data of `piece`, safe inside a ``script`` element."""
    graph = [article(piece, picture, addresses), breadcrumbs(piece, addresses)]
    if isinstance(piece, ExplainerPage):
        graph.append(questions(piece))
    data = sanitize_all({"@context": "https://schema.org", "@graph": graph})
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  # escaped one line above


def article(piece: ContentPage, picture: Picture | None, addresses: Addresses) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "NewsArticle" if isinstance(piece, NewsPage) else "Article",
        "headline": piece.title,
        "description": piece.summary,
        "datePublished": piece.listed_on.isoformat(),
        "inLanguage": piece.locale.language_code,
        "mainEntityOfPage": addresses.absolute(addresses.of(piece.url_path)),
        "author": author(piece),
        "publisher": publisher(piece, addresses),
    }
    if piece.last_published_at:
        data["dateModified"] = piece.last_published_at.isoformat()
    if picture:
        data["image"] = addresses.absolute(picture.large)
    return data


def author(piece: ContentPage) -> dict[str, str]:
    """The person who wrote `piece`, or the organisation that it comes from."""
    if piece.author:
        return {"@type": "Person", "name": piece.author}
    return {"@type": "Organization", "name": piece.byline_source}


def publisher(piece: ContentPage, addresses: Addresses) -> dict[str, str]:
    branch = piece.branch
    home = addresses.absolute(addresses.of(way_to(piece)[0]))
    return {"@type": "Organization", "name": branch.local_name, "url": home}


def breadcrumbs(piece: ContentPage, addresses: Addresses) -> dict[str, Any]:
    """The home of the branch of `piece`, its section, and itself."""
    home, section, own = way_to(piece)
    slug = section.rstrip("/").rpartition("/")[2]
    titles = {s.slug: s.title_in(piece.locale.language_code) for s in all_sections()}
    way = {home: piece.branch.local_name, section: titles[slug], own: piece.title}
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": addresses.absolute(addresses.of(path)),
        }
        for position, (path, name) in enumerate(way.items(), start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def way_to(piece: ContentPage) -> tuple[str, str, str]:
    """The `url_path`s of the branch of `piece`, of its section, and its own."""
    home, section, own, _end = piece.url_path.rsplit("/", 3)
    return f"{home}/", f"{home}/{section}/", f"{home}/{section}/{own}/"


def questions(explainer: ExplainerPage) -> dict[str, Any]:
    """The question in the title with its short answer, then those of the page's list."""
    asked = [(explainer.title, explainer.answer)]
    asked += [
        (item.value["question"], text_of_html(item.value["answer"].source))
        for item in sound(explainer.questions)
    ]
    return {"@type": "FAQPage", "mainEntity": [question(*pair) for pair in asked]}


def question(name: str, answer: str) -> dict[str, Any]:
    accepted = {"@type": "Answer", "text": answer}
    return {"@type": "Question", "name": name, "acceptedAnswer": accepted}
