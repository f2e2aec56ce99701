"""The sections that hold the pieces, and the page on which a branch introduces itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from branches.models import SectionPage
from branches.redirects import Moved
from stories.blocks import ArticleBlock
from stories.cards import Place
from stories.feeds import feed_response
from stories.former_offers import once_offered
from stories.listing import Listing, list_context, read_listing
from stories.models.content import ContentPage
from stories.querysets import ContentPageQuerySet


class ContentSection(SectionPage):
    """A list of the pieces of one type: the branch's own, and what those above offer.

    The province's, on the portal, is the list of all.
    """

    class Meta:
        abstract = True

    @classmethod
    def piece_model(cls) -> type[ContentPage]:
        """The one page type that is written here."""
        (model,) = cls.allowed_subpage_models()
        return model

    def pieces(self) -> ContentPageQuerySet:
        """What is listed here: readable, in this language, newest first."""
        readable = ContentPage.objects.readable().of_type(self.piece_model())
        return readable.in_sections_of(self.branch).in_locale(self.locale_id)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Also ``shared/<branch>-<slug>/``: a piece that a higher branch offers, in our frame;
        and ``feed/``: the list as RSS.

        Pieces that stand here are not looked for: `branches.routing` has found them already.
        """
        match path_components:
            case []:
                return super().route(request, path_components)
            case ["feed"]:
                return RouteResult(self, kwargs={"feed": True})
            case ["shared", name]:
                return RouteResult(self.offered_piece(name), kwargs={"frame": self})
        raise Http404

    def offered_piece(self, name: str) -> ContentPage:
        """The readable piece of a branch above that is offered here as `name`.

        Moved where it was once called so; else Http404.
        """
        offered = self.piece_model().objects.readable().offered_to(self.branch)
        name_here = Concat("branch__slug", Value("-"), "slug", output_field=CharField())
        named = offered.annotate(shared_as=name_here)
        piece = (
            named.in_locale(self.locale_id)
            .filter(shared_as=name)
            .select_related("locale", *self.piece_model().route_related)
            .first()
        )
        if piece is not None:
            return piece
        if former := once_offered(self, name):
            raise Moved(self.place.url_path_of(former))
        raise Http404

    def serve(
        self, request: HttpRequest, *args: Any, feed: bool = False, **kwargs: Any
    ) -> HttpResponseBase:
        if not feed:
            return super().serve(request, *args, **kwargs)
        listing = self.listing(request)
        title = f"{self.title} · {self.branch.local_name}"
        return feed_response(
            request, listing.pieces, title=title, wanted=listing.wanted, place=self.place
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **list_context(request, self.listing(request), self.place)}

    def listing(self, request: HttpRequest) -> Listing:
        """The list as the address of `request` asks for it."""
        return read_listing(request, self.pieces(), self.piece_model())

    @property
    def place(self) -> Place:
        return Place(self.branch, self.url_path.removesuffix(f"{self.slug}/"))


class StorySection(ContentSection):
    subpage_types: ClassVar[list[str]] = ["stories.StoryPage"]
    template = "stories/section_page.html"

    class Meta:
        verbose_name = _("红会故事栏目")
        verbose_name_plural = _("红会故事栏目")


class NewsSection(ContentSection):
    subpage_types: ClassVar[list[str]] = ["stories.NewsPage"]
    template = "stories/section_page.html"

    class Meta:
        verbose_name = _("新闻动态栏目")
        verbose_name_plural = _("新闻动态栏目")


class ExplainerSection(ContentSection):
    subpage_types: ClassVar[list[str]] = ["stories.ExplainerPage"]
    template = "stories/section_page.html"

    class Meta:
        verbose_name = _("普法科普栏目")
        verbose_name_plural = _("普法科普栏目")


class AboutPage(SectionPage):
    """关于我们: the one section whose text the branch writes itself, and has reviewed."""

    has_text = True
    template = "stories/about_page.html"

    body = StreamField(ArticleBlock(), verbose_name=_("正文"), blank=True)

    content_panels: ClassVar[list[Any]] = [FieldPanel("body"), SectionPage.window_panel]
    search_fields: ClassVar[list[Any]] = [
        *SectionPage.search_fields,
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("关于我们")
        verbose_name_plural = _("关于我们")
