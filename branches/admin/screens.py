"""Plain screens of the CMS: a title, a way back, a template; and a clear no."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models.user import User

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request in the CMS: somebody is signed in. (For annotations; Wagtail has asked.)"""

    user: User


def screen(
    request: DeskRequest,
    template: str,
    *,
    title: str,
    icon: str,
    trail: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """`template` of ``branches/admin/`` within the CMS.

    :param trail: addresses and names of the screens above this one, highest first.
    """
    home = {"url": reverse("wagtailadmin_home"), "label": _("首页")}
    steps = [{"url": address, "label": label} for address, label in trail]
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [home, *steps, {"url": "", "label": title}],
    }
    return TemplateResponse(request, f"branches/admin/{template}", context, status=status)


def refusing(view: View) -> View:
    """Where `view` raises PermissionDenied, say so on a page of its own (403), in plain words."""

    @wraps(view)
    def wrapper(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as denied:
            return screen(
                request,
                "refused.html",
                title=_("这里你进不去"),
                icon="lock",
                status=403,
                why=str(denied),
            )

    return wrapper
