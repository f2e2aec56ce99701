"""Pieces as search engines read them: https://schema.org, as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import get_text_for_indexing

from branches.routing import Addresses
from stories.models.content import ContentPage
from stories.models.explainer import ExplainerPage
from stories.models.news import NewsPage
from stories.pictures import Picture

#: What would end the script element that holds the data, or open another.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_ld(
    piece: ContentPage, url: str, picture: Picture | None, addresses: Addresses
) -> SafeString:
    """The data of `piece`, safe inside a ``script`` element."""
    graph = [article(piece, url, picture, addresses)]
    if isinstance(piece, ExplainerPage):
        graph.append(questions(piece))
    data = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  # escaped one line above


def article(
    piece: ContentPage, url: str, picture: Picture | None, addresses: Addresses
) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": piece.branch.local_name}
    data: dict[str, Any] = {
        "@type": "NewsArticle" if isinstance(piece, NewsPage) else "Article",
        "headline": piece.title,
        "description": piece.summary,
        "datePublished": piece.date.isoformat(),
        "inLanguage": piece.locale.language_code,
        "mainEntityOfPage": url,
        "author": {"@type": "Organization", "name": piece.author or piece.byline_source},
        "publisher": publisher,
    }
    if piece.last_published_at:
        data["dateModified"] = piece.last_published_at.isoformat()
    if picture:
        data["image"] = addresses.absolute(picture.large)
    return data


def questions(explainer: ExplainerPage) -> dict[str, Any]:
    """The question in the title with its short answer, then those of the page's list."""
    asked = [(explainer.title, explainer.answer)]
    asked += [
        (item.value["question"], get_text_for_indexing(item.value["answer"].source))
        for item in explainer.questions
    ]
    return {"@type": "FAQPage", "mainEntity": [question(*pair) for pair in asked]}


def question(name: str, answer: str) -> dict[str, Any]:
    accepted = {"@type": "Answer", "text": answer}
    return {"@type": "Question", "name": name, "acceptedAnswer": accepted}
