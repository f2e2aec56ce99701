from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from branches.models import Branch
from home.logos import make_logo
from search.side_effects import after_commit


def follow_logo(instance: Branch, **kwargs: Any) -> None:
    after_commit(f"making the logo of {instance.code}", make_logo, instance)


def connect() -> None:
    post_save.connect(follow_logo, sender=Branch)
