from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from branches.models import BranchImage
from search.side_effects import after_commit
from stories.pictures import make_renditions
from stories.references import images_used_by
from stories.suggestions import follow_publication, follow_withdrawal


def prepare_pictures(instance: Page, **kwargs: Any) -> None:
    """Make at publication what readers will load, so that the first one does not wait.

    After the commit, and whatever comes of it: the piece is public already.
    """
    images = BranchImage.objects.filter(pk__in=images_used_by(instance))
    after_commit(f"making the pictures of page {instance.pk}", make_renditions, images)


def connect() -> None:
    page_published.connect(prepare_pictures)
    page_published.connect(follow_publication)
    page_unpublished.connect(follow_withdrawal)
