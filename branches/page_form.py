"""The editing form of a page: what may be left out of a draft, which files may be used, and that
their texts are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import BaseChooser
from wagtail.permissions import policy_registry

from branches.completeness import picture_errors, validation_lock
from branches.content_freeze import files_of
from branches.models.media import BranchDocument, BranchImage
from branches.publication_window import PublicationWindow

#: The fields of the publication window, with their names and what they do.
WINDOW = {
    "go_live_at": (
        _("定时发布"),
        _("审核通过以后，到这个时间才公开。不填，审核通过就公开。"),
    ),
    "expire_at": (
        _("到期下线"),
        _("到这个时间自动下线，读者不再看到。不填，一直公开。"),
    ),
}


#: Years in which something may be published: what lies before or far behind is a slip, and some
#: of it no clock can reckon with.
YEARS = range(1904, 2200)


def check_reach(value: datetime) -> None:
    if value.year not in YEARS:
        raise ValidationError(_("请核对年份。"))


def without_forged_keys(form: Any) -> Any:
    """What was sent with `form`; a key that is no number (Wagtail's choosers end in an error when
    they show it again) is left out."""
    choosers = [name for name, f in form.fields.items() if isinstance(f.widget, BaseChooser)]
    names = map(form.add_prefix, choosers)
    forged = [name for name in names if not (form.data.get(name) or "0").isdecimal()]
    if not forged:
        return form.data
    data = form.data.copy()
    for name in forged:
        data[name] = ""
    return data


class BranchPageForm(WagtailAdminPageForm):
    """Takes any draft that has a title, and asks for the rest at submission.

    Choosers offer the files of the own scope, but a form can be sent with any number in it.
    What comes back would show the title of another branch's file, and publish the file itself.
    What the page used before, it may keep: a piece can be moved into another branch.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """The publication window stands in the form, not in Wagtail's dialog beside it."""
        super().__init_subclass__(**kwargs)
        cls.show_schedule_publishing_toggle = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = without_forged_keys(self)
        self.window: dict[str, Any] = {}
        for name in WINDOW.keys() & self.fields.keys():
            self.fields[name].label, self.fields[name].help_text = WINDOW[name]
            self.fields[name].validators.append(check_reach)

    def full_clean(self) -> None:
        with validation_lock:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """As Wagtail's, which then finds no window: it would refuse drafts of what has expired."""
        data = super().clean()
        self.window = {name: data.pop(name) for name in WINDOW if name in data}
        return data

    def check_window(self) -> None:
        self.cleaned_data |= self.window
        if self.is_deferred_validation or len(self.window) < len(WINDOW):
            return
        window = PublicationWindow(self.window["go_live_at"], self.window["expire_at"])
        for name, message in window.faults().items():
            self.add_error(name, message)

    def _post_clean(self) -> None:
        self.check_window()
        before = {model: files_of(self.instance, model) for model in (BranchImage, BranchDocument)}
        super()._post_clean()
        for model, known in before.items():
            if not self.may_use(model, files_of(self.instance, model) - known):
                raise PermissionDenied
        if not self.is_deferred_validation:
            for name, error in picture_errors(self.instance):
                self.add_error(name, error)

    def may_use(self, model: type[BranchImage] | type[BranchDocument], keys: set[str]) -> bool:
        if not keys:
            return True
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_permission_for(self.for_user, "choose")
        known = model.objects.filter(pk__in=keys)
        return not known.exclude(pk__in=mine.values("pk")).exclude(is_public=True).exists()
