"""Pages that stand in the tree of a branch."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, Revision
from wagtail.search import index
from wagtail.url_routing import RouteResult

from branches import front
from branches.models.branch import Branch
from branches.page_form import WINDOW, BranchPageForm
from branches.publication_window import PublicationWindow
from branches.publishing import keep_back
from branches.querysets import TreePageQuerySet
from search.text_fields import Sanitized, sanitize_fields

if TYPE_CHECKING:
    from branches.models.user import User
    from branches.permissions import BranchPagePermissionTester


class BranchPageQuerySet(TreePageQuerySet):
    def owning(self, path: str) -> BranchPageQuerySet:
        """The branch pages at or above the tree path `path`, nearest first."""
        step = Page.steplen
        paths = [path[:end] for end in range(step, len(path) + 1, step)]
        return self.filter(path__in=paths).order_by("-depth")


class BranchTreePage(Sanitized, Page):
    """A page that belongs to a branch because of where it stands.

    `branch` is derived from the ancestors and never edited: on every save, and when a
    revision is turned into a page, so that an old draft does not bring back an old branch.
    """

    branch = models.ForeignKey(
        Branch, verbose_name=_("分会"), on_delete=models.PROTECT, editable=False, related_name="+"
    )

    #: Made, moved and removed by `branches.provisioning` only.
    made_by_provisioning: ClassVar[bool] = False
    #: Has a text that editors write and reviewers approve.
    has_text: ClassVar[bool] = True
    #: Read with the page in one query when an address leads to it.
    route_related: ClassVar[tuple[str, ...]] = ("branch",)

    base_form_class = BranchPageForm
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = [CommentPanel()]
    #: From when until when the public may read it. It stands in the form with all else.
    window_panel: ClassVar[MultiFieldPanel] = MultiFieldPanel(
        [FieldRowPanel([FieldPanel(name) for name in WINDOW])],
        heading=_("什么时候公开"),
    )
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.FilterField("branch")]

    class Meta:
        abstract = True

    def place_in_branch(self) -> None:
        """Set `branch` from the ancestors, where the page stands in a branch tree."""
        owner = BranchPage.objects.owning(self.path).values_list("branch_id", flat=True).first()
        if owner is not None:
            self.branch_id = owner

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_fields") is None:
            self.place_in_branch()
        return super().save(*args, **kwargs)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """(Wagtail does not inherit ``is_creatable``, so every section would be creatable.)"""
        return not cls.made_by_provisioning and super().can_create_at(parent)

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """As Wagtail's, but what was read by a reviewer, or by the public, is not written over.

        Saving a draft by itself changes the last revision in place, and with it what approvals
        and authorship are remembered of.
        """
        if overwrite_revision and self.is_settled(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def is_settled(self, revision: Revision) -> bool:
        """Whether `revision` is public, is to be, or is before reviewers, or was."""
        return (
            revision.pk == self.live_revision_id
            or self.workflow_in_progress
            or revision.approved_go_live_at is not None
            or revision.task_states.exists()
        )

    def publish(self, revision: Revision, user: User | None = None, **kwargs: Any) -> None:
        """As Wagtail's, but what has expired does not become public, not even for a minute."""
        if PublicationWindow.of(revision.as_object()).is_over:
            keep_back(revision, user)
        else:
            super().publish(revision, user=user, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> BranchTreePage:
        """The page that a revision holds. Where it stands is the page's, not the text's."""
        page = super().with_content_json(content)
        sanitize_fields(page)
        page.title = page.title or self.title  # an old draft's may have had nothing to be seen
        page.slug, page.url_path = self.slug, self.url_path
        page.place_in_branch()
        return page

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        self.place_in_branch()  # a page that is previewed before its first save has none yet
        vars(request)["_wagtail_route_for_request"] = RouteResult(self)
        return super().serve_preview(request, mode_name)

    def make_preview_request(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A preview that fails, which is logged, says so kindly: what was written is not lost."""
        response = super().make_preview_request(*args, **kwargs)
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        return HttpResponse(render_to_string("branches/admin/preview_failed.html"))

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """A phone, on which most people read, and a desktop computer."""
        return [
            {"name": "mobile", "icon": "mobile-alt", "device_width": 375, "label": _("手机")},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("电脑")},
        ]

    def permissions_for_user(self, user: User) -> BranchPagePermissionTester:
        from branches.permissions import BranchPagePermissionTester

        return BranchPagePermissionTester(user, self)


class BranchPage(BranchTreePage):
    """The home page of a branch in one language. Branch pages nest as branches do."""

    made_by_provisioning = True
    has_text = False
    is_creatable = False

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, editable=False, related_name="pages"
    )

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page", "branches.BranchPage"]
    content_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    objects = PageManager.from_queryset(BranchPageQuerySet)()

    class Meta:
        verbose_name = _("分会首页")
        verbose_name_plural = _("分会首页")

    def place_in_branch(self) -> None:
        """A branch page says itself whose it is."""

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return front.template_for(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **front.context_for(self, request)}


class SectionPage(BranchTreePage):
    """Base of the sections that stand in every branch tree, once each."""

    made_by_provisioning = True
    has_text = False
    is_creatable = False

    parent_page_types: ClassVar[list[str]] = ["branches.BranchPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True


class ServicesPage(SectionPage):
    """What a person can do here: learn first aid, give blood, register, volunteer, ask for help."""

    template = "branches/services_page.html"

    class Meta:
        verbose_name = _("我能做什么")
        verbose_name_plural = _("我能做什么")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from branches.models.service import Service

        context = super().get_context(request, *args, **kwargs)
        context["services"] = Service.objects.offered_to(self.branch, self.locale)
        return context
