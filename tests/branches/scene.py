"""A province in which two counties work beside each other: one has what the other must not see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest import mock

from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Locale, Revision, TaskState, WorkflowState

from branches.models import Branch, BranchDocument, BranchImage, Membership, User
from stories.models import StoryPage
from tests.factories import Line, make_admin, make_image, make_line, make_piece, make_user

#: In every title, name and text of the other county that is not public.
SECRET = "不可外传"


@dataclass(frozen=True)
class Theirs:
    """What the county 榆树 (`Line.other_county`) has, in every state that a text can be in."""

    branch: Branch
    editor: User
    live: StoryPage
    draft: StoryPage
    submitted: StoryPage
    scheduled: StoryPage
    image: BranchImage
    document: BranchDocument

    @property
    def pieces(self) -> tuple[StoryPage, ...]:
        return (self.live, self.draft, self.submitted, self.scheduled)

    @property
    def review(self) -> WorkflowState:
        return self.submitted.workflow_states.get()

    @property
    def step(self) -> TaskState:
        return self.review.current_task_state

    @property
    def revision(self) -> Revision:
        return self.draft.latest_revision


@dataclass(frozen=True)
class Scene:
    """`theirs`, those to whom it is closed, and those who may.

    :param outsiders: by what they are; none of them has anything to do with `theirs`.
    """

    line: Line
    theirs: Theirs
    mine: StoryPage
    outsiders: dict[str, User]
    city_reviewer: User
    admin: User


def make_scene() -> Scene:
    line = make_line()
    both = make_user(line.county)
    Membership.objects.create(user=both, branch=line.other_city, role="reviewer")
    outsiders = {
        "editor of a county": make_user(line.county),
        "reviewer of a county": make_user(line.county, "reviewer"),
        "editor of the city above": make_user(line.city),
        "reviewer of another city": make_user(line.other_city, "reviewer"),
        "editor of the province": make_user(line.province),
        "member of two other branches": both,
        "member of nothing": make_user(),
    }
    return Scene(
        line=line,
        theirs=make_theirs(line.other_county),
        mine=make_piece(line.county, owner=outsiders["editor of a county"], live=False),
        outsiders=outsiders,
        city_reviewer=make_user(line.city, "reviewer"),
        admin=make_admin(),
    )


def make_theirs(branch: Branch) -> Theirs:
    editor = make_user(branch, username="their-editor", last_name=SECRET)
    make_user(branch, "reviewer", username="their-reviewer", last_name=SECRET)
    image = make_image(branch, editor, title=f"{SECRET}的图片")
    draft = make_piece(branch, owner=editor, live=False, title=f"{SECRET}的草稿", lead_image=image)
    submitted = make_piece(branch, owner=editor, live=False, title=f"{SECRET}的送审稿")
    submitted.get_workflow().start(submitted, editor)
    return Theirs(
        branch=branch,
        editor=editor,
        live=make_changed(branch, editor),
        draft=draft,
        submitted=StoryPage.objects.get(pk=submitted.pk),
        scheduled=make_scheduled(branch, editor),
        image=image,
        document=make_document(branch, editor, title=f"{SECRET}的文件"),
    )


def make_changed(branch: Branch, editor: User) -> StoryPage:
    """A public piece to which somebody has begun a change."""
    piece = make_piece(branch, owner=editor, title="已经公开的稿件")
    piece.title = f"{SECRET}的新标题"
    piece.save_revision(user=editor)
    return StoryPage.objects.get(pk=piece.pk)


def make_scheduled(branch: Branch, editor: User) -> StoryPage:
    """An approved piece whose hour has not come."""
    piece = make_piece(
        branch,
        owner=editor,
        title=f"{SECRET}的定时稿",
        go_live_at=timezone.now() + timedelta(days=1),
    )
    assert not piece.live
    return piece


def make_document(branch: Branch, user: User | None = None, **values: Any) -> BranchDocument:
    """A small text file in the branch's collection."""
    return BranchDocument.objects.create(
        title=values.pop("title", "文件"),
        file=ContentFile(b"to whom it may concern", name=values.pop("name", "paper.txt")),
        collection=branch.media_collection,
        uploaded_by_user=user,
        **values,
    )


def plain_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("Not found", status=404)


class WithPlainErrors(TestCase):
    """Thousands of refusals, and no need to render the helpful page for each."""

    def setUp(self) -> None:
        patch = mock.patch("config.urls.handler404", plain_not_found)
        patch.start()
        self.addCleanup(patch.stop)


def make_locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]
