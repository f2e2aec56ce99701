"""Remove what Wagtail makes for every new site, and what would open doors here.

Its groups 'Moderators' and 'Editors' hold rights over the whole tree, publishing included; its
workflow lets a text pass without the branch line; its welcome page is nobody's. Only what is
still as Wagtail made it is removed: with other rights, members, uses or words it is somebody's,
and stays. Not reversible in detail, so the reverse does nothing.
"""

from django.db import migrations

FILE_RIGHTS = {
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
}
RIGHTS = FILE_RIGHTS | {
    "wagtailadmin.access_admin",
    "wagtaildocs.delete_document",
    "wagtailimages.delete_image",
}
#: Granted by wagtail-localize, where its migrations come first.
LOCALIZE_RIGHTS = {"wagtail_localize.submit_translation"}
PAGE_RIGHTS = {
    "Editors": {"add_page", "change_page"},
    "Moderators": {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
}
APPROVAL = "Moderators approval"
WELCOME = "Welcome to your new Wagtail site!"


def remove_defaults(apps, schema_editor):
    workflow = stock_workflow(apps)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=PAGE_RIGHTS):
        approves = workflow is not None and group.name == "Moderators"
        if has_stock_rights(group) and not is_used(
            group,
            *("page_permissions", "collection_permissions"),
            *(("groupapprovaltask",) if approves else ()),
        ):
            if approves:
                remove_workflow(workflow)
            group.delete()
    remove_welcome_page(apps)


def is_used(instance, *known):
    """Whether anything refers to `instance` but through the relations called `known`."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: instance}).exists()
        for relation in instance._meta.related_objects
        if relation.name not in known
    )


def has_stock_rights(group):
    rights = {
        f"{app}.{name}"
        for app, name in group.permissions.values_list("content_type__app_label", "codename")
    }
    on_pages = set(group.page_permissions.values_list("page__depth", "permission__codename"))
    on_files = {
        (depth, f"{app}.{name}")
        for depth, app, name in group.collection_permissions.values_list(
            "collection__depth", "permission__content_type__app_label", "permission__codename"
        )
    }
    return (
        rights - LOCALIZE_RIGHTS == RIGHTS
        and on_pages == {(1, name) for name in PAGE_RIGHTS[group.name]}
        and on_files == {(1, right) for right in FILE_RIGHTS}
    )


def stock_workflow(apps):
    """Wagtail's workflow, if it hangs at the root alone, has its one task, and was never used."""
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    workflow = workflows.filter(name=APPROVAL, active=True).first()
    if workflow is None or is_used(workflow, "workflow_pages", "workflow_tasks"):
        return None
    if list(workflow.workflow_pages.values_list("page__depth", flat=True)) != [1]:
        return None
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(
        workflow_tasks__workflow=workflow
    )
    names = list(tasks.values_list("name", "active", "groups__name"))
    if workflow.workflow_tasks.count() != 1 or names != [(APPROVAL, True, "Moderators")]:
        return None
    in_use = is_used(tasks.get().task_ptr, "workflow_tasks", "groupapprovaltask")
    return None if in_use else workflow


def remove_workflow(workflow):
    task = workflow.workflow_tasks.get().task
    workflow.delete()
    task.delete()


def remove_welcome_page(apps):
    page_model = apps.get_model("wagtailcore", "Page")
    welcome = page_model.objects.filter(
        depth=2,
        slug="home",
        title=WELCOME,
        draft_title=WELCOME,
        content_type__app_label="wagtailcore",
        numchild=0,
        owner=None,
        latest_revision=None,
    ).first()
    if welcome is None or is_used(welcome, "sites_rooted_here"):
        return
    stock = {"hostname": "localhost", "port": 80, "site_name": ""}
    if welcome.sites_rooted_here.exclude(**stock).exists():
        return
    welcome.sites_rooted_here.all().delete()
    page_model.objects.filter(pk=welcome.pk).delete()
    root = page_model.objects.get(depth=1)
    root.numchild -= 1
    root.save()


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0002_branches"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]
    operations = [migrations.RunPython(remove_defaults, migrations.RunPython.noop)]
