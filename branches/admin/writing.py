"""Wagtail's forms for writing, with drafts saved by themselves only where that is safe."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from branches.admin.error_report import ReportingErrors


class AllOrNothing:
    """Wagtail writes page, revision, review and log one after the other: all of them, or none."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().post(request, *args, **kwargs)  # type: ignore[misc]  # of Wagtail's view


class FirstDraftView(AllOrNothing, ReportingErrors, CreateView):
    """A new text. It is saved when the officer says so.

    A draft that saves itself while the officer submits would be there twice: on a page that
    does not exist yet, both requests make one.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "autosave_enabled": False}


class WritingView(AllOrNothing, ReportingErrors, EditView):
    """A draft saves itself; a text under review does not.

    Whoever changes a text becomes one of its authors, who may not approve it: no reviewer
    should become that by a slip of a finger.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        under_review = self.page.workflow_in_progress
        return {**context, "autosave_enabled": context["autosave_enabled"] and not under_review}
