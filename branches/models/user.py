from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.text_fields import Sanitized


class User(Sanitized, AbstractUser):
    """Somebody who signs in: an officer, a reviewer, an administrator.

    What a user may do comes from :class:`branches.models.Membership` alone. `last_branch` is the
    one of the latest membership, kept when that has ended: its line may take the person back.
    """

    last_branch = models.ForeignKey(
        "branches.Branch",
        verbose_name=_("最近所在的分会"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def get_full_name(self) -> str:
        """Family name first and no space between, as Chinese and Korean names are written."""
        return f"{self.last_name}{self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
