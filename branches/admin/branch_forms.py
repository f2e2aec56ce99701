"""Forms about a branch: what it is, that it closes, how to reach it, what one can do there."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from branches.descriptions import request_for
from branches.lifecycle import may_close
from branches.models import Branch, BranchImage, Service, User
from branches.page_form import without_forged_keys
from search.languages import main_language
from search.sanitizing import one_line


def other_languages() -> list[tuple[str, str]]:
    """Codes and names of the languages other than Chinese."""
    return [pair for pair in settings.LANGUAGES if pair[0] != main_language()]


class BranchForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a branch is. Its code, by which imports know it, is given once."""

    class Meta:
        model = Branch
        fields: ClassVar[list[str]] = ["level", "parent", "code", "division", "name", "slug"]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("全称，例如 农安县红十字会。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = Branch.objects.open().exclude(level=Branch.Level.COUNTY)
        self.fields["parent"].queryset = above.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["code"].disabled = bool(self.instance.pk)
        for code, language in other_languages():
            label = _("%(language)s名称") % {"language": language}
            initial = self.instance.names.get(code, "")
            self.fields[f"name_{code}"] = forms.CharField(
                label=label, required=False, max_length=100, initial=initial
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        names = {code: one_line(data.get(f"name_{code}", "")) for code, _name in other_languages()}
        self.instance.names = {code: name for code, name in names.items() if name}
        return data


class ClosingForm(forms.Form):
    successor = forms.ModelChoiceField(
        label=gettext_lazy("并入"),
        queryset=Branch.objects.none(),
        help_text=gettext_lazy("读者会看到：这个分会已并入它。"),
    )
    closed_on = forms.DateField(
        label=gettext_lazy("撤并日期"), initial=timezone.localdate, widget=AdminDateInput
    )

    def __init__(self, branch: Branch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branch = branch
        successors = Branch.objects.open().exclude(pk=branch.pk)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        may_close(self.branch)
        return super().clean() or {}


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """How to reach a branch, which its own reviewers keep up to date."""

    class Meta:
        model = Branch
        fields: ClassVar[list[str]] = [
            *("logo", "address", "phone", "hours", "email", "wechat", "officer", "officer_phone")
        ]
        widgets: ClassVar[dict[str, Any]] = {"logo": AdminImageChooser}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = without_forged_keys(self)
        self.user = user

    def clean_logo(self) -> BranchImage | None:
        """A picture that the user may choose, or the one that is there: a logo is public."""
        logo = self.cleaned_data["logo"]
        policy = policy_registry.get_by_type(BranchImage)
        if logo and logo.pk != self.initial.get("logo"):
            allowed = policy.instances_user_has_any_permission_for(self.user, ["choose"])
            if not allowed.filter(pk=logo.pk).exists():
                raise ValidationError(_("请选本会的图片。"))
            if not logo.description:
                raise ValidationError(request_for(logo))
        return logo


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """One thing that a person can do. Left empty, the branch above speaks for this one."""

    class Meta:
        model = Service
        fields: ClassVar[list[str]] = ["title", "lead", "steps", "note", "phone", "address"]
        widgets: ClassVar[dict[str, Any]] = {"steps": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_left_empty:
            for field in self.fields.values():
                field.required = False

    @property
    def is_left_empty(self) -> bool:
        given = (self.data.get(self.add_prefix(field), "") for field in self.fields)
        return self.is_bound and not any(value.strip() for value in given)

    def clean_steps(self) -> str:
        lines = [line for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > 5:
            raise ValidationError(_("最多五步，请合并几步。"))
        return self.cleaned_data["steps"]


def service_forms(branch: Branch, locale: Locale, data: Any = None) -> list[ServiceForm]:
    """A form for each kind of service, of `branch` in the language `locale`."""
    found = {
        service.kind: service for service in Service.objects.filter(branch=branch, locale=locale)
    }
    return [
        ServiceForm(
            data,
            prefix=kind,
            instance=found.get(kind) or Service(branch=branch, locale=locale, kind=kind),
        )
        for kind in Service.Kind.values
    ]
