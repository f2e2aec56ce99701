"""Base URL of the site: ``SITE_URL`` alone; the row that Wagtail keeps of it follows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def follow_address() -> int:
    """Let Wagtail's row for the site follow ``SITE_URL``, of which it keeps a copy.

    Returns 1 where it had another address.
    """
    site = Site.objects.filter(is_default_site=True).first()
    return int(site is not None and bring(site, address_of_site()))


def address_of_site() -> dict[str, Any]:
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    return {"hostname": address.hostname, "port": port}


def bring(site: Site, wanted: dict[str, Any]) -> bool:
    """Give `site` the values `wanted` and save it, where it has others. Whether it had."""
    differs = any(getattr(site, name) != value for name, value in wanted.items())
    if differs:
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    return differs
