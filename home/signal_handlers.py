from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from branches.models import Branch
from home.logos import make_logo


def follow_logo(instance: Branch, **kwargs: Any) -> None:
    transaction.on_commit(lambda: make_logo(instance), robust=True)


def connect() -> None:
    post_save.connect(follow_logo, sender=Branch)
