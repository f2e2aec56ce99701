"""Looks after search engines that may be away: once a minute, from the clock of the site."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backends_with_name

from search import index_state
from search.models import EngineOutage
from search.outage import EngineDown
from search.pending import catch_up

logger = logging.getLogger(__name__)


def look_after_engines() -> int:
    """See which engines answer and have their indexes, and write what waits for those that do. How
    many changes that were. Administrators are told once of each trouble."""
    return sum(
        look_after(name, backend)
        for name, backend in get_search_backends_with_name(with_auto_update=True)
        if hasattr(backend, "missing_indexes")
    )


def look_after(name: str, backend: Any) -> int:
    """The same for one engine."""
    try:
        missing = backend.missing_indexes()
    except EngineDown:
        note(name)
        return 0
    if missing:
        index_state.forget(backend, missing)
        note(name, ", ".join(missing))
    else:
        EngineOutage.objects.filter(backend=name).delete()
    return catch_up(name)


def note(name: str, missing: str = "") -> None:
    """Keep in mind that the engine does not answer, or which indexes are `missing`. Whoever has
    to mend it is told when it is new, not while indexes are built one after the other."""
    outages = EngineOutage.objects.filter(backend=name)
    known = outages.values_list("missing", flat=True).first()
    if known and missing and set(missing.split(", ")) <= set(known.split(", ")):
        outages.update(missing=missing)
        return
    outages.exclude(missing=missing).delete()
    outage, new = outages.get_or_create(backend=name, defaults={"missing": missing})
    if new:
        tell_administrators(outage)


def tell_administrators(outage: EngineOutage) -> None:
    """Write to each who may do everything. A letter that cannot be sent, for whatever reason, is
    logged and keeps none of the others back."""
    users = get_user_model()._default_manager.filter(is_active=True, is_superuser=True)
    addresses = set(users.exclude(email="").values_list("email", flat=True))
    subject, body = letter(outage)
    for address in sorted(addresses):
        try:
            send_mail(subject, body, None, [address])
        except Exception:
            logger.exception("%s could not be told of the engine of %r.", address, outage.backend)


def letter(outage: EngineOutage) -> tuple[str, str]:
    """Subject and text: what is wrong, and what to do."""
    values = {
        "since": f"{localtime(outage.since):%Y-%m-%d %H:%M}",
        "names": outage.missing,
        "command": f"manage.py update_index --backend {outage.backend}",
    }
    if outage.missing:
        return _("搜索索引缺失"), _(
            "搜索服务有回应，但缺少这些索引：%(names)s。网站照常运行，这部分搜索暂时由数据库代替；"
            "这期间的改动会在索引建好后自动补上。请在网站服务器上运行：%(command)s"
        ) % values
    return _("搜索服务没有回应"), _(
        "搜索服务从 %(since)s 起没有回应。网站照常运行，搜索暂时由数据库代替；这期间的改动会在"
        "搜索服务恢复后自动补上。请检查搜索服务器。"
    ) % values
