"""The editing form: what an officer is offered, what is said afterwards, taking back, pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from branches.models import Branch, BranchImage, User
from stories.models import StoryPage, StorySection, Topic
from tests.branches.forms import story_form
from tests.factories import Line, make_image, make_line, make_piece, make_user, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of_story(**changes: Any) -> dict[str, Any]:
    """What the browser sends for a new story, with all that is required."""
    topics = changes.pop("topics", [Topic.objects.get(slug="first-aid").pk])
    story = {
        "title": "雪夜里的一碗热汤",
        "summary": "两句话说清楚。",
        "body": streamfield([("text", rich_text("<p>雪下得很大。</p>"))]),
        "kind": "activity",
        "date": "2026-11-23",
        "audience": "own",
        "comments": inline_formset([]),
    }
    return nested_form_data(story | changes) | {"topics": topics}


def add_address(line: Line) -> str:
    parent = section(line.county, StorySection)
    return reverse("wagtailadmin_pages:add", args=("stories", "storypage", parent.pk))


def edit_address(piece: StoryPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=(piece.pk,))


def test_the_form_offers_saving_and_submitting_in_plain_words(line: Line) -> None:
    body = signed_in(make_user(line.county)).get(add_address(line)).content.decode()
    assert "保存草稿" in body
    assert "提交审核" in body
    for name in ("action-publish", "action-unpublish", "action-restart-workflow"):
        assert name not in body


def test_a_new_story_begins_with_a_paragraph(line: Line) -> None:
    assert StoryPage().body[0].block_type == "text"


def test_a_submission_says_who_reviews_next(line: Line) -> None:
    make_user(line.county, "reviewer", last_name="王", first_name="一")
    client = signed_in(make_user(line.county))
    data = form_of_story() | {"action-submit": "提交审核"}
    response = client.post(add_address(line), data, follow=True)
    assert response.redirect_chain, response.context["form"].errors
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    assert "接下来由农安县红十字会的王一审核" in response.content.decode()
    assert StoryPage.objects.get().current_workflow_state.status == "in_progress"


def test_a_story_without_topic_is_not_submitted(line: Line) -> None:
    client = signed_in(make_user(line.county))
    data = form_of_story(topics=[]) | {"action-submit": "提交审核"}
    response = client.post(add_address(line), data)
    assert "请看标红的地方" in response.content.decode()
    assert not StoryPage.objects.exists()


def test_a_new_text_is_not_saved_by_itself(line: Line) -> None:
    """Else it is there twice where the officer submits meanwhile."""
    client = signed_in(make_user(line.county))
    assert "w-autosave#save" not in client.get(add_address(line)).content.decode()


def test_a_draft_saves_itself_but_a_text_under_review_does_not(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    assert "w-autosave#save" in signed_in(editor).get(edit_address(piece)).content.decode()
    piece.get_workflow().start(piece, editor)
    assert "w-autosave#save" not in signed_in(reviewer).get(edit_address(piece)).content.decode()


def test_who_opens_a_returned_text_reads_why(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    piece.get_workflow().start(piece, editor)
    state = piece.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, "reject", comment="请写明日期")
    body = signed_in(editor).get(edit_address(piece)).content.decode()
    assert "退回了这篇稿件：请写明日期" in body
    assert "再次提交审核" in body


def test_the_submitter_takes_a_submission_back(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    piece.get_workflow().start(piece, editor)
    client = signed_in(editor)
    assert "撤回" in client.get(edit_address(piece)).content.decode()
    withdraw = reverse("branches_review:withdraw", args=(piece.pk,))
    assert client.get(withdraw).status_code == 405
    assert signed_in(reviewer).post(withdraw).status_code == 403
    assert signed_in(make_user(line.other_county)).post(withdraw).status_code == 404
    assert client.post(withdraw).headers["Location"] == edit_address(piece)
    assert StoryPage.objects.get(pk=piece.pk).current_workflow_state is None
    assert client.post(withdraw).headers["Location"] == reverse("wagtailadmin_home")


def test_the_form_takes_a_submission_back_as_well(line: Line) -> None:
    editor = make_user(line.county)
    piece = make_piece(line.county, owner=editor, live=False)
    piece.get_workflow().start(piece, editor)
    signed_in(editor).post(edit_address(piece), form_of_story() | {"action-cancel-workflow": "1"})
    assert StoryPage.objects.get(pk=piece.pk).current_workflow_state is None


def test_preview_is_in_the_size_of_a_phone_and_of_a_desktop_computer(line: Line) -> None:
    assert [size["label"] for size in StoryPage().preview_sizes] == ["手机", "电脑"]


def test_no_permission_is_said_in_plain_words(line: Line) -> None:
    piece = make_piece(line.county)
    parent = section(line.county, StorySection)
    client = signed_in(make_user(line.county))
    edit = reverse("wagtailadmin_pages:edit", args=(parent.pk,))
    response = client.get(edit, follow=True)
    assert "没有这项权限" in response.content.decode()
    stranger = signed_in(make_user(line.other_county)).get(edit_address(piece))
    assert stranger.status_code == 404
    assert "没有这个页面" in stranger.content.decode()


def picture(name: str = "a.jpg") -> SimpleUploadedFile:
    buffer = BytesIO()
    PillowImage.new("RGB", (40, 30), (180, 90, 60)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("wagtailimages:add", ""), ("wagtailimages_chooser:create", "image-chooser-upload-")],
)
def test_no_picture_is_uploaded_without_saying_what_is_on_it(
    line: Line, name: str, prefix: str
) -> None:
    client = signed_in(make_user(line.county))
    for description, number in (("", 0), ("志愿者在教室里", 1)):
        data = {
            "title": "图",
            "description": description,
            "file": picture(),
            "collection": line.county.media_collection_id,
        }
        client.post(reverse(name), {f"{prefix}{key}": value for key, value in data.items()})
        assert BranchImage.objects.count() == number


def test_many_pictures_are_kept_and_wait_for_their_descriptions(line: Line) -> None:
    client = signed_in(make_user(line.county))
    ajax = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    answer = client.post(
        reverse("wagtailimages:add_multiple"), {"files[]": picture(), "title": "图"}, **ajax
    ).json()
    assert answer["success"]
    image = BranchImage.objects.get()
    assert (image.description, image.collection) == ("", line.county.media_collection)
    assert client.get("/admin/").content.decode().count(f"/admin/images/{image.pk}/") == 1
    assert "待写说明" in client.get(reverse("wagtailimages:index")).content.decode()
    edit = reverse("wagtailimages:edit_multiple", args=(image.pk,))
    prefix = f"image-{image.pk}"
    said = client.post(edit, {f"{prefix}-title": "图", f"{prefix}-description": ""}, **ajax)
    assert not said.json()["success"]
    client.post(edit, {f"{prefix}-title": "图", f"{prefix}-description": "教室里"}, **ajax)
    assert BranchImage.objects.get().description == "教室里"
    assert f"/admin/images/{image.pk}/" not in client.get("/admin/").content.decode()


def test_a_piece_is_submitted_once_its_pictures_are_described(line: Line) -> None:
    editor = make_user(line.county)
    make_user(line.county, "reviewer")
    client = signed_in(editor)
    lead, within = (make_image(line.county, editor, description="") for _ in range(2))
    piece = make_piece(line.county, owner=editor, live=False)
    address = reverse("wagtailadmin_pages:edit", args=(piece.pk,))
    form = story_form(
        title="带图的稿件",
        lead_image=lead.pk,
        blocks=[("picture", {"image": within.pk, "caption": ""})],
    )
    assert client.post(address, form).status_code == 302
    refused = client.post(address, form | {"action-submit": "1"})
    assert refused.status_code == 200
    for image in (lead, within):
        assert f"图片“{image.title}”还没有写图片上有什么" in refused.content.decode()
    assert not piece.workflow_states.exists()
    BranchImage.objects.update(description="教室里")
    client.post(address, form | {"action-submit": "1"})
    assert piece.workflow_states.exists()


def test_a_logo_is_chosen_once_it_is_described(line: Line) -> None:
    client = signed_in(make_user(line.county, "reviewer"))
    image = make_image(line.county, description="")
    address = reverse("branches_branches:profile", args=(line.county.pk,))
    assert "还没有写图片上有什么" in client.post(address, {"logo": image.pk}).content.decode()
    assert not Branch.objects.filter(logo=image).exists()
