"""The error summary at the top of an editing form that was not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin import messages

from branches.error_summary import faults_in

if TYPE_CHECKING:
    from branches.admin.screens import DeskRequest


class ReportingErrors:
    """For Wagtail's views of editing forms, which say only that something is wrong."""

    request: DeskRequest
    form: Any
    action_name: str
    expects_json_response: bool
    locked_for_user = False

    def form_invalid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_invalid(form)  # type: ignore[misc]  # Wagtail's
        decided_otherwise = self.locked_for_user or self.action_name == "cancel_workflow"
        if not self.expects_json_response and not decided_otherwise:
            *_before, said = get_messages(self.request)
            said.message = self.report()  # in place of Wagtail's words
        return response

    def report(self) -> str:
        drafting = self.action_name == "save"
        said = (
            _("还没有保存：有地方没有填好，请看标红的地方。")
            if drafting
            else _("还没有提交：有地方没有填好，请看标红的地方。点下面的任何一项，就到那里。")
        )
        context = {"faults": faults_in(self.form)}
        detail = render_to_string("branches/admin/includes/error_summary.html", context)
        return messages.render(said, None, detail)
