"""搜索 › 置顶结果: what comes first for a query. Wagtail's screens, at Wagtail's addresses, with
one query for all that is compared alike here, words that officers use, and none of its counters."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField
from django.urls import URLPattern, path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.search_promotions import forms
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.contrib.search_promotions.views import settings as stock
from wagtail.permissions import policy_registry

from search.folding import visible
from search.promotions import normalised, typed_before

TITLE = gettext_lazy("置顶结果")
STOCK_ITEMS = {"promoted-search-results", "search-terms"}
QUERY = "searchpicks/<int:query_id>/"
ACTIONS = ("add", "change", "delete")


class QueryForm(forms.QueryForm):
    query_string = CharField(
        label=gettext_lazy("搜索词"),
        max_length=200,
        help_text=gettext_lazy(
            "有人搜的正好是这个词，下面这些就排在最前面。简体还是繁体、大写还是小写、"
            "有没有空格和标点，都算同一个词。"
        ),
    )

    def clean_query_string(self) -> str:
        """What was typed, where Wagtail's own tag looks it up; or what somebody else typed who has
        pinned something to the same."""
        query = " ".join(visible(self.cleaned_data["query_string"]).split())
        if not normalised(query):
            raise ValidationError(_("请写上搜索词。"))
        return typed_before(query, besides=self.instance.pk)


class PageChooser(AdminPageChooser):
    """Reads what is no number of a page as no page. (Wagtail's fails to show it again.)"""

    def value_from_datadict(self, *args: Any) -> str | None:
        value = super().value_from_datadict(*args)
        return value if value and value.isdecimal() else None


class PickForm(forms.SearchPromotionForm):
    EITHER = ("page", "external_link_url", "external_link_text")

    class Meta(forms.SearchPromotionForm.Meta):
        labels = {
            "page": gettext_lazy("本站的页面"),
            "external_link_url": gettext_lazy("或者别的网站的网址"),
            "external_link_text": gettext_lazy("链接文字"),
            "description": gettext_lazy("说明"),
        }
        help_texts = {
            "page": gettext_lazy("下线以后就不再显示。"),
            "external_link_url": gettext_lazy(
                "例如 https://www.cmdp.org.cn/。本站有的，请选本站的页面。"
            ),
            "description": gettext_lazy("一两句话，显示在标题下面。可以不写。"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["page"].widget = PageChooser()

    def clean(self) -> dict[str, Any]:
        """A page, or an address with its words; in our words, so Wagtail's check is left out."""
        cleaned = super(forms.SearchPromotionForm, self).clean()
        page, url, text = (self[name].value() for name in PickForm.EITHER)
        if bool(page) == bool(url):
            self.add_error(None, _("请选一个本站的页面，或者写一个网址，两项只能填一项。"))
        elif url and not text:
            self.add_error("external_link_text", _("请填写链接文字。"))
        return cleaned


class PicksFormSet(forms.SearchPromotionsFormSet):
    form = PickForm
    minimum_forms_message = gettext_lazy("请至少加一个结果。")

    #: Under which the picks will stand, where the form says so.
    query: Query | None = None

    def clean(self) -> None:
        """A result stands under a query once."""
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        seen = {where_to(pick) for pick in self._not_in_the_form()}
        for form in kept:
            leads_to = where_to(form.instance)
            if any(leads_to) and leads_to in seen:
                form.add_error(None, _("这个结果在这个搜索词下面已经有了。"))
            seen.add(leads_to)

    def _not_in_the_form(self) -> QuerySet[SearchPromotion]:
        shown = [form.instance.pk for form in self.forms if form.instance.pk]
        return SearchPromotion.objects.filter(query=self.query).exclude(pk__in=shown)


def where_to(pick: SearchPromotion) -> tuple[int | None, str]:
    return pick.page_id, pick.external_link_url.rstrip("/")


class Paginator(WagtailPaginator):
    verbose_name = verbose_name_plural = gettext_lazy("个搜索词")


class IndexView(stock.IndexView):
    paginator_class = Paginator
    page_title = TITLE
    add_item_label = gettext_lazy("增加")
    results_template_name = "search/admin/picks_results.html"
    columns = [
        TitleColumn(
            "query_string",
            label=gettext_lazy("搜索词"),
            width="40%",
            url_name="wagtailsearchpromotions:edit",
            sort_key="query_string",
        ),
        stock.SearchPromotionColumn("editors_picks", label=TITLE, width="60%"),
    ]

    def get_base_queryset(self) -> Any:
        with_picks = SearchPromotion.objects.values("query_id")
        queries = self.model.objects.filter(pk__in=with_picks)
        return queries.prefetch_related("editors_picks__page")


class PicksForm(stock.SearchPromotionCreateEditMixin):
    """The form for a query and its picks."""

    form_class = QueryForm
    template_name = "search/admin/picks_form.html"
    page_subtitle = TITLE
    error_message = gettext_lazy("没有保存：请改正下面标出的地方。")
    produced_error_message: Any
    new_query: Query | None = None

    def is_valid(self, form: QueryForm) -> bool:
        valid = super().is_valid(form)
        if not valid and not self.produced_error_message:
            self.produced_error_message = self.error_message
        return valid

    @cached_property
    def searchpicks_formset(self) -> PicksFormSet:
        """(The name is Wagtail's.)"""
        data = self.request.POST if self.request.method == "POST" else None
        picks = PicksFormSet(data, instance=self.object)
        picks.extra = 0 if self.object else 1
        picks.query = self.new_query
        return picks

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        items[-2]["label"] = TITLE
        return items


class CreateView(PicksForm, stock.CreateView):
    page_title = gettext_lazy("增加置顶结果")
    success_message = gettext_lazy("“%(query)s”的置顶结果已保存。")

    def get_initial(self) -> dict[str, Any]:
        """The query that the address names, as the list of searches without results links."""
        return {"query_string": self.request.GET.get("query", "")}


class EditView(PicksForm, stock.EditView):
    success_message = gettext_lazy("“%(query)s”的置顶结果已保存。")


class DeleteView(stock.DeleteView):
    template_name = "wagtailadmin/generic/confirm_delete.html"
    page_title = gettext_lazy("删除置顶结果")
    success_message = gettext_lazy("置顶结果已删除。")
    confirmation_message = gettext_lazy("删除以后，搜这个词只显示搜到的结果。确定删除吗？")


class PicksMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        policy = policy_registry.get_by_type(SearchPromotion)
        return policy.user_has_any_permission(request.user, ACTIONS)


def menu_item() -> MenuItem:
    address = reverse_lazy("wagtailsearchpromotions:index")
    return PicksMenuItem(TITLE, address, name="picks", icon_name="pick", order=20)


def without_stock_screens(request: Any, items: list[MenuItem]) -> None:
    """Take Wagtail's own entries for the same screens out of its menus."""
    items[:] = [item for item in items if item.name not in STOCK_ITEMS]


def urls() -> list[URLPattern]:
    """Before Wagtail's, which have the same addresses (and the names that lead there)."""
    return [
        path("searchpicks/", IndexView.as_view(), name="search_picks"),
        path("searchpicks/results/", IndexView.as_view(results_only=True)),
        path("searchpicks/add/", CreateView.as_view(), name="search_picks_add"),
        path(QUERY, EditView.as_view(), name="search_picks_edit"),
        path(
            "searchpicks/<int:query_id>/delete/", DeleteView.as_view(), name="search_picks_delete"
        ),
    ]
