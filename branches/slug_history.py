"""Slug history: a page keeps every name that it ever had, and nobody else is given one of them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from branches.models import BranchTreePage, SlugRecord
from branches.reserved import reserved_slugs

#: What tells the second piece of a day from the first: 20261123-2.
NUMBER = re.compile(r"(?<=^\d{8})-\d+$")


def record(page: Page) -> None:
    """Write down that `page` has its name where it stands, and whether readers saw it there.

    ValidationError where the name is another's.
    """
    model = page.specific_class
    if model is None or not issubclass(model, BranchTreePage):
        return
    entry = entry_of(page)
    if entry.page_id != page.pk:
        inherit(entry, page, model)
    elif page.live and not entry.was_public:
        SlugRecord.objects.filter(pk=entry.pk).update(was_public=True)


def entry_of(page: Page) -> SlugRecord:
    """Who has the name of `page` where it stands: from now on `page`, if nobody had it."""
    name = {"parent_id": key_of_parent(page), "slug": page.slug}
    known = SlugRecord.objects.filter(**name)
    if entry := known.first():
        return entry
    new = SlugRecord(**name, page_id=page.pk, was_public=page.live)
    SlugRecord.objects.bulk_create([new], ignore_conflicts=True)
    return known.get()


def key_of_parent(page: Page) -> int:
    """(Treebeard remembers a parent, but not whether the page has moved since.)"""
    path = page.path[: -Page.steplen]
    remembered = getattr(page, "_cached_parent_obj", None)
    if remembered is not None and remembered.path == path:
        return int(remembered.pk)
    return Page.objects.values_list("pk", flat=True).get(path=path)


def inherit(entry: SlugRecord, page: Page, model: type[BranchTreePage]) -> None:
    """Give `page` the name in `entry`, and what was given below it, where it stands for the same.

    That is a branch or section whose page was deleted and is made again. ValidationError for
    every other page.
    """
    if not model.made_by_provisioning or Page.objects.filter(pk=entry.page_id).exists():
        message = _("网址名“%(slug)s”以前给过别的页面，请换一个。")
        raise ValidationError({"slug": message % {"slug": page.slug}})
    SlugRecord.objects.filter(parent_id=entry.page_id).update(parent_id=page.pk)
    SlugRecord.objects.filter(pk=entry.pk).update(page_id=page.pk, was_public=page.live)


def free_slug(parent: Page, wanted: str, page: Page, first: int = 2) -> str:
    """`wanted`, or the next number of that day, if that name below `parent` was ever another's or
    is the site's own: ``feed`` of a section is no piece.

    Two ask at once: call it with the row of `parent` locked, as it is while a page is added.
    """
    day = NUMBER.sub("", wanted)
    taken = reserved_slugs() | taken_by_others(parent, day, page)
    slug, number = wanted, first
    while slug in taken:
        slug, number = f"{day}-{number}", number + 1
    return slug


def taken_by_others(parent: Page, beginning: str, page: Page) -> set[str]:
    """The names with `beginning` that pages other than `page` have, or ever had, below `parent`.

    (What was copied into the database past the models has a name, and no history.)
    """
    once = SlugRecord.objects.below(parent).exclude(page_id=page.pk)
    now = Page.objects.child_of(parent).exclude(pk=page.pk)
    return {
        slug
        for names in (once, now)
        for slug in names.filter(slug__startswith=beginning).values_list("slug", flat=True)
    }


def slug_at(parent: Page, page: Page) -> str:
    """What `page` was called below `parent`, where it once stood; else what it is called now."""
    own = SlugRecord.objects.below(parent).filter(page_id=page.pk).order_by("pk")
    return own.values_list("slug", flat=True).last() or page.slug
