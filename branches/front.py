"""How the home page of a branch is shown. `home` knows what stands on it, and registers that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

if TYPE_CHECKING:
    from branches.models import BranchPage


@dataclass(frozen=True)
class Front:
    """A rendering of branch home pages.

    :param template: gives the template's name for a page.
    :param context: gives what the template needs, besides what every page has.
    """

    template: Callable[[BranchPage], str]
    context: Callable[[BranchPage, HttpRequest], dict[str, Any]]


_front: Front | None = None


def register(front: Front) -> None:
    """Show branch home pages by `front`. ImproperlyConfigured where another one is registered."""
    global _front
    if _front is not None and _front != front:
        raise ImproperlyConfigured("The front of branches is registered twice.")
    _front = front


def template_for(page: BranchPage) -> str:
    return _front.template(page) if _front else "branches/branch_page.html"


def context_for(page: BranchPage, request: HttpRequest) -> dict[str, Any]:
    return _front.context(page, request) if _front else {}
