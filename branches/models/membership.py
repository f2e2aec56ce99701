from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models.branch import Branch


class Membership(models.Model):
    """What somebody does for a branch. Wagtail's groups follow it; see `signal_handlers`.

    The reviewer of a city reviews its counties too; the reviewer of the province is the
    provincial moderator and reviews all.
    """

    class Role(models.TextChoices):
        EDITOR = "editor", _("编辑")
        REVIEWER = "reviewer", _("审核员")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("用户"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    branch = models.ForeignKey(
        Branch, verbose_name=_("分会"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("职责"), max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(_("加入时间"), auto_now_add=True)

    class Meta:
        ordering = ["branch__code", "role", "user__username"]
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "branch", "role"],
                name="one_membership_per_role",
                violation_error_message=_("这位用户在这个分会已经有这项职责。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.branch.short_name} · {self.get_role_display()}"
