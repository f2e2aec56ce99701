"""Makes what a branch needs: page tree, groups with their grants, collections.

`provision` may be run any number of times: it makes what is missing, carries a changed name,
address or parent through, and touches nothing else. All or nothing, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    Collection,
    Locale,
    Page,
    Site,
    WorkflowPage,
)

from branches import sections
from branches.grants import (
    ADMIN_GRANTS,
    INHERITED_MEDIA_GRANTS,
    INHERITED_PAGE_GRANTS,
    MEDIA_GRANTS,
    PAGE_GRANTS,
    PROVINCIAL_GRANTS,
    grant_collection,
    grant_pages,
    permissions,
)
from branches.models import Branch, BranchPage, Membership, SectionPage
from branches.site_address import address_of_site, bring
from branches.succession import heir_of, inherited_by
from branches.workflow import ensure_workflow
from search.side_effects import after_commit

MEDIA_COLLECTION = "本会素材"


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
    """Bring a changed name, address or parent of `branch` to its page. Old addresses redirect."""
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
    forget_roots()
    if page.locale != Locale.get_default():
        return
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    bring(site, {"root_page_id": page.pk, "site_name": page.title, **address_of_site()})


def forget_roots() -> None:
    """Let the roots of the site be looked up anew: now, and once more when others can see them,
    who may have looked up the former ones meanwhile."""
    Site.clear_site_root_paths_cache()
    after_commit("forgetting the roots of the site", Site.clear_site_root_paths_cache)


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
    closed branch are granted nothing: those of its heir may change what is there.
    """
    grant_editors(branch)
    reviewers = Group.objects.get(reviews_for=branch)
    grant_pages(reviewers, dict.fromkeys(BranchPage.objects.filter(branch=branch), PAGE_GRANTS))
    grant_collection(reviewers, {branch.collection: MEDIA_GRANTS})
    everywhere = PROVINCIAL_GRANTS if branch.level == Branch.Level.PROVINCE else ()
    reviewers.permissions.set(permissions((*ADMIN_GRANTS, *everywhere)))
    if branch.is_closed and (heir := heir_of(branch)):
        grant_editors(heir)


def grant_editors(branch: Branch) -> None:
    """Let the editors of `branch` write there, and go on with what closed branches left to it.

    Those are changed and submitted, with the files that are there; nothing new is begun.
    """
    editors = Group.objects.get(edits_for=branch)
    inherited = inherited_by({branch.pk})
    own = [] if branch.is_closed else [branch]
    sections_left = dict.fromkeys(sections_in(inherited), INHERITED_PAGE_GRANTS)
    grant_pages(editors, sections_left | dict.fromkeys(sections_in(own), PAGE_GRANTS))
    files_left = {each.media_collection: INHERITED_MEDIA_GRANTS for each in inherited}
    grant_collection(editors, files_left | {each.media_collection: MEDIA_GRANTS for each in own})
    editors.permissions.set(permissions(ADMIN_GRANTS))


def sections_in(branches: Iterable[Branch]) -> list[Page]:
    """The sections of `branches`, in every language."""
    return [
        child
        for page in BranchPage.objects.filter(branch__in=[branch.pk for branch in branches])
        for child in page.get_children()
        if child.specific_class is not BranchPage
    ]
