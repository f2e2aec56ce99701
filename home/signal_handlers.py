from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from branches.media import update_publicity
from branches.models import Branch, BranchImage
from home.logos import make_logo
from search.side_effects import after_commit


def follow_logo(instance: Branch, **kwargs: Any) -> None:
    """Let the public fetch the logo, and make it small."""
    if instance.logo_id is not None:
        update_publicity(BranchImage, {str(instance.logo_id)})
        after_commit(f"making the logo of {instance.code}", make_logo, instance)


def connect() -> None:
    post_save.connect(follow_logo, sender=Branch)
