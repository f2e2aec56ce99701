"""The editing form of a page takes only files that its editor may use, and asks for their texts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from branches.descriptions import request_for, undescribed
from branches.models.media import BranchDocument, BranchImage


class BranchPageForm(WagtailAdminPageForm):
    """Choosers offer the files of the own scope, but a form can be sent with any number in it.

    What comes back would show the title of another branch's file, and publish the file itself.
    What the page used before, it may keep: a piece can be moved into another branch.
    """

    def _post_clean(self) -> None:
        before = {model: files_of(self.instance, model) for model in (BranchImage, BranchDocument)}
        super()._post_clean()
        for model, known in before.items():
            if not self.may_use(model, files_of(self.instance, model) - known):
                raise PermissionDenied
        if self.data.get("action-submit"):
            self.ask_for_descriptions()

    def ask_for_descriptions(self) -> None:
        """A draft may show pictures that nobody has described yet; what readers get may not."""
        for image in undescribed(files_of(self.instance, BranchImage)):
            self.add_error(None, request_for(image))

    def may_use(self, model: type[BranchImage] | type[BranchDocument], keys: set[str]) -> bool:
        if not keys:
            return True
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_permission_for(self.for_user, "choose")
        known = model.objects.filter(pk__in=keys)
        return not known.exclude(pk__in=mine.values("pk")).exclude(is_public=True).exists()


def files_of(page: Page, model: type[Any]) -> set[str]:
    """Keys of the files of `model` in the fields and texts of `page` as it is in memory."""
    wanted = ReferenceIndex._get_base_content_type(model).pk
    found = ReferenceIndex._extract_references_from_object(page)
    return {key for content_type, key, _model_path, _path in found if content_type == wanted}
