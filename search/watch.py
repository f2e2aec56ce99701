"""Looks after search engines that may be away: once a minute, from the clock of the site."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backends_with_name

from search.models import EngineOutage
from search.pending import catch_up

logger = logging.getLogger(__name__)


def look_after_engines() -> int:
    """See which engines answer, and write what waits for those that do. How many changes that
    were. Administrators are told once of each outage."""
    return sum(
        look_after(name, backend)
        for name, backend in get_search_backends_with_name(with_auto_update=True)
        if hasattr(backend, "answers")
    )


def look_after(name: str, backend: Any) -> int:
    """The same for one engine."""
    if backend.answers():
        EngineOutage.objects.filter(backend=name).delete()
        return catch_up(name)
    outage, new = EngineOutage.objects.get_or_create(backend=name)
    if new:
        tell_administrators(outage)
    return 0


def tell_administrators(outage: EngineOutage) -> None:
    """Write to those who may do everything. A letter that cannot be sent is logged."""
    users = get_user_model()._default_manager.filter(is_active=True, is_superuser=True)
    addresses = set(users.exclude(email="").values_list("email", flat=True))
    body = _(
        "搜索服务从 %(since)s 起没有回应。网站照常运行，搜索暂时由数据库代替；这期间的改动会在"
        "搜索服务恢复后自动补上。请检查搜索服务器。"
    ) % {"since": f"{localtime(outage.since):%Y-%m-%d %H:%M}"}
    try:
        for address in sorted(addresses):
            send_mail(_("搜索服务没有回应"), body, None, [address])
    except OSError:
        logger.exception("Nobody could be told that the engine of %r is down.", outage.backend)
