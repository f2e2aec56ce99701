"""Screens around the dictionary's list and forms, which are Wagtail's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from search.admin import trial
from search.dictionary import changes
from search.folding import fold
from search.models import DictionaryEntry

ICON = "list-ul"


def only_for_editors_of_the_dictionary(view: Any) -> Any:
    """PermissionDenied for everybody who may neither add nor change entries."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = policy_registry.get_by_type(DictionaryEntry)
        if not policy.user_has_any_permission(request.user, ["add", "change"]):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


class IndexView(generic.IndexView):
    page_title = gettext_lazy("词典")
    add_item_label = gettext_lazy("增加")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        shipped, trying = map(reverse, ("search_dictionary:shipped", "search_dictionary:try"))
        return [
            *super().header_buttons,
            HeaderButton(_("自带的词典"), shipped, icon_name=ICON),
            HeaderButton(_("试一试"), trying, icon_name="glasses"),
        ]


class WithTrial:
    """A form that shows what the entry would do."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        entry: Model = context["form"].instance
        address = reverse("search_dictionary:preview", args=[entry.pk] if entry.pk else [])
        return context | {"preview_url": address, "sentence": trial.EXAMPLE}


class CreateView(WithTrial, generic.CreateView):
    page_title = gettext_lazy("增加词典条目")

    def get_initial_form_instance(self) -> DictionaryEntry:
        """What an address of the list of shipped words asks for: ``?kind=…&action=…&text=…``."""
        given = {name: self.request.GET.get(name) for name in ("kind", "action", "text")}
        return DictionaryEntry(**{name: value for name, value in given.items() if value})


class EditView(WithTrial, generic.EditView):
    pass


@only_for_editors_of_the_dictionary
def try_page(request: HttpRequest) -> HttpResponse:
    """试一试: how a sentence is read, now and with a word that somebody thinks of adding."""
    return _screen(
        request,
        "dictionary_try.html",
        _("试一试"),
        sentence=trial.sentence_of(request.GET),
        text=request.GET.get("text", ""),
        kind=request.GET.get("kind", ""),
        kinds=DictionaryEntry.Kind.choices,
        trial=trial.try_out({**request.GET.dict(), "is_active": "on"}),
        preview_url=reverse("search_dictionary:preview"),
    )


@only_for_editors_of_the_dictionary
@require_POST
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What the form holds, tried out: a piece of HTML for the page that it stands on."""
    tried = trial.try_out(request.POST.dict(), pk)
    return render(request, "search/admin/includes/trial.html", {"trial": tried})


@only_for_editors_of_the_dictionary
def shipped(request: HttpRequest) -> HttpResponse:
    """The words that ship, each with the way to switch it off, and each set with that to add to
    it."""
    query = request.GET.get("q", "").strip()
    entries = list(DictionaryEntry.objects.active())
    return _screen(
        request,
        "dictionary_shipped.html",
        _("自带的词典"),
        query=query,
        lists=[(kind, words_of(kind, query[:100], entries)) for kind in DictionaryEntry.Kind],
        add=changes.ADD,
        switch_off=changes.SWITCH_OFF,
    )


def words_of(
    kind: str, query: str, entries: Sequence[DictionaryEntry]
) -> list[tuple[str, list[str]]]:
    """What ships of `kind` and holds `query`, each with those of its words that are off."""
    off = changes.switched_off(entries, kind)
    wanted = fold(query)
    return [
        (str(each), [word for word in each.words if fold(word) in off])
        for each in changes.shipped(kind)
        if any(wanted in word for word in changes.folded(each))
    ]


def _screen(request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
    steps = [
        {"url": reverse("search_dictionary:index"), "label": _("词典")},
        {"url": "", "label": title},
    ]
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": steps,
    }
    return TemplateResponse(request, f"search/admin/{template}", context)
