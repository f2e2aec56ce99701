"""Branches, people and pieces for tests, made by the same code that the site uses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.test import TestCase
from PIL import Image as PillowImage
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale

from branches.models import Branch, BranchImage, BranchPage, Membership, SectionPage, User
from branches.provisioning import provision
from stories.models import (
    ContentPage,
    ExplainerPage,
    ExplainerSection,
    NewsPage,
    NewsSection,
    StoryPage,
    StorySection,
    Topic,
)

_numbers = itertools.count(1)


def make_branch(slug: str, parent: Branch | None = None, **values: Any) -> Branch:
    """A provisioned branch under `parent`: province, then cities, then counties."""
    levels = [Branch.Level.PROVINCE, Branch.Level.CITY, Branch.Level.COUNTY]
    above = levels.index(Branch.Level(parent.level)) + 1 if parent else 0
    division = values.pop("division", f"{slug}区")
    branch = Branch(
        code=values.pop("code", f"{next(_numbers):06d}"),
        slug=slug,
        parent=parent,
        level=values.pop("level", levels[above]),
        division=division,
        name=values.pop("name", f"{division}红十字会"),
        **values,
    )
    branch.full_clean()
    branch.save()
    provision(branch)
    return branch


@dataclass(frozen=True)
class Line:
    """A province, two cities, and counties under the first: what most tests need."""

    province: Branch
    city: Branch
    other_city: Branch
    county: Branch
    other_county: Branch


def make_line() -> Line:
    province = make_branch("jilin", division="吉林省", code="220000")
    city = make_branch("changchun", province, division="长春市", code="220100")
    return Line(
        province=province,
        city=city,
        other_city=make_branch("yanbian", province, division="延边朝鲜族自治州", code="222400"),
        county=make_branch("nongan", city, division="农安县", code="220122"),
        other_county=make_branch("yushu", city, division="榆树市", code="220182"),
    )


def make_user(branch: Branch | None = None, role: str = "editor", **values: Any) -> User:
    """Somebody who may sign in (password ``secret``), as `role` of `branch` if one is given."""
    username = values.pop("username", f"user{next(_numbers)}")
    user = User.objects.create_user(username, f"{username}@example.org", "secret", **values)
    if branch is not None:
        Membership.objects.create(user=user, branch=branch, role=role)
    return user


def make_admin() -> User:
    return User.objects.create_superuser(f"admin{next(_numbers)}", "admin@example.org", "secret")


def branch_page(branch: Branch, language: str | None = None) -> BranchPage:
    locale = Locale.objects.get(language_code=language) if language else Locale.get_default()
    return BranchPage.objects.get(branch=branch, locale=locale)


def section(branch: Branch, model: type[SectionPage] = StorySection) -> SectionPage:
    """The section page of `branch` of the type `model`, in the default language."""
    return model.objects.child_of(branch_page(branch)).get()


SECTION_OF = {StoryPage: StorySection, NewsPage: NewsSection, ExplainerPage: ExplainerSection}


def make_piece(
    branch: Branch,
    model: type[ContentPage] = StoryPage,
    *,
    owner: User | None = None,
    live: bool = True,
    topics: tuple[str, ...] = ("first-aid",),
    text: str = "正文",
    **values: Any,
) -> Any:
    """A piece of `branch` with one revision, public unless `live` is False."""
    if model is ExplainerPage:
        values.setdefault("answer", "能。")
    piece = model(
        title=values.pop("title", f"标题{next(_numbers)}"),
        summary=values.pop("summary", "摘要"),
        body=[("text", f"<p>{text}</p>")],
        owner=owner,
        live=False,
        **values,
    )
    section(branch, SECTION_OF[model]).add_child(instance=piece)
    piece.topics.set(Topic.objects.filter(slug__in=topics))
    piece.save()
    revision = piece.save_revision(user=owner)
    if live:
        publish(revision)
    return model.objects.get(pk=piece.pk)


def publish(revision: Any) -> None:
    """Publish `revision` as the last approval does, with what is done after the commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        PublishPageRevisionAction(revision).execute(skip_permission_checks=True)


def give_logo(branch: Branch) -> None:
    """Give `branch` a logo, with what is done after the commit."""
    branch.logo = make_image(branch)
    with TestCase.captureOnCommitCallbacks(execute=True):
        branch.save()


def make_image(branch: Branch, user: User | None = None, **values: Any) -> BranchImage:
    """A small picture in the branch's collection."""
    buffer = BytesIO()
    PillowImage.new("RGB", (640, 400), (180, 90, 60)).save(buffer, "JPEG")
    name = f"picture{next(_numbers)}.jpg"
    return BranchImage.objects.create(
        title=values.pop("title", name),
        description=values.pop("description", "一张测试图片"),
        file=ImageFile(BytesIO(buffer.getvalue()), name=name),
        collection=branch.media_collection,
        uploaded_by_user=user,
        **values,
    )
