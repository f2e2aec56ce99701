"""The explorer of the admin, without the names of everybody who ever wrote a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry

from branches.admin.writing import FirstDraftView, WritingView
from branches.admin_scope import page_scope

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from branches.models import User


def owners(request: HttpRequest) -> QuerySet[User]:
    """Who created a page of the scope of the user who asks."""
    pages = page_scope(request.user).filter(Page.objects.order_by())
    return get_user_model().objects.filter(pk__in=pages.values("owner"))


def editors(request: HttpRequest) -> QuerySet[User]:
    """Who changed a page of the scope of the user who asks."""
    pages = page_scope(request.user).filter(Page.objects.order_by())
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages).order_by()
    return get_user_model().objects.filter(pk__in=edits.values("user"))


class ScopedFilterSet(GenericPageFilterSet):
    owner = MultipleUserFilter(label=_("创建人"), queryset=owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("修改人"), queryset=editors, widget=CheckboxSelectMultiple)


class ScopedPageViewSet(PageViewSet):
    model = Page
    filterset_class = ScopedFilterSet
    add_view_class = FirstDraftView
    edit_view_class = WritingView
