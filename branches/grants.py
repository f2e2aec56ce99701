"""Grants of the groups of branches: which rights there are, and giving a group exactly some.

Who is granted what is said by `branches.provisioning`, which calls this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

PAGE_GRANTS = ("add_page", "change_page")
MEDIA_GRANTS = tuple(
    f"{action}_{model}" for action in ("add", "change", "choose") for model in ("image", "document")
)
#: What the editors of a successor may do with what a closed branch left.
INHERITED_PAGE_GRANTS = ("change_page",)
INHERITED_MEDIA_GRANTS = ("choose_image", "choose_document")
ADMIN_GRANTS = ("wagtailadmin.access_admin",)
#: What provincial moderators may do besides, for the whole site: app and codename.
PROVINCIAL_GRANTS = (
    "search.add_dictionaryentry",
    "search.change_dictionaryentry",
    "search.delete_dictionaryentry",
    "search.view_searchweek",
    "search.change_sharedquery",
    "wagtailsearchpromotions.add_searchpromotion",
    "wagtailsearchpromotions.change_searchpromotion",
    "wagtailsearchpromotions.delete_searchpromotion",
)


def permissions(grants: Iterable[str]) -> list[Permission]:
    """Those that `grants` name, each as app and codename, in one query."""
    wanted = set(grants)
    found = Permission.objects.filter(
        codename__in={grant.partition(".")[2] for grant in wanted}
    ).select_related("content_type")
    return [each for each in found if f"{each.content_type.app_label}.{each.codename}" in wanted]


def grant_pages(group: Group, grants: Mapping[Page, Iterable[str]]) -> None:
    """Let `group` do below each page what `grants` name for it, and nothing elsewhere."""
    known = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_GRANTS
    )
    keys = dict(known.values_list("codename", "pk"))
    wanted = {(page.pk, keys[name]) for page, names in grants.items() for name in names}
    page_grants = GroupPagePermission.objects.filter(group=group)
    held = {(g.page_id, g.permission_id): g.pk for g in page_grants}
    GroupPagePermission.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in sorted(wanted - held.keys())
    )


def grant_collection(group: Group, grants: Mapping[Collection | None, Iterable[str]]) -> None:
    """Let `group` do with files of each collection what `grants` name, and nothing elsewhere."""
    known = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=MEDIA_GRANTS
    )
    keys = dict(known.values_list("codename", "pk"))
    wanted = {
        (collection.pk, keys[name])
        for collection, names in grants.items()
        if collection
        for name in names
    }
    file_grants = GroupCollectionPermission.objects.filter(group=group)
    held = {(g.collection_id, g.permission_id): g.pk for g in file_grants}
    stale = [held[key] for key in held.keys() - wanted]
    GroupCollectionPermission.objects.filter(pk__in=stale).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=group, collection_id=collection_id, permission_id=permission
        )
        for collection_id, permission in sorted(wanted - held.keys())
    )
