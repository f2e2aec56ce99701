"""Files are served through a check: the public gets what something public uses, nothing else.

A picture in a draft may show somebody who has not agreed yet, so its address alone must not
be enough. `is_public` follows publishing; staff see what their collections let them choose.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.urls import path
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from branches.models.branch import Branch
from branches.models.media import BranchDocument, BranchImage, BranchRendition

if TYPE_CHECKING:
    from django.db.models import Model

PUBLIC_CACHE = "public, max-age=31536000, immutable"
PRIVATE_CACHE = "private, no-store"


def serve(request: HttpRequest, name: str) -> FileResponse:
    """The file `name` of the media storage, with an ETag-friendly, honest cache header.

    Http404 for everybody who may not have it, so that nobody learns that it exists.
    """
    owner = owner_of(name)
    if owner is None or not (owner.is_public or may_choose(request, owner)):
        raise Http404
    try:
        handle = default_storage.open(name, "rb")
    except (FileNotFoundError, OSError) as missing:
        raise Http404 from missing
    response = FileResponse(handle, filename=PurePosixPath(name).name)
    response["Cache-Control"] = PUBLIC_CACHE if owner.is_public else PRIVATE_CACHE
    return response


def owner_of(name: str) -> BranchImage | BranchDocument | None:
    """The picture or document whose file (or rendition) is called `name`."""
    rendition = BranchRendition.objects.filter(file=name).select_related("image").first()
    if rendition is not None:
        return rendition.image
    return (
        BranchImage.objects.filter(file=name).first()
        or BranchDocument.objects.filter(file=name).first()
    )


def may_choose(request: HttpRequest, owner: BranchImage | BranchDocument) -> bool:
    policy = policy_registry.get_by_type(type(owner))
    return policy.user_has_any_permission_for_instance(
        request.user, ["choose", "add", "change"], owner
    )


def publicity_follows(page: Page) -> None:
    """Make public what `page` uses now; what nothing public uses any more becomes private."""
    for model in (BranchImage, BranchDocument):
        update_publicity(model, files_used_by(page, model))


def files_used_by(page: Page, model: type[Model]) -> set[str]:
    """Keys of the files of `model` to which `page` refers, or referred when last indexed."""
    references = ReferenceIndex.get_references_for_object(page)
    used = references.filter(to_content_type=ReferenceIndex._get_base_content_type(model))
    return set(used.values_list("to_object_id", flat=True))


def update_publicity(model: type[BranchImage] | type[BranchDocument], keys: set[str]) -> None:
    """Set `is_public` for the files of `model` with `keys`, from what uses them now."""
    public = {key for key in keys if is_used_in_public(model, key)}
    model.objects.filter(pk__in=public).update(is_public=True)
    model.objects.filter(pk__in=keys - public).update(is_public=False)


def close_unused() -> int:
    """Make private what was public and is used by nothing public any more. Returns how many."""
    closed = 0
    for model in (BranchImage, BranchDocument):
        keys = {str(pk) for pk in model.objects.filter(is_public=True).values_list("pk", flat=True)}
        public = {key for key in keys if is_used_in_public(model, key)}
        closed += model.objects.filter(pk__in=keys - public).update(is_public=False)
    return closed


def is_used_in_public(model: type[Model], key: str) -> bool:
    """Whether a live page or a branch (its logo) refers to the file."""
    target = Q(to_content_type=ReferenceIndex._get_base_content_type(model), to_object_id=key)
    users = ReferenceIndex.objects.filter(target)
    page_type = ReferenceIndex._get_base_content_type(Page)
    pages = users.filter(base_content_type=page_type).values_list("object_id", flat=True)
    if Page.objects.live().filter(pk__in=[int(pk) for pk in pages]).exists():
        return True
    return model is BranchImage and Branch.objects.filter(logo=key).exists()


urlpatterns = [path("<path:name>", serve, name="media")]
