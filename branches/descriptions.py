"""Alternative texts: which pictures still lack one, and where it is asked for.

A picture may be kept without; a piece is not submitted, and a logo not chosen, without those of
all its pictures. Somebody who cannot see them reads them instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from branches.models.media import BranchImage

if TYPE_CHECKING:
    from branches.models import Branch


def undescribed(keys: Iterable[str]) -> QuerySet[BranchImage]:
    """Those of the pictures with `keys` that nobody has described yet."""
    return BranchImage.objects.filter(pk__in=list(keys), description="")


def request_for(image: BranchImage) -> str:
    """What to do about `image`. (Wagtail's messages about forms take no links.)"""
    return _(
        "图片“%(title)s”还没有写图片上有什么，看不见图片的人就不知道。"
        "请点它旁边的“编辑”写好（首页“图片”一栏也列着它），再来提交。"
    ) % {"title": image.title}


def in_need_of_care(branches: Iterable[Branch]) -> QuerySet[BranchImage]:
    """The pictures of `branches` that lack a description or that readers do not get to see."""
    collections = [branch.media_collection_id for branch in branches]
    wrong = Q(description="") | Q(failed_at__isnull=False, is_public=True)
    return BranchImage.objects.filter(wrong, collection__in=collections).order_by("-created_at")
