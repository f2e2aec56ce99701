"""Views of pages in the admin that differ from Wagtail's, for every page type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry

from branches.admin.previews import FirstPreview, ForgivingPreview
from branches.admin.writing import FirstDraftView, WritingView
from branches.admin_scope import page_scope
from branches.moving import make_room

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
    """Without the names of everybody who ever wrote a page."""

    owner = MultipleUserFilter(label=_("创建人"), queryset=owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("修改人"), queryset=editors, widget=CheckboxSelectMultiple)


class MoveView(MoveConfirmView):
    """As Wagtail's, but asks first who may, and makes room where the number is taken."""

    def dispatch(
        self,
        request: HttpRequest,
        page_to_move_id: int,
        destination_id: int,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        self.page_to_move = get_object_or_404(Page, pk=page_to_move_id).specific
        self.destination = get_object_or_404(Page, pk=destination_id).specific
        if not self.page_to_move.permissions_for_user(request.user).can_move_to(self.destination):
            raise PermissionDenied
        self.i18n_enabled = False
        self.pages_to_move = [self.page_to_move]
        return TemplateView.dispatch(self, request, *args, **kwargs)

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        make_room(self.page_to_move, self.destination)
        return super().post(request, *args, **kwargs)


class ScopedPageViewSet(PageViewSet):
    model = Page
    filterset_class = ScopedFilterSet
    add_view_class = FirstDraftView
    edit_view_class = WritingView
    preview_on_add_view_class = FirstPreview
    preview_on_edit_view_class = ForgivingPreview
    move_confirm_view_class = MoveView
