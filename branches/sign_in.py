"""Throttling of sign-in: five wrong passwords close a name at an address, ten names an address.

Guessing one password over many names touches each name once, so that a limit per name never
sees it. The names that failed at an address are counted instead, each once: in an office whose
computers share one address, one person who has forgotten a password makes one name, however
often they try. Who has signed in there before is known there, and is let in all the same.

Failures are kept by django-axes in the database, so that all processes count together, and so
that guessing stays slow while the cache is away.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off, get_failure_limit
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from search.rates import network

NAMES_PER_ADDRESS = 10
#: How long it is remembered who has signed in where.
REMEMBERED = timedelta(days=90)


class Handler(AxesDatabaseHandler):
    """axes' own, which counts beside the failures of a name those of its address."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        failures = super().get_failures(request, credentials)
        limit: int = get_failure_limit(request, credentials)
        if failures >= limit or not is_address_closed(request, credentials):
            return failures
        request.axes_address_closed = True  # type: ignore[attr-defined]  # for `locked_out`
        return limit


def is_address_closed(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    """Whether too many names failed of late at the address of `request`, where its own is new."""
    address = request.axes_ip_address  # type: ignore[attr-defined]  # set by axes
    recent = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gte=get_cool_off_threshold(request)
    )
    names = recent.order_by().values("username").distinct().count()
    return names >= NAMES_PER_ADDRESS and not is_known(
        get_client_username(request, credentials), address
    )


def is_known(username: str | None, address: str | None) -> bool:
    """Whether `username` has signed in at `address` before."""
    return AccessLog.objects.filter(username=username, ip_address=address).exists()


def client_address(request: HttpRequest) -> str | None:
    """Who `request` counts for: an IPv4 address, the /64 of an IPv6 one; None where unknown.

    ``REMOTE_ADDR`` is the client's also behind a proxy of ``TRUSTED_PROXIES``; see config.wsgi.
    """
    counted = network(request.META.get("REMOTE_ADDR", "")).removesuffix("/64")
    try:
        return str(ip_address(counted))
    except ValueError:
        return None


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Say that the door is closed, for how long, and what can be done meanwhile."""
    cool_off: timedelta = get_cool_off(request)
    seconds = int(cool_off.total_seconds())
    minutes = {"minutes": seconds // 60}
    if getattr(request, "axes_address_closed", False):
        why = _("从你所在的网络输错密码的账号太多，请过 %(minutes)s 分钟再试。") % minutes
    else:
        why = _("输错密码的次数太多，请过 %(minutes)s 分钟再试。") % minutes
    context = {"why": why}
    answer = render(request, "branches/admin/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def forget_old() -> int:
    """Forget who signed in where long ago, and sessions that have ended by themselves."""
    now = timezone.now()
    logs, _each = AccessLog.objects.filter(attempt_time__lt=now - REMEMBERED).delete()
    sessions, _each = Session.objects.filter(expire_date__lt=now).delete()
    return logs + sessions
