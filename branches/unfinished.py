"""Work in progress: how many texts of a branch wait, and for what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page, Revision, WorkflowState

from branches.models import Branch
from branches.provisioning import sections_in


@dataclass(frozen=True)
class Unfinished:
    """How many wait, and for what. A change to a public text counts like a text.

    :param in_review: for a reviewer.
    :param returned: for somebody to mend them.
    :param scheduled: approved, for their hour.
    :param drafts: for somebody to submit them.
    """

    in_review: int
    returned: int
    scheduled: int
    drafts: int


def unfinished_of(branch: Branch) -> Unfinished:
    """What is unfinished in the sections of `branch`, in every language."""
    within = Q(pk=None)
    for section in sections_in([branch]):
        within |= Q(path__startswith=section.path)
    begun = Page.objects.filter(within, Q(live=False) | Q(has_unpublished_changes=True))
    keys = {str(pk) for pk in begun.exclude(latest_revision=None).values_list("pk", flat=True)}
    reviews = WorkflowState.objects.active().filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=keys,
    )
    states = dict(reviews.values_list("object_id", "status"))
    approved = Revision.page_revisions.filter(
        object_id__in=keys - states.keys(), approved_go_live_at__isnull=False
    )
    scheduled = set(approved.values_list("object_id", flat=True))
    found = list(states.values())
    return Unfinished(
        in_review=found.count(WorkflowState.STATUS_IN_PROGRESS),
        returned=found.count(WorkflowState.STATUS_NEEDS_CHANGES),
        scheduled=len(scheduled),
        drafts=len(keys - states.keys() - scheduled),
    )
