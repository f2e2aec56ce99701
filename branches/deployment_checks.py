"""Deployment checks: what ``check --deploy`` says of what is ours, beside what Django's looks at.

Each is a setting, or something in the database, with which the site runs and is not safe, or does
not reach its readers. Where there is no database yet, nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.http.request import validate_host
from wagtail.models import GroupPagePermission

from branches.checks import is_address_of_site

T = TypeVar("T")

#: As many addresses as a network of proxies may have.
MOST_PROXIES = 2**16


def ask_database(question: Callable[[], T]) -> T | None:
    """The answer to `question`; None where the database is away or not set up."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return None  # to connect would make it
    try:
        return question()
    except DatabaseError:
        return None
    finally:
        connection.close()


@checks.register(checks.Tags.security, deploy=True)
def check_address(**kwargs: Any) -> list[checks.CheckMessage]:
    """Letters, feeds and QR codes carry ``SITE_URL``: it must be the one that is answered."""
    if not is_address_of_site(getattr(settings, "SITE_URL", None)):
        return []  # branches.E016 says so
    address = urlsplit(settings.SITE_URL)
    found: list[checks.CheckMessage] = []
    if address.scheme != "https":
        hint = "Set SITE_URL to the address that begins with https://."
        found.append(
            checks.Warning(
                f"SITE_URL is {settings.SITE_URL}, so letters and QR codes lead past https.",
                hint=hint,
                id="branches.W101",
            )
        )
    if not validate_host(address.hostname or "", settings.ALLOWED_HOSTS):
        hint = "Add the host of SITE_URL to ALLOWED_HOSTS."
        found.append(
            checks.Error(
                f"The host of SITE_URL ({address.hostname}) is not answered: it is not in "
                "ALLOWED_HOSTS.",
                hint=hint,
                id="branches.E102",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Name the hosts of the site in ALLOWED_HOSTS."
        found.append(
            checks.Warning("The site answers to any host name.", hint=hint, id="branches.W103")
        )
    return found


@checks.register(checks.Tags.security, deploy=True)
def check_sender(**kwargs: Any) -> list[checks.CheckMessage]:
    """Letters from a machine that nobody knows are refused by those who should get them."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">").strip()
    if domain not in ("", "localhost") and "." in domain:
        return []
    return [
        checks.Warning(
            f"Letters come from {settings.DEFAULT_FROM_EMAIL}, which most mail servers refuse.",
            hint="Set DEFAULT_FROM_EMAIL to an address of your own domain.",
            id="branches.W104",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_proxies(**kwargs: Any) -> list[checks.CheckMessage]:
    """Who may say for whom they ask, could guess passwords from any number of addresses."""
    wide = [proxy for proxy in getattr(settings, "TRUSTED_PROXIES", []) if is_anybody(proxy)]
    if not wide:
        return []
    return [
        checks.Error(
            f"TRUSTED_PROXIES trusts anybody ({', '.join(wide)}): whoever asks can pretend to be "
            "at another address, and so guess passwords without end.",
            hint="Name the addresses of your own proxies only.",
            id="branches.E105",
        )
    ]


def is_anybody(proxy: str) -> bool:
    try:
        network = ip_network(proxy, strict=False)
    except ValueError:
        return proxy == "*"
    return network.num_addresses > MOST_PROXIES and not network.is_private


@checks.register(checks.Tags.security, deploy=True)
def check_media_folder(**kwargs: Any) -> list[checks.CheckMessage]:
    """What lies among the static files is public without a question."""
    if not settings.MEDIA_ROOT:
        return []
    media = Path(settings.MEDIA_ROOT).resolve()
    folders = [each[1] if isinstance(each, tuple) else each for each in settings.STATICFILES_DIRS]
    public = [Path(place).resolve() for place in (settings.STATIC_ROOT, *folders) if place]
    if not any(media.is_relative_to(place) or place.is_relative_to(media) for place in public):
        return []
    return [
        checks.Error(
            f"MEDIA_ROOT ({media}) and the static files lie in one another, so that anybody can "
            "fetch pictures of drafts.",
            hint="Give MEDIA_ROOT a folder of its own.",
            id="branches.E106",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_throttling(**kwargs: Any) -> list[checks.CheckMessage]:
    """Without it passwords are guessed without end."""
    if getattr(settings, "AXES_ENABLED", True):
        return []
    return [
        checks.Error(
            "Guessing passwords is not slowed down.",
            hint="Take AXES_ENABLED out of the settings, or set it to True.",
            id="branches.E108",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_right_to_publish(**kwargs: Any) -> list[checks.CheckMessage]:
    """Texts are published by their review alone; a group with the right goes past it."""
    names = ask_database(groups_that_publish)
    if not names:
        return []
    return [
        checks.Error(
            f"Groups may publish without a review: {', '.join(names)}.",
            hint="Take the right to publish from them; memberships give all that is needed.",
            id="branches.E107",
        )
    ]


def groups_that_publish() -> list[str]:
    held = GroupPagePermission.objects.filter(permission__codename="publish_page")
    return sorted(set(held.values_list("group__name", flat=True)))
