"""A new site is rid of what Wagtail makes for it; what somebody has made their own stays."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from tests.project.programs import manage

#: Each way of making it one's own, alone, on a database as Wagtail and 0002 leave it.
PROGRAM = """
import json
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("branches", "0002_branches"), ("wagtaildocs", "0011_add_choose_permissions"),
    ("wagtailimages", "0023_add_choose_permissions"),
    ("wagtailadmin", "0001_create_admin_access_permissions")]

def to(*names):
    MigrationExecutor(connection).migrate(list(names))

def one(model, **which):
    return apps.get_model(model).objects.get(**which)

def left():
    names = {"groups": ("auth.Group", "name"), "workflows": ("wagtailcore.Workflow", "name"),
        "tasks": ("wagtailcore.Task", "name"), "sites": ("wagtailcore.Site", "hostname"),
        "pages": ("wagtailcore.Page", "slug")}
    return {key: sorted(apps.get_model(model).objects.values_list(field, flat=True))
        for key, (model, field) in names.items()}

def user_in_moderators():
    user = apps.get_model("branches.User").objects.create(username="somebody")
    user.groups.add(one("auth.Group", name="Moderators").pk)

def right_taken_from_editors():
    editors = one("auth.Group", name="Editors")
    editors.permissions.remove(editors.permissions.get(codename="delete_image"))

def right_given_to_editors():
    editors, moderators = one("auth.Group", name="Editors"), one("auth.Group", name="Moderators")
    editors.page_permissions.create(page_id=1, permission_id=moderators.page_permissions.get(
        permission__codename="publish_page").permission_id)

def task_of_editors():
    task = apps.get_model("wagtailcore.GroupApprovalTask").objects.create(
        name="Own", content_type_id=one("wagtailcore.GroupApprovalTask").content_type_id)
    task.groups.add(one("auth.Group", name="Editors").pk)

def workflow_with_another_task():
    task = apps.get_model("wagtailcore.Task").objects.create(
        name="Own", content_type_id=one("wagtailcore.Task").content_type_id)
    apps.get_model("wagtailcore.WorkflowTask").objects.create(
        workflow=one("wagtailcore.Workflow"), task_id=task.pk, sort_order=1)

def home_page_rewritten():
    apps.get_model("wagtailcore.Page").objects.filter(slug="home").update(title="Ours")

def site_renamed():
    apps.get_model("wagtailcore.Site").objects.update(hostname="example.org")

def nothing():
    pass

to(*BEFORE)
apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps
results = {"before": left()}
for change in (user_in_moderators, right_taken_from_editors, right_given_to_editors,
        task_of_editors, workflow_with_another_task, home_page_rewritten, site_renamed, nothing):
    connection.ensure_connection()
    kept = connection.connection.serialize()
    change()
    to(("branches", "0003_remove_wagtail_defaults"))
    results[change.__name__] = left()
    connection.connection.deserialize(kept)
print(json.dumps(results))
"""


@cache
def results() -> dict[str, Any]:
    done = manage("shell", "--no-imports", "-c", PROGRAM, DATABASE_URL="sqlite://:memory:")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


GONE: dict[str, list[str]] = {
    "groups": [],
    "workflows": [],
    "tasks": [],
    "sites": [],
    "pages": ["root"],
}
APPROVAL = "Moderators approval"
KEPT_REVIEW = {"groups": ["Moderators"], "workflows": [APPROVAL], "tasks": [APPROVAL]}


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("nothing", {}),
        ("user_in_moderators", KEPT_REVIEW),
        ("right_taken_from_editors", {"groups": ["Editors"]}),
        ("right_given_to_editors", {"groups": ["Editors"]}),
        ("task_of_editors", {"groups": ["Editors"], "tasks": ["Own"]}),
        ("workflow_with_another_task", KEPT_REVIEW | {"tasks": [APPROVAL, "Own"]}),
        ("home_page_rewritten", {"sites": ["localhost"], "pages": ["home", "root"]}),
        ("site_renamed", {"sites": ["example.org"], "pages": ["home", "root"]}),
    ],
)
def test_what_is_as_wagtail_made_it_goes_and_all_else_stays(
    change: str, kept: dict[str, list[str]]
) -> None:
    assert results()[change] == GONE | kept
