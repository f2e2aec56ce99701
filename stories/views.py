from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse

from branches.routing import Addresses
from branches.views import public
from stories.feeds import feed_response
from stories.listing import list_context, read_listing
from stories.models import ContentPage, Topic
from stories.querysets import ContentPageQuerySet


@public
def topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What all branches have published on a topic, in the language of the address."""
    found = find_topic(request, slug)
    listing = read_listing(request, pieces_about(request, slug), without="topic")
    context = list_context(request, listing)
    return TemplateResponse(request, "stories/topic_page.html", {"topic": found, **context})


@public
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_topic(request, slug)
    listing = read_listing(request, pieces_about(request, slug), without="topic")
    return feed_response(request, listing.pieces, title=found.local_name, wanted=listing.wanted)


def find_topic(request: HttpRequest, slug: str) -> Topic:
    Addresses.of_request(request)  # 404 in a language in which the site is not open
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def pieces_about(request: HttpRequest, slug: str) -> ContentPageQuerySet:
    return published(request).about(slug)


def published(request: HttpRequest) -> ContentPageQuerySet:
    """All that is public in the language of the address."""
    return ContentPage.objects.public_in(request.LANGUAGE_CODE)
