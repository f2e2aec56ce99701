"""Content Security Policy: what a browser may load on our pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware

if TYPE_CHECKING:
    from csp.middleware import PolicyParts
    from django.http import HttpRequest, HttpResponseBase

VIDEO_PLAYERS = (
    "https://player.bilibili.com",
    "https://v.qq.com",
    "https://player.youku.com",
)

PUBLIC_DIRECTIVES: dict[str, Any] = {
    "default-src": [SELF],
    "img-src": [SELF, "data:"],
    "frame-src": [SELF, *VIDEO_PLAYERS],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}

ADMIN_DIRECTIVES: dict[str, Any] = PUBLIC_DIRECTIVES | {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-ancestors": [SELF],
}

#: A page shown in the frame of the admin's preview, as the public will see it.
PREVIEW_DIRECTIVES: dict[str, Any] = PUBLIC_DIRECTIVES | {"frame-ancestors": [SELF]}

ADMIN_PREFIX = "/admin/"


class PolicyMiddleware(CSPMiddleware):
    """django-csp's middleware with a second policy for the CMS.

    Public pages have no inline script or style. Wagtail's admin is built on both, so it is
    given a policy that allows them there and still keeps everything on this site.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy of ``response``: the admin's below ``/admin/``, else the public one.

        Wagtail previews a page by a request of its own, at the page's address, and marks it.
        """
        parts = super().get_policy_parts(request, response, report_only)
        if report_only or parts.config is not None:
            return parts
        if getattr(request, "is_preview", False):
            parts.config = PREVIEW_DIRECTIVES
        elif request.path_info.startswith(ADMIN_PREFIX):
            parts.config = ADMIN_DIRECTIVES
        return parts
