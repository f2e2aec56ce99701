"""Publishing and taking offline at the hour that an approved text names.

As Wagtail's ``publish_scheduled``, but each piece by itself: one that fails is logged and
leaves the others alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)

T = TypeVar("T", Page, Revision)


def publish_due() -> int:
    """Publish approved revisions whose hour has come. Returns how many."""
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    return each(due.order_by("approved_go_live_at"), publish)


def expire_due() -> int:
    """Take offline what has expired. Returns how many."""
    due = Page.objects.live().filter(expire_at__lt=timezone.now())
    return each(due.order_by("expire_at").specific(), expire)


def publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def expire(page: Page) -> None:
    """Take `page` offline. A version that was approved for a later hour still comes then."""
    scheduled = page.revisions.exclude(approved_go_live_at=None)
    hours = dict(scheduled.values_list("pk", "approved_go_live_at"))
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for key, hour in hours.items():
        page.revisions.filter(pk=key).update(approved_go_live_at=hour)


def each(things: Iterable[T], act: Callable[[T], None]) -> int:
    """Do `act` with each, in a transaction of its own. Returns how many succeeded."""
    done = 0
    for thing in list(things):
        try:
            with transaction.atomic():
                act(thing)
            done += 1
        except Exception:
            logger.exception("Scheduled action failed for %r.", thing)
    return done
