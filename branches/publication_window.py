"""Publication window: from when until when the public may read a text.

Author, reviewer and letters are told of it in the same words: what will happen, and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page


@dataclass(frozen=True)
class PublicationWindow:
    """From `opens` (at once if None) until `closes` (for ever if None)."""

    opens: datetime | None = None
    closes: datetime | None = None

    @classmethod
    def of(cls, text: Page) -> Self:
        """That of `text`, a page as one of its revisions has it."""
        return cls(text.go_live_at, text.expire_at)

    @classmethod
    def of_latest(cls, page: Page) -> Self:
        """That of the latest revision of `page`, which comes from `with_windows`."""
        return cls(read(page.latest_opens), read(page.latest_closes))

    @property
    def opening(self) -> str:
        return moment(self.opens)

    @property
    def closing(self) -> str:
        return moment(self.closes)

    @property
    def is_ahead(self) -> bool:
        return self.opens is not None and self.opens > timezone.now()

    @property
    def is_over(self) -> bool:
        return self.closes is not None and self.closes <= timezone.now()

    @property
    def is_empty(self) -> bool:
        return self.opens is not None and self.closes is not None and self.opens >= self.closes

    def faults(self) -> dict[str, str]:
        """Why nothing could become public in it, by the field that is to be mended."""
        if self.is_empty:
            return {"expire_at": _("下线时间要晚于发布时间。")}
        if self.is_over:
            passed = {"when": self.closing}
            return {
                "expire_at": _("下线时间（%(when)s）已经过了。请改成以后的时间，或者清空。")
                % passed
            }
        return {}

    def outlook(self, *, replaces: bool = False) -> list[str]:
        """What an approval leads to; `replaces` says that an older version is public."""
        if self.faults():
            return []
        return [*self.beginning(replaces=replaces), *self.end()]

    def beginning(self, *, replaces: bool) -> list[str]:
        when = {"when": self.opening}
        if self.is_ahead and replaces:
            return [_("改动将于%(when)s发布，在那以前读者看到的还是原来的。") % when]
        if self.is_ahead:
            return [_("将于%(when)s发布。") % when]
        if self.opens and not replaces:
            return [_("原定%(when)s发布，时间已经过了，采用后马上公开。") % when]
        return []

    def end(self) -> list[str]:
        return [_("将于%(when)s下线。") % {"when": self.closing}] if self.closes else []


def standing(page: Page) -> list[str]:
    """What readers see of `page`, now that it is approved, and what they will see."""
    scheduled = page.get_scheduled_revision_as_object()
    if scheduled is not None:
        return PublicationWindow.of(scheduled).outlook(replaces=page.live)
    if page.live:
        return [_("读者现在可以看到。"), *PublicationWindow.of(page).end()]
    return [_("没有公开：下线时间已经过了。")]


def moment(value: datetime | None) -> str:
    """`value` as people write it: 2026年12月1日8:00."""
    return formats.date_format(timezone.localtime(value), _("Y年n月j日G:i")) if value else ""


def read(stored: str | None) -> datetime | None:
    """(SQLite says "null" for nothing.)"""
    return parse_datetime(stored) if stored else None


def with_windows(pages: QuerySet[Any]) -> QuerySet[Any]:
    """`pages` with what `PublicationWindow.of_latest` needs, in the same query."""
    return pages.annotate(
        latest_opens=KeyTextTransform("go_live_at", "latest_revision__content"),
        latest_closes=KeyTextTransform("expire_at", "latest_revision__content"),
    )
