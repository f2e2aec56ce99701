from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.members import managed_branches, may_enlist
from branches.models import Branch, Membership, User


def not_found() -> ValidationError:
    """What is said of accounts out of reach and of those that do not exist: the same."""
    return ValidationError(_("没有找到可以添加的账号，请新建一个，或请省里添加。"))


class MemberForm(forms.Form):
    """Somebody joins a branch: who has an account already, or who gets one now."""

    branch = forms.ModelChoiceField(label=gettext_lazy("分会"), queryset=Branch.objects.none())
    role = forms.ChoiceField(
        label=gettext_lazy("职责"),
        choices=Membership.Role.choices,
        help_text=gettext_lazy("编辑写稿、提交；审核员看稿、采用或退回。"),
    )
    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=150,
        validators=User._meta.get_field("username").validators,
        help_text=gettext_lazy("已有账号的，填他的用户名；没有的，起一个新的，并填姓名。"),
    )
    last_name = forms.CharField(label=gettext_lazy("姓"), max_length=150, required=False)
    first_name = forms.CharField(label=gettext_lazy("名"), max_length=150, required=False)
    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        required=False,
        help_text=gettext_lazy("新账号：有邮箱就发邮件请他设密码；没有就给你一个一次性链接。"),
    )

    def __init__(self, manager: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager
        branches = managed_branches(manager).open()
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]

    @cached_property
    def person(self) -> User | None:
        """Who has the account already."""
        username = self.cleaned_data.get("username", "")
        return User.objects.filter(username__iexact=username).first()

    @property
    def is_new_account(self) -> bool:
        return self.person is None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "username" not in data:
            return data
        if self.person is None:
            self.check_new(data)
        elif self.person == self.manager:
            self.add_error("username", _("不能给自己加职责。"))
        elif not may_enlist(self.manager, self.person):
            self.add_error("username", not_found())
        elif not self.person.is_active:
            self.add_error("username", _("这个账号已停用，请先启用。"))
        elif self.person.memberships.filter(branch=data.get("branch"), role=data.get("role")):
            self.add_error("username", _("他在这个分会已经有这项职责。"))
        return data

    def check_new(self, data: dict[str, Any]) -> None:
        if not (data.get("last_name") and data.get("first_name")):
            self.add_error("username", not_found())

    def membership(self) -> Membership:
        """The new membership, not saved yet; the account is made where there is none."""
        person = self.person or self.make_account()
        given = self.cleaned_data
        return Membership(user=person, branch=given["branch"], role=given["role"])

    def make_account(self) -> User:
        """An account without a password: its owner sets one by a link that works once."""
        given = self.cleaned_data
        return User.objects.create_user(
            given["username"],
            email=given["email"],
            last_name=given["last_name"],
            first_name=given["first_name"],
        )
