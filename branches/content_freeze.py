"""Content freeze of files: what reviewers are shown is what becomes public.

A revision is fixed once it is submitted, but the pictures and documents in it are rows of their
own, which their branch may edit. So it is recorded which files a revision uses as soon as it is
submitted, made of a text under review, or scheduled; while it waits, `PublicOnceUsed` refuses what
would change or delete them. A record is never taken back, since such a revision is never written
over: whether it still waits is asked of the review itself.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, Revision, TaskState, WorkflowState
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from branches.media import FILE_MODELS
from branches.models.media import BranchDocument, BranchImage, PublicOnceUsed

#: The models for which Wagtail grants collections, see ``get_permission_policy`` of its apps.
GRANTED_FOR = {BranchImage: "wagtailimages.Image", BranchDocument: "wagtaildocs.Document"}


def files_of(page: Page, model: type[Any]) -> set[str]:
    """Keys of the files of `model` in the fields and texts of `page` as it is in memory."""
    wanted = ReferenceIndex._get_base_content_type(model).pk
    found = ReferenceIndex._extract_references_from_object(page)
    return {key for content_type, key, _model_path, _path in found if content_type == wanted}


@transaction.atomic
def freeze_files(revision: Revision) -> None:
    """Record which files `revision` uses.

    Their rows are locked: an edit under way is either seen by reviewers, or refused.
    """
    page = revision.as_object()
    for model in FILE_MODELS:
        files = model.objects.select_for_update().filter(pk__in=files_of(page, model))
        records = model.submitted_in.through
        key = records._meta.get_field(model._meta.model_name).attname
        records.objects.bulk_create(
            [records(**{key: file.pk}, revision=revision) for file in files.order_by("pk")],
            ignore_conflicts=True,
        )


def follow_submission(instance: TaskState, created: bool, **kwargs: Any) -> None:
    if created and instance.revision:
        freeze_files(instance.revision)


def follow_revision(instance: Revision, **kwargs: Any) -> None:
    """A revision that is scheduled, or that a reviewer makes of a text under review."""
    if instance.approved_go_live_at or is_under_review(instance):
        freeze_files(instance)


def is_under_review(revision: Revision) -> bool:
    return WorkflowState.objects.filter(
        base_content_type=revision.base_content_type_id,
        object_id=revision.object_id,
        status=WorkflowState.STATUS_IN_PROGRESS,
    ).exists()


def refuse_deletion(instance: PublicOnceUsed, **kwargs: Any) -> None:
    """A file is not deleted under the page that shows it, or is about to. PermissionDenied.

    Judged is the row as it is now, not as it was when somebody opened the screen.
    """
    file = type(instance)._default_manager.select_for_update().filter(pk=instance.pk).first()
    if file is None:
        return
    if file.is_public:
        raise PermissionDenied(_("已经公开的文件不能删除，请先把用到它的稿件下线。"))
    if file.awaits_publication:
        raise PermissionDenied(_("用到它的稿件正在审核或等着发布，不能删除。请先撤回那篇稿件。"))


class FrozenFilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions by collection, without deletion of what is frozen.

    `refuse_deletion` holds whatever the door; this keeps buttons that would be refused off the
    screens, and lets bulk deletion name what it leaves.
    """

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Any, instance: PublicOnceUsed
    ) -> bool:
        actions = set(actions)
        if "delete" in actions and instance.is_frozen:
            actions.remove("delete")
        return bool(actions) and super().user_has_any_permission_for_instance(
            user, actions, instance
        )


def connect() -> None:
    """Freeze what is submitted and scheduled, and hold whatever the door."""
    post_save.connect(follow_submission, sender=TaskState)
    post_save.connect(follow_revision, sender=Revision)
    for model in FILE_MODELS:
        pre_delete.connect(refuse_deletion, sender=model)
        policy = FrozenFilePolicy(model, GRANTED_FOR[model], owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
