"""Letters about the review: to who reviews next, and to who wrote the text.

They take the place of Wagtail's, which know only its own kind of task, and which break the
action where the mail server is away. Ours are written and leave after the transaction: whatever
goes wrong with one is logged, and nobody else hears of it. Who does not want them says so in the
account settings, as with Wagtail's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from smtplib import SMTPServerDisconnected
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.users.models import UserProfile

from branches.models.user import User
from branches.publication_window import standing
from branches.rounds import approvers_of_returned, rounds_of
from branches.routing import absolute
from branches.succession import caretakers_of
from search.sanitizing import one_line, sanitize
from search.side_effects import after_commit

if TYPE_CHECKING:
    from branches.models import BranchReviewTask

logger = logging.getLogger(__name__)

#: What says that the mail server is gone, so that no further letter need be tried.
GONE = (ConnectionError, TimeoutError, SMTPServerDisconnected)
#: Wagtail's own letters are connected under these names after ours, and so are left out.
STOCK_UIDS = {
    workflow_submitted: "workflow_state_submitted_email_notification",
    workflow_approved: "workflow_state_approved_email_notification",
    workflow_rejected: "workflow_state_rejected_email_notification",
}


def connect() -> None:
    task_submitted.connect(on_step, dispatch_uid="branches.mail.step")
    for signal, handler in (
        (workflow_submitted, on_submitted),
        (workflow_approved, on_approved),
        (workflow_rejected, on_returned),
    ):
        signal.connect(handler, sender=WorkflowState, dispatch_uid=STOCK_UIDS[signal])


def on_step(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    later(tell_reviewers, instance.pk, user)


def on_submitted(**kwargs: Any) -> None:
    """Nobody hears of a submission as such: who reviews hears of the step."""


def on_approved(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    later(tell_approved, instance, user)


def on_returned(instance: WorkflowState, user: User | None = None, **kwargs: Any) -> None:
    later(tell_returned, instance, user)
    later(tell_approvers_of_returned, instance, user)


def on_taken_offline(page: Page, user: User, reason: str) -> None:
    later(tell_taken_offline, page, user, reason)


def later(tell: Callable[..., None], about: object, *more: Any) -> None:
    """Write and send the letters of `tell` when the transaction is through."""
    which = getattr(about, "pk", about)
    after_commit(f"{tell.__name__} of {which}", tell, about, *more)


def tell_reviewers(state_pk: int, user: User | None) -> None:
    """Tell those whose step it is that a text waits, unless the step is over by now."""
    from branches.workflow import reviewers_of_step

    state = TaskState.objects.select_related("workflow_state").get(pk=state_pk)
    task: BranchReviewTask = state.task.specific
    if state.status != TaskState.STATUS_IN_PROGRESS or not hasattr(task, "level"):
        return
    page = state.workflow_state.content_object
    review = state.workflow_state
    returned = rounds_of(review).last_return
    context = letter_about(page, author=review.requested_by, returned=returned)
    context["address"] = admin_address("branches_review:piece", state.pk)
    subject = _("请审核：%(title)s") % context
    send(
        wanting("submitted", reviewers_of_step(page, task.level), user),
        subject,
        "submitted",
        context,
    )


def tell_approved(review: WorkflowState, user: User | None) -> None:
    page = Page.objects.get(pk=review.object_id)
    is_public = page.live and not page.approved_schedule
    context = letter_about(
        page, standing=standing(page), public_address=absolute(page.url) if is_public else ""
    )
    subject = _("已采用：%(title)s") % context
    send(wanting("approved", authors(review, page), user), subject, "approved", context)


def tell_returned(review: WorkflowState, user: User | None) -> None:
    page = Page.objects.get(pk=review.object_id)
    comment = review.current_task_state.comment
    context = letter_about(page, comment=comment, reviewer=user)
    subject = _("被退回：%(title)s") % context
    send(wanting("rejected", authors(review, page), user), subject, "returned", context)


def tell_approvers_of_returned(review: WorkflowState, user: User | None) -> None:
    """Tell who approved the text at a lower step that it was returned further up, and why."""
    page = Page.objects.get(pk=review.object_id)
    state = review.current_task_state
    context = letter_about(page, comment=state.comment, reviewer=user)
    context["address"] = admin_address("branches_review:piece", state.pk)
    subject = _("你采用的稿件被退回：%(title)s") % context
    people = wanting("rejected", approvers_of_returned(review), user)
    send(people, subject, "returned_further_up", context)


def tell_taken_offline(page: Page, user: User, reason: str) -> None:
    """Tell who wrote `page`, and who submitted it last, that it is offline and why."""
    review = page.workflow_states.order_by("-created_at").first()
    context = letter_about(page, reason=reason, reviewer=user)
    people = wanting("rejected", authors(review, page), user)
    send(people, _("已下线：%(title)s") % context, "offline", context)


def authors(review: WorkflowState | None, page: Page) -> set[User]:
    """Who wrote `page` or submitted it; and who goes on with it where its branch is closed."""
    keys = {page.owner_id, review.requested_by_id if review else None} - {None}
    return {*User.objects.filter(pk__in=keys), *caretakers_of(page)}


def letter_about(page: Page, **more: Any) -> dict[str, Any]:
    """What every letter needs: the title, and where to go on in the CMS."""
    edit = admin_address("wagtailadmin_pages:edit", page.pk)
    return {
        "title": page.get_admin_display_title(),
        "address": edit,
        "site_name": settings.WAGTAIL_SITE_NAME,
        **more,
    }


def admin_address(name: str, pk: int) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=(pk,))}"


def wanting(kind: str, people: Iterable[User], actor: User | None) -> list[str]:
    """Addresses of those of `people` who take letters of this `kind`; never who acted."""
    return [
        person.email
        for person in people
        if person.is_active
        and person.email
        and person != actor
        and getattr(UserProfile.get_for_user(person), f"{kind}_notifications")
    ]


def send(addresses: list[str], subject: str, name: str, context: dict[str, Any]) -> None:
    """Send a letter of its own, of the kind `name`, to each address."""
    if not addresses:
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = sanitize(render_to_string(f"branches/admin/mail/{name}.txt", context))
    headers = {"Auto-Submitted": "auto-generated"}
    subject = one_line(subject)  # no mail server takes a line break
    letters = [EmailMessage(subject, text, to=[each], headers=headers) for each in addresses]
    try:
        deliver(letters)
    except GONE:
        logger.exception("The mail server is gone: %d letters (%s) are lost.", len(letters), name)


def deliver(letters: Iterable[EmailMessage]) -> None:
    """Each by itself: one that the mail server refuses keeps none of the others back."""
    with get_connection() as connection:
        for letter in letters:
            try:
                connection.send_messages([letter])
            except GONE:
                raise
            except Exception:
                logger.exception("A letter was not sent: %r.", letter.subject)
