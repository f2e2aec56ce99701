"""What pieces and topics propose to somebody who types a query."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from branches.suggestions import addresses_by_language
from search import suggestions
from search.languages import to_activate
from search.suggestions import Entry, Source
from stories.models import ContentPage, Topic

# Of each language, the newest.
MOST_PIECES = 20_000


def pieces(references: Collection[str] | None) -> Iterator[Entry]:
    """Titles of public pieces."""
    for language, addresses in addresses_by_language().items():
        public = ContentPage.objects.public_in(language).newest_first()
        if references is not None:
            public = public.filter(pk__in=references)
        rows = public.values_list("pk", "title", "url_path", "explainerpage__law")
        for key, title, url_path, law in rows[:MOST_PIECES]:
            yield Entry(
                reference=str(key),
                language=language,
                text=title,
                url=addresses.of(url_path),
                weight=40 if law is None else 45,
            )


def topics(references: Collection[str] | None) -> Iterator[Entry]:
    """Topics, by their names in every language in which the site is open."""
    found = Topic.objects.all()
    if references is not None:
        found = found.filter(slug__in=references)
    for language in addresses_by_language():
        with translation.override(to_activate(language)):
            yield from [topic_entry(topic, language) for topic in found]


def topic_entry(topic: Topic, language: str) -> Entry:
    return Entry(
        reference=topic.slug,
        language=language,
        text=topic.name_in(language),
        url=reverse("topic", args=[topic.slug]),
        weight=95 - topic.order,
    )


def follow_publication(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, ContentPage):
        suggestions.update("piece", str(instance.pk))


def follow_withdrawal(instance: Page, **kwargs: Any) -> None:
    """(A page that is being deleted is taken offline first, but stays live in the database.)"""
    if isinstance(instance, ContentPage):
        suggestions.forget("piece", str(instance.pk))


SOURCES = (Source("piece", pieces), Source("topic", topics, _("主题"), helps=True))
