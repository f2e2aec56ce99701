"""What stands around every public page: whose it is, the ways up, down and beside, the foot."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse
from wagtail.models import Page

from branches.models import Branch, BranchPage
from branches.routing import Addresses, url_paths
from branches.sections import all_sections
from home.languages import read_languages
from home.logos import logo_of, with_logo
from home.models import SiteSettings
from stories.cards import Link
from stories.pictures import Picture


@dataclass(frozen=True)
class Frame:
    """The branch in whose frame a page is shown, and where one can go from it.

    :param line: the branches above, nearest first.
    :param below: the branches that report to it.
    :param beside: the branches that report to the same one.
    :param languages: this page in the languages of the site; empty where there is only one.
    :param alternates: those of `languages` at which stands this very page.
    :param successor: the branch to go to, where this one is closed.
    """

    branch: Branch
    home: Link
    line: list[Link]
    sections: list[Link]
    below: list[Link]
    beside: list[Link]
    logo: Picture | None
    languages: list[Link]
    alternates: list[Link]
    search_url: str
    branches_url: str
    settings: SiteSettings
    is_province: bool
    successor: Link | None

    @property
    def search_within(self) -> str:
        """The slug of the branch in which its box searches; empty for the whole province, and for
        a branch that is closed, since no search can be narrowed to it."""
        return "" if self.is_province or self.branch.is_closed else self.branch.slug


def frame_of(request: HttpRequest) -> Frame | None:
    """The frame of what `request` shows, kept on it; None where the site is not open yet."""
    kept = vars(request)
    if "_frame" not in kept:
        kept["_frame"] = read_frame(request)
    return kept["_frame"]


def read_frame(request: HttpRequest) -> Frame | None:
    try:
        addresses = Addresses.of_request(request)
    except Http404:
        return None
    page, branch = shown(request)
    if branch is None:
        branch = branch_of_address(request, addresses)
    around = list(pages_around(branch, request.LANGUAGE_CODE))
    home = next(p for p in around if p.branch_id == branch.pk) if branch else around[0]
    return make_frame(request, addresses, home, around, page)


def shown(request: HttpRequest) -> tuple[Page | None, Branch | None]:
    """The page that `request` shows, and the branch that frames it, as far as they are known.

    Of a page that was nearly found, only the branch is.
    """
    routed = getattr(request, "_wagtail_route_for_request", None)
    if routed is None:
        nearest = getattr(request, "_nearest_page", None)
        return None, getattr(nearest, "branch", None)
    page, _args, kwargs = routed
    return page, (kwargs.get("frame") or page).branch


def branch_of_address(request: HttpRequest, addresses: Addresses) -> Branch | None:
    """Whose frame goes around what is no page: a search within a branch keeps that branch's."""
    if is_page_address(request):
        return branch_at(request, addresses)
    slug = request.GET.get("branch")
    if slug and request.resolver_match and request.resolver_match.view_name == "search:search":
        with_page = Branch.objects.filter(pages__locale__language_code=request.LANGUAGE_CODE)
        return with_page.filter(slug=slug[:50].replace("\x00", "")).first()
    return None


def is_page_address(request: HttpRequest) -> bool:
    """Whether the address is (or looks like) that of a page, and not of a view."""
    view = request.resolver_match
    return view is None or view.url_name == "wagtail_serve"


def branch_at(request: HttpRequest, addresses: Addresses) -> Branch:
    """The branch whose page stands where the address begins: for what is not (or no more) there.

    The province for addresses that begin with no branch.
    """
    rest = request.path.removeprefix(addresses.base).split("/")
    paths = url_paths(addresses.root_path, [part for part in rest if part.isprintable() and part])
    pages = BranchPage.objects.filter(url_path__in=paths).select_related("branch")
    return pages.order_by("-depth")[0].branch


def pages_around(branch: Branch | None, language: str) -> QuerySet[BranchPage]:
    """The pages of `branch`, of those above it, beside it and directly below it. One query.

    Without a branch, those of the province and directly below it; the province's is the first.
    """
    successor = BranchPage.objects.filter(
        branch=OuterRef("branch__successor"), locale=OuterRef("locale")
    )
    pages = BranchPage.objects.filter(near(branch), locale__language_code=language)
    return (
        with_logo(pages)
        .select_related("branch__logo", "branch__successor")
        .annotate(successor_path=Subquery(successor.values("url_path")[:1]))
        .order_by("depth", "branch__code")
    )


def near(branch: Branch | None) -> Q:
    if branch is None:
        return Q(branch__parent=None) | Q(branch__parent__parent=None)
    line = Q(branch__code__in=branch.lineage.strip("/").split("/"))
    return line | Q(branch__parent__in=[pk for pk in (branch.pk, branch.parent_id) if pk])


def make_frame(
    request: HttpRequest,
    addresses: Addresses,
    home: BranchPage,
    around: list[BranchPage],
    page: Page | None,
) -> Frame:
    branch = home.branch
    above = [p for p in around if branch.lineage.startswith(p.branch.lineage) and p != home]
    nearest_first = sorted(above, key=lambda p: -p.depth)
    languages = read_languages(request, addresses, home, page)
    near = [p for p in around if not p.branch.is_closed and p != home]
    return Frame(
        branch=branch,
        home=branch_link(home, addresses),
        line=[branch_link(p, addresses) for p in nearest_first],
        sections=section_links(request, addresses, home, page),
        below=[branch_link(p, addresses) for p in near if p.branch.parent_id == branch.pk],
        beside=[
            branch_link(p, addresses)
            for p in near
            if branch.parent_id and p.branch.parent_id == branch.parent_id
        ],
        logo=logo_of(home),
        languages=languages.links,
        alternates=languages.alternates,
        search_url=f"{addresses.base}search/",
        branches_url=reverse("branches"),
        settings=SiteSettings.current(),
        is_province=branch.parent_id is None,
        successor=successor_link(home, addresses),
    )


def branch_link(page: BranchPage, addresses: Addresses) -> Link:
    return Link(page.branch.short_name, addresses.of(page.url_path))


def successor_link(home: BranchPage, addresses: Addresses) -> Link | None:
    successor = home.branch.successor
    if successor is None or not home.successor_path:
        return None
    return Link(successor.local_name, addresses.of(home.successor_path))


def section_links(
    request: HttpRequest, addresses: Addresses, home: BranchPage, page: Page | None
) -> list[Link]:
    """The sections of the branch of `home`: every tree has the same, so none is asked for."""
    language = request.LANGUAGE_CODE
    shown_now = section_shown(page.url_path) if page else ""
    return [
        Link(
            section.title_in(language),
            addresses.of(f"{home.url_path}{section.slug}/"),
            current=section.slug == shown_now,
        )
        for section in all_sections()
    ]


def section_shown(url_path: str) -> str:
    """The slug of the section at or in which the page with `url_path` stands; may be empty."""
    slugs = {section.slug for section in all_sections()}
    return next((part for part in url_path.split("/")[2:] if part in slugs), "")
