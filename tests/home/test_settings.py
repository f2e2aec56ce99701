"""The settings of the whole site belong to the province."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import User
from home.models import SiteSettings
from tests.factories import Line, make_admin, make_line, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def edit_view() -> str:
    settings = SiteSettings.objects.get_or_create(pk=1)[0]
    return reverse("wagtailsettings:edit", args=["home", "sitesettings", settings.pk])


def test_a_provincial_moderator_and_an_administrator_edit_them(line: Line) -> None:
    for user in (make_admin(), make_user(line.province, "reviewer")):
        client = Client()
        client.force_login(user)
        answer = client.post(
            edit_view(),
            {"icp": "吉ICP备00000001号", "accessibility": "null", "footer_note": "null"},
        )
        assert answer.status_code == 302
    assert SiteSettings.current().icp == "吉ICP备00000001号"


def has_menu_entry(user: User) -> bool:
    client = Client()
    client.force_login(user)
    content = client.get("/admin/").content.decode()
    assert '"name": "settings"' not in content
    return "/admin/settings/home/sitesettings/" in content


def test_the_menu_has_them_for_who_may_edit_them(line: Line) -> None:
    assert has_menu_entry(make_user(line.province, "reviewer"))
    for branch, role in ((line.province, "editor"), (line.city, "reviewer")):
        assert not has_menu_entry(make_user(branch, role))


def test_nobody_else_does(line: Line) -> None:
    for branch, role in (
        (line.province, "editor"),
        (line.city, "reviewer"),
        (line.county, "editor"),
    ):
        client = Client()
        client.force_login(make_user(branch, role))
        client.post(edit_view(), {"icp": "别人改的"})
        assert SiteSettings.current().icp == ""
