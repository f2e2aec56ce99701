"""Makes what a branch needs: page tree, groups with their grants, collections.

`provision` may be run any number of times: it makes what is missing, carries a changed name,
address or parent through, and touches nothing else. All or nothing, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    WorkflowPage,
)

from branches import sections
from branches.models import Branch, BranchPage, Membership, SectionPage
from branches.site_address import address_of_site, bring
from branches.workflow import ensure_workflow

PAGE_GRANTS = ("add_page", "change_page")
MEDIA_GRANTS = tuple(
    f"{action}_{model}" for action in ("add", "change", "choose") for model in ("image", "document")
)
MEDIA_COLLECTION = "本会素材"
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


@transaction.atomic
def provision(branch: Branch, locale: Locale | None = None) -> BranchPage:
    """Make or mend everything of `branch` in `locale` (the default language if None).

    The branches above are opened in that language first where they are not. Returns the
    branch's page.
    """
    locale = locale or Locale.get_default()
    ensure_groups(branch)
    ensure_collections(branch)
    page = ensure_branch_page(branch, locale)
    for section in sections.all_sections():
        ensure_section(page, section)
    ensure_grants(branch)
    return BranchPage.objects.get(pk=page.pk)


@transaction.atomic
def provision_all() -> int:
    """Bring every tree, in every language in which it is open, to the present set of sections.

    Returns the number of trees.
    """
    pages = BranchPage.objects.select_related("branch", "locale").order_by("path")
    for page in list(pages):
        provision(page.branch, page.locale)
    return len(pages)


def ensure_groups(branch: Branch) -> None:
    """The groups of the branch's editors and reviewers, under the branch's present name."""
    for role, field in (
        (Membership.Role.EDITOR, "editors"),
        (Membership.Role.REVIEWER, "reviewers"),
    ):
        name = f"{branch.division} {branch.code} {role.label}"
        group = getattr(branch, field)
        if group is None:
            setattr(branch, field, Group.objects.get_or_create(name=name)[0])
        elif group.name != name:
            group.name = name
            group.save(update_fields=["name"])
    branch.save(update_fields=["editors", "reviewers"])


def ensure_collections(branch: Branch) -> None:
    """A collection above those of the branches below, and a leaf for the branch's own files."""
    if branch.parent and branch.parent.collection_id is None:
        ensure_collections(branch.parent)
    above = branch.parent.collection_id if branch.parent else Collection.get_first_root_node().pk
    own = ensure_collection(branch.collection_id, above, branch.name)
    branch.collection = own
    branch.media_collection = ensure_collection(
        branch.media_collection_id, own.pk, MEDIA_COLLECTION
    )
    branch.save(update_fields=["collection", "media_collection"])


def ensure_collection(key: int | None, above: int | None, name: str) -> Collection:
    """The collection `key`, named `name`, below the collection `above`; a new one if `key` is None.

    Both are read anew: treebeard moves others aside, and trusts the places that it finds on
    instances.
    """
    parent = Collection.objects.get(pk=above)
    if key is None:
        return parent.add_child(name=name)
    collection = Collection.objects.get(pk=key)
    if collection.name != name:
        collection.name = name
        collection.save(update_fields=["name"])
    if not collection.is_child_of(parent):
        collection.move(parent, "sorted-child")
    return Collection.objects.get(pk=key)


def ensure_branch_page(branch: Branch, locale: Locale) -> BranchPage:
    """The branch's page in `locale`, where it belongs and named as the branch is."""
    parent = ensure_parent(branch, locale)
    page = BranchPage.objects.filter(branch=branch, locale=locale).first()
    if page is None:
        page = add_branch_page(branch, locale, parent)
    else:
        page = carry_through(page, branch, parent)
    if branch.parent is None:
        ensure_root(page)
    return page


def ensure_parent(branch: Branch, locale: Locale) -> Page:
    """The page under which the branch's page stands; the branch above is opened if need be."""
    if branch.parent is None:
        return Page.get_first_root_node()
    parent = BranchPage.objects.filter(branch=branch.parent, locale=locale).first()
    return parent or provision(branch.parent, locale)


def add_branch_page(branch: Branch, locale: Locale, parent: Page) -> BranchPage:
    page = BranchPage(
        branch=branch,
        locale=locale,
        title=branch.name_in(locale.language_code),
        slug=page_slug(branch, locale),
        show_in_menus=True,
    )
    sibling = BranchPage.objects.filter(branch=branch).first()
    if sibling is not None:
        page.translation_key = sibling.translation_key
    return parent.add_child(instance=page)


def page_slug(branch: Branch, locale: Locale) -> str:
    """The province's pages stand side by side under one root, and so are told apart by language."""
    if branch.parent is None and locale != Locale.get_default():
        return f"{branch.slug}-{locale.language_code}"
    return branch.slug


def carry_through(page: BranchPage, branch: Branch, parent: Page) -> BranchPage:
    """Bring a changed name, address or parent of `branch` to its page. Old addresses redirect.

    It moves first: redirects of a changed address are made when the transaction ends, from
    where the page stands in memory.
    """
    if not page.is_child_of(parent):
        page.move(parent, pos="last-child")
        page = BranchPage.objects.get(pk=page.pk)
    title, slug = branch.name_in(page.locale.language_code), page_slug(branch, page.locale)
    if (page.title, page.slug) != (title, slug):
        page.title = page.draft_title = title
        page.slug = slug
        page.save()
    return page


def ensure_root(page: BranchPage) -> None:
    """The province's page: root of the site at ``SITE_URL``, and where the review is hung up."""
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": ensure_workflow()})
    if page.locale != Locale.get_default():
        Site.clear_site_root_paths_cache()
        return
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    bring(site, {"root_page_id": page.pk, "site_name": page.title, **address_of_site()})


def ensure_section(page: BranchPage, section: sections.Section) -> SectionPage:
    """The page of `section` under `page`, with its present title and address."""
    model = section.page_class
    title = section.title_in(page.locale.language_code)
    found = model.objects.child_of(page).first()
    if found is None:
        return add_section(page, section, title)
    if (found.title, found.slug) != (title, section.slug):
        found.title = found.draft_title = title
        found.slug = section.slug
        found.save()
    return found


def add_section(page: BranchPage, section: sections.Section, title: str) -> SectionPage:
    model = section.page_class
    new = model(title=title, slug=section.slug, locale=page.locale, show_in_menus=True)
    sibling = model.objects.filter(branch=page.branch).first()
    if sibling is not None:
        new.translation_key = sibling.translation_key
    return BranchPage.objects.get(pk=page.pk).add_child(instance=new)


def ensure_grants(branch: Branch) -> None:
    """Grant editors the branch's sections and leaf collection, reviewers its page and collection.

    What flows down the tree from a reviewer's page are the branches below. The editors of a
    closed branch are granted nothing.
    """
    pages = list(BranchPage.objects.filter(branch=branch))
    own_sections = [
        child
        for page in pages
        for child in page.get_children()
        if child.specific_class is not BranchPage
    ]
    editors = Group.objects.get(edits_for=branch)
    reviewers = Group.objects.get(reviews_for=branch)
    grant_pages(editors, [] if branch.is_closed else own_sections)
    grant_pages(reviewers, pages)
    grant_collection(editors, None if branch.is_closed else branch.media_collection)
    grant_collection(reviewers, branch.collection)
    editors.permissions.set(permissions(ADMIN_GRANTS))
    everywhere = PROVINCIAL_GRANTS if branch.level == Branch.Level.PROVINCE else ()
    reviewers.permissions.set(permissions((*ADMIN_GRANTS, *everywhere)))


def permissions(grants: Iterable[str]) -> list[Permission]:
    """Those that `grants` name, each as app and codename, in one query."""
    wanted = set(grants)
    found = Permission.objects.filter(
        codename__in={grant.partition(".")[2] for grant in wanted}
    ).select_related("content_type")
    return [each for each in found if f"{each.content_type.app_label}.{each.codename}" in wanted]


def grant_pages(group: Group, pages: list[Page]) -> None:
    """Let `group` add and change below `pages`, and nowhere else."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_GRANTS
    )
    wanted = {(page.pk, permission.pk) for page in pages for permission in permissions}
    page_grants = GroupPagePermission.objects.filter(group=group)
    held = {(g.page_id, g.permission_id): g.pk for g in page_grants}
    GroupPagePermission.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in sorted(wanted - held.keys())
    )


def grant_collection(group: Group, collection: Collection | None) -> None:
    """Let `group` add, change and choose files in `collection`, and nowhere else."""
    permissions = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=MEDIA_GRANTS
    )
    wanted = {(collection.pk, p.pk) for p in permissions} if collection else set()
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
