#!/usr/bin/env bash
# wagtail 8.0.1 (with Django 5.2.19, Python 3.11): which revision an approval is kept with.
#
# A page is submitted with revision A. While the only step waits, the page is saved again, as
# revision B. Then the step is approved; WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT is True.
# One would expect the approval to be kept with B, the text that stood before the reviewer, and the
# review to end. Wagtail keeps it with A, the revision at which the step *began*, and therefore
# asks the same step a second time, with B. So "approved" in the history names a text that the
# reviewer never saw. Output seen:
#
#     approved: revision A
#     after the first approval: in_progress, the step waits again, with revision B
#     after the second approval: approved
#
# Ends with 1 where that has changed.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check wagtail==8.0.1 Django==5.2.19
cat > "$here/try_it.py" <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.admin", "wagtail",
        "modelcluster", "taggit", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="x",
    WAGTAILADMIN_BASE_URL="http://localhost",
    WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT=True,
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    ROOT_URLCONF="wagtail.admin.urls",
)
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowState, WorkflowTask

call_command("migrate", verbosity=0)
author = get_user_model().objects.create_superuser("author", "a@example.org", "x")
reviewer = get_user_model().objects.create_superuser("reviewer", "r@example.org", "x")
workflow = Workflow.objects.create(name="review")
task = GroupApprovalTask.objects.create(name="step")
WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)

page = Page.objects.get(depth=1).add_child(instance=Page(title="first", slug="piece", live=False))
names = {page.save_revision(user=author).pk: "A"}
state = workflow.start(page, author)
step = state.current_task_state
page = Page.objects.get(pk=page.pk)
page.title = "second"
names[page.save_revision(user=author).pk] = "B"

TaskState.objects.get(pk=step.pk).specific.approve(user=reviewer)
step = TaskState.objects.get(pk=step.pk)
state = WorkflowState.objects.get(pk=state.pk)
again = state.current_task_state
print("approved: revision", names[step.revision_id])
print(f"after the first approval: {state.status}, the step waits again, with revision",
      names[again.revision_id])
first = (names[step.revision_id], state.status, again.pk != step.pk, names[again.revision_id])
if state.status == "in_progress":
    TaskState.objects.get(pk=again.pk).specific.approve(user=reviewer)
    state = WorkflowState.objects.get(pk=state.pk)
print("after the second approval:", state.status)
raise SystemExit((*first, state.status) != ("A", "in_progress", True, "B", "approved"))
PYTHON
"$here/venv/bin/python" "$here/try_it.py"
