"""The screen on which somebody who has forgotten the password asks for a link by letter."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from wagtail.admin.views import account

from branches import resets
from branches.after_response import after_response


class PasswordResetView(account.PasswordResetView):
    """Wagtail's, with limits, and with the same answer in the same time for every name."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        email = form.cleaned_data["email"]
        if resets.is_too_often(self.request.META.get("REMOTE_ADDR", ""), email):
            form.add_error("email", too_often())
            answer: HttpResponseBase = self.render_to_response(
                self.get_context_data(form=form), status=429, headers={"Retry-After": resets.HOUR}
            )
            return answer
        after_response(partial(resets.send_links, email))
        return HttpResponseRedirect(self.get_success_url())


def too_often() -> str:
    return _(
        "一小时里要了太多次。请先看看收件箱和垃圾邮件里有没有已经寄到的信，或过一小时再试；"
        "也可以请上级红十字会的审核员在“成员”里帮你重设。"
    )
