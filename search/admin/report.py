"""搜索 › 搜索统计: what was searched in a week, what found nothing, what nobody opened."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from search.models import SearchWeek, SharedQuery
from search.statistics import countable, is_shared, share, stop_sharing, this_week

TITLE = gettext_lazy("搜索统计")
PERMISSION = "search.view_searchweek"
PERMISSION_TO_SHARE = "search.change_sharedquery"
MOST_ROWS = 50
# Fewer searches without a click may be chance.
MIN_WITHOUT_CLICK = 3


@dataclass(frozen=True)
class Report:
    """One week: the queries asked most, those without results, those without a click."""

    week: datetime.date

    @property
    def last_day(self) -> datetime.date:
        return self.week + datetime.timedelta(days=6)

    @property
    def searched(self) -> QuerySet[SearchWeek]:
        return SearchWeek.objects.filter(week=self.week).annotate(is_shared=is_shared())

    @property
    def top(self) -> QuerySet[SearchWeek]:
        return self.searched.order_by("-searches", "query")[:MOST_ROWS]

    @property
    def empty(self) -> QuerySet[SearchWeek]:
        return self.searched.filter(empty__gt=0).order_by("-empty", "query")[:MOST_ROWS]

    @property
    def without_click(self) -> QuerySet[SearchWeek]:
        ignored = self.searched.filter(clicks=0, empty=0, searches__gte=MIN_WITHOUT_CLICK)
        return ignored.order_by("-searches", "query")[:MOST_ROWS]


def report(request: HttpRequest) -> HttpResponse:
    """The week that `?week=` names, else the latest of which there is anything."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    weeks = list(SearchWeek.objects.order_by("-week").values_list("week", flat=True).distinct())
    asked = request.GET.get("week", "")
    week = next((each for each in weeks if each.isoformat() == asked), None)
    shown = Report(week or (weeks[0] if weeks else this_week()))
    context = {
        "page_title": TITLE,
        "header_title": TITLE,
        "header_icon": "history",
        "breadcrumbs_items": [{"url": "", "label": TITLE}],
        "weeks": weeks,
        "report": shown,
        "lists": lists(shown),
        "shared": SharedQuery.objects.all(),
    }
    return TemplateResponse(request, "search/admin/report.html", context)


@require_POST
def sharing(request: HttpRequest) -> HttpResponse:
    """Lets readers see the query that is posted; or with `stop`, no longer. Leads back to the
    week in which it was found."""
    if not request.user.has_perm(PERMISSION_TO_SHARE):
        raise PermissionDenied
    query, language = countable(request.POST.get("query", "")), request.POST.get("language")
    if language not in dict(settings.LANGUAGES):
        raise Http404("Nobody searches in that language.")
    if "stop" in request.POST:
        stop_sharing(query, language)
        messages.success(request, _("“%(query)s”不再给读者看。") % {"query": query})
    elif share(query, language):
        messages.success(request, _("“%(query)s”现在给读者看。") % {"query": query})
    else:
        raise Http404("Nobody has searched for that.")
    week = request.POST.get("week", "")
    return redirect(reverse("search_statistics", query={"week": week}))


def lists(shown: Report) -> list[dict[str, Any]]:
    """The tables of a report."""
    return [
        {
            "title": _("没有结果的"),
            "hint": _(
                "读者搜了但没有找到的。稿件里有、只是叫法不同的，在词典里加一组同义词；没有的，就是缺稿件。"
            ),
            "rows": shown.empty,
            "is_empty": True,
        },
        {
            "title": _("没有人点开的"),
            "hint": _("搜了三次以上，结果一条也没有人点。看看结果对不对，要不要置顶一个。"),
            "rows": shown.without_click,
        },
        {"title": _("搜得最多的"), "hint": "", "rows": shown.top},
    ]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    address = reverse_lazy("search_statistics")
    return ReportMenuItem(TITLE, address, name="statistics", icon_name="history", order=30)


def urls() -> list[URLPattern]:
    return [
        path("search/statistics/", report, name="search_statistics"),
        path("search/statistics/sharing/", sharing, name="search_sharing"),
    ]
