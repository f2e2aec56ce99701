"""Files are served through a check: the public gets what something public uses, nothing else.

A picture in a draft may show somebody who has not agreed yet, so its address alone must not
be enough. `is_public` follows publishing; staff see what their collections let them choose.
Of pictures the public gets what was made for it, never the file that was uploaded.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db.models import CharField, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from branches.file_types import content_type, is_shown, with_charset
from branches.models.branch import Branch
from branches.models.media import BranchDocument, BranchImage, BranchRendition
from branches.ranges import no_such_bytes, partial_response, requested_range
from search.sanitizing import one_line

if TYPE_CHECKING:
    from django.db.models import Model

FILE_MODELS = (BranchImage, BranchDocument)
#: A cache shows for an hour at most what has been taken offline; asking anew costs no bytes.
PUBLIC_CACHE = "public, max-age=3600"
PRIVATE_CACHE = "private, no-store"


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file `name` of the media storage, with an ETag and an honest cache header.

    Http404 for everybody who may not have it, so that nobody learns that it exists.
    """
    owner = owner_of(name)
    if owner is None or not (is_for_all(owner, name) or may_choose(request, owner)):
        raise Http404
    etag = etag_of(owner, name)
    response = get_conditional_response(request, etag=etag) or file_response(request, name, etag)
    response["ETag"] = etag
    response["Cache-Control"] = PUBLIC_CACHE if is_for_all(owner, name) else PRIVATE_CACHE
    return response


def is_for_all(owner: BranchImage | BranchDocument, name: str) -> bool:
    """Whether the public may have the file `name` of `owner`."""
    is_original = isinstance(owner, BranchImage) and owner.file.name == name
    return owner.is_public and not is_original


def file_response(request: HttpRequest, name: str, etag: str) -> HttpResponseBase:
    """The file, or the part of it that `request` asks for."""
    try:
        handle = default_storage.open(name, "rb")
    except (OSError, ValueError) as missing:
        raise Http404 from missing
    kind = content_type(name)
    whole = FileResponse(
        handle,
        as_attachment=not is_shown(kind),
        filename=one_line(PurePosixPath(name).name),
        content_type=with_charset(kind, handle),
    )
    whole["Accept-Ranges"] = "bytes"
    try:
        span = requested_range(request, handle.size, etag)
    except ValueError:
        handle.close()
        return no_such_bytes(handle.size)
    return partial_response(handle, span, handle.size, whole["Content-Type"]) if span else whole


def etag_of(owner: BranchImage | BranchDocument, name: str) -> str:
    """Differs for each file that ever stood at `name`: a file is never changed in place."""
    return f'"{sha256(f"{owner.pk} {owner.file_hash} {name}".encode()).hexdigest()[:32]}"'


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
    for model in FILE_MODELS:
        update_publicity(model, files_used_by(page, model))


def files_used_by(page: Page, model: type[Model]) -> set[str]:
    """Keys of the files of `model` to which the public version of `page` refers."""
    references = ReferenceIndex.get_references_for_object(page)
    used = references.filter(to_content_type=ReferenceIndex._get_base_content_type(model))
    return set(used.values_list("to_object_id", flat=True))


def failed_pictures(page: Page) -> list[BranchImage]:
    """The pictures of the public version of `page` that could not be made for readers."""
    public = BranchImage.objects.filter(pk__in=files_used_by(page, BranchImage), is_public=True)
    return list(public.exclude(failed_at=None))


def update_publicity(
    model: type[BranchImage] | type[BranchDocument], keys: set[str] | None = None
) -> int:
    """Set `is_public` for the files of `model` with `keys` (all if None), from what uses them.

    Returns how many were opened or closed.
    """
    files = model.objects.all() if keys is None else model.objects.filter(pk__in=keys)
    used = used_in_public(model)
    closed = files.filter(is_public=True).exclude(used).update(is_public=False)
    return closed + files.filter(used, is_public=False).update(is_public=True)


def update_all_publicity() -> int:
    """The same for every file: what pages stopped using, or what a queue made public late."""
    return sum(update_publicity(model) for model in FILE_MODELS)


def used_in_public(model: type[Model]) -> Q:
    """The condition that a live page, or a branch as its logo, refers to a file of `model`."""
    live = Page.objects.live().order_by().values(key=Cast("pk", CharField()))
    references = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(model),
        base_content_type=ReferenceIndex._get_base_content_type(Page),
        object_id__in=live,
    )
    used = Q(pk__in=references.values(key=Cast("to_object_id", IntegerField())))
    return used | Q(pk__in=logos()) if model is BranchImage else used


def logos() -> QuerySet[Branch, int]:
    return Branch.objects.order_by().exclude(logo=None).values_list("logo", flat=True)


urlpatterns = [path("<path:name>", serve, name="media")]
