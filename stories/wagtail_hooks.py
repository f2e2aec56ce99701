from __future__ import annotations

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from stories.links import LightDocumentLinkHandler, LightPageLinkHandler


@hooks.register("register_rich_text_features", order=1000)
def register_links(features: FeatureRegistry) -> None:
    """In place of Wagtail's handlers, which are registered before."""
    features.register_link_type(LightPageLinkHandler)
    features.register_link_type(LightDocumentLinkHandler)
