"""Wagtail's admin API, narrowed: files of the own scope only, and nothing but reading.

Its page actions copy, move, publish and make aliases; the admin does all of this by its forms.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class ScopedPages(PagesAdminAPIViewSet):
    actions: ClassVar[dict[str, Any]] = {}


class FilesOfScope:
    """Only the files that the user may choose."""

    model: type
    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(self.model)
        mine = policy.instances_user_has_permission_for(self.request.user, "choose")
        return super().get_queryset().filter(pk__in=mine.values("pk"))  # type: ignore[misc]


class ScopedImages(FilesOfScope, ImagesAdminAPIViewSet):
    pass


class ScopedDocuments(FilesOfScope, DocumentsAdminAPIViewSet):
    pass


def narrow(router: WagtailAPIRouter) -> None:
    """Put the narrowed endpoints in the place of Wagtail's."""
    router.register_endpoint("pages", ScopedPages)
    router.register_endpoint("images", ScopedImages)
    router.register_endpoint("documents", ScopedDocuments)
