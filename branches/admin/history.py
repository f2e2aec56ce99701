"""What the log of the CMS calls the things that we do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from branches.lifecycle import CLOSE, OPEN_IN_LANGUAGE, REOPEN
from branches.members import ACTIVATE, DEACTIVATE, JOIN, LEAVE, PASSWORD_LINK
from branches.offline import LOG_ACTION as TAKE_OFFLINE
from branches.publishing import KEPT_BACK

#: By action: its name, and what an entry says; the placeholders are data of the entry.
ACTIONS = {
    TAKE_OFFLINE: (_("下线"), _("下线，原因：%(reason)s")),
    KEPT_BACK: (_("没有发布"), _("没有发布：到发布的时候，下线时间已经过了")),
    CLOSE: (_("撤并"), _("撤并到%(successor)s")),
    REOPEN: (_("重新开放"), _("重新开放")),
    OPEN_IN_LANGUAGE: (_("开通语言"), _("开通语言：%(language)s")),
    JOIN: (_("加入分会"), _("加入%(branch)s，职责是%(role)s")),
    LEAVE: (_("离开分会"), _("离开%(branch)s，原来的职责是%(role)s")),
    PASSWORD_LINK: (_("重设密码"), _("得到设置密码的链接")),
    ACTIVATE: (_("启用账号"), _("启用账号")),
    DEACTIVATE: (_("停用账号"), _("停用账号")),
}


def register(actions: Any) -> None:
    for action, (label, message) in ACTIONS.items():
        formatter = type("Formatter", (Filled,), {"label": label, "message": message})
        actions.register_action(action)(formatter)


class Filled(LogFormatter):
    """Fills the message with the data of the log entry."""

    def format_message(self, log_entry: Any) -> str:
        return str(self.message) % log_entry.data
