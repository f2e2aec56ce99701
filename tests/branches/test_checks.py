"""What the apps need of a project is said by `manage.py check`, and nothing starts without it."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core.checks import run_checks
from django.test import override_settings
from django.urls import include, path
from django.views.static import serve as serve_static
from wagtail.admin.views import account

from branches import checks
from config import urls
from tests.project.programs import ROOT

MIDDLEWARE = list(project.MIDDLEWARE)
STOCK_RESET = account.PasswordResetView.as_view()
SCOPE, LANGUAGE = checks.ADMIN_SCOPE, checks.ADDRESS_LANGUAGE


def told() -> set[str]:
    """The numbers of what is said of the apps."""
    found = run_checks()
    assert all(each.hint for each in found)
    numbers = {str(each.id) for each in found}
    return {each for each in numbers if each.startswith(("branches.", "home."))}


def without(name: str) -> list[str]:
    return [each for each in MIDDLEWARE if each != name]


BROKEN: dict[str, tuple[str, Any]] = {
    "E001 missing": ("MIDDLEWARE", without(SCOPE)),
    "E001 too early": ("MIDDLEWARE", [SCOPE, *without(SCOPE)]),
    "E001 without users": ("MIDDLEWARE", without(checks.AUTHENTICATION)),
    "E002 missing": ("MIDDLEWARE", without(LANGUAGE)),
    "E002 too late": ("MIDDLEWARE", [*without(LANGUAGE), LANGUAGE]),
    "E002 another": ("MIDDLEWARE", [checks.LOCALE, *MIDDLEWARE]),
    "E004": ("WAGTAIL_FINISH_WORKFLOW_ACTION", "wagtail.workflows.publish_workflow_state"),
    "E005": ("WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False),
    "E006": ("WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH", True),
    "E007": ("WAGTAIL_WORKFLOW_ENABLED", False),
    "E008": ("WAGTAILIMAGES_IMAGE_MODEL", "wagtailimages.Image"),
    "E009": ("WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
    "E010": ("WAGTAILDOCS_SERVE_METHOD", "serve_view"),
    "E012": ("MEDIA_URL", "/elsewhere/"),
    "E012 cloud": ("MEDIA_URL", "https://bucket.example.com/"),
    "E016": ("SITE_URL", None),
    "E016 empty": ("SITE_URL", ""),
    "E016 slash": ("SITE_URL", "https://redcross.example.cn/"),
    "E016 host": ("WAGTAILADMIN_BASE_URL", "redcross.example.cn"),
    "E017": ("WAGTAIL_SITE_NAME", ""),
    "E018": ("WAGTAIL_I18N_ENABLED", False),
    "E019 content": ("WAGTAIL_CONTENT_LANGUAGES", [("ko", "한국어")]),
    "W004 missing": ("MIDDLEWARE", without(checks.SANITIZED_FORM)),
    "W004 too early": ("MIDDLEWARE", [checks.SANITIZED_FORM, *without(checks.SANITIZED_FORM)]),
    "E020": ("AXES_HANDLER", "axes.handlers.database.AxesDatabaseHandler"),
    "E021": ("AXES_CLIENT_IP_CALLABLE", None),
    "E022": ("SESSION_ENGINE", checks.KEPT_BY_READERS),
    "W005": ("WAGTAILREDIRECTS_AUTO_CREATE", True),
    "W006": ("FORMAT_MODULE_PATH", None),
    "E016 broken": ("SITE_URL", "http://[::1"),
    "W001": ("WAGTAILIMAGES_IMAGE_FORM_BASE", "wagtail.images.forms.BaseImageForm"),
}


def test_of_this_project_nothing_is_said() -> None:
    assert told() == set()


@pytest.mark.parametrize("name", BROKEN)
def test_a_setting_that_is_wrong_is_told(name: str) -> None:
    setting, value = BROKEN[name]
    with override_settings(**{setting: value}):
        assert f"branches.{name.split()[0]}" in told()


@pytest.mark.parametrize(
    "name",
    [
        *("SITE_URL", "WAGTAILADMIN_BASE_URL", "WAGTAIL_SITE_NAME"),
        *("WAGTAIL_FINISH_WORKFLOW_ACTION", "WAGTAILDOCS_SERVE_METHOD"),
        *("WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", "WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH"),
        *("WAGTAILIMAGES_IMAGE_MODEL", "WAGTAILDOCS_DOCUMENT_MODEL", "WAGTAIL_I18N_ENABLED"),
    ],
)
def test_a_setting_that_is_missing_is_told(name: str, settings: Any) -> None:
    delattr(settings, name)
    assert any(each.startswith("branches.E") for each in told())


def test_a_subclass_in_the_place_of_a_middleware_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from branches import middleware

    kind = type("Narrower", (middleware.AdminScopeMiddleware,), {})
    monkeypatch.setattr(middleware, "Narrower", kind, raising=False)
    stack = [each.replace("AdminScopeMiddleware", "Narrower") for each in MIDDLEWARE]
    with override_settings(MIDDLEWARE=stack):
        assert told() == set()


def test_users_of_wagtail_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [each for each in apps.get_app_configs() if each.label != "wagtailusers"]
    fake = SimpleNamespace(get_app_configs=lambda: others, is_installed=apps.is_installed)
    monkeypatch.setattr(checks, "apps", fake)
    assert told() == {"branches.E011"}


def test_an_app_to_which_rights_are_given_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(get_app_configs=apps.get_app_configs, is_installed=lambda app: False)
    monkeypatch.setattr(checks, "apps", fake)
    assert told() == {"branches.W002", "branches.E024"}


def test_another_model_of_users_is_told() -> None:
    (needed,) = [each for each in checks.NEEDED if each.number == "branches.E003"]
    assert (needed.name, needed.value) == ("AUTH_USER_MODEL", project.AUTH_USER_MODEL)


def other_addresses(*first: Any, leaving_out: str = "", **handlers: Any) -> Any:
    """A module of addresses: `first`, and those of the project without those that begin so."""
    module: Any = ModuleType("other_urls")
    kept = [
        each
        for each in urls.urlpatterns
        if not leaving_out or not str(each.pattern).startswith(leaving_out)
    ]
    module.urlpatterns = [*first, *kept]
    module.handler404, module.handler500 = urls.handler404, urls.handler500
    for name, view in handlers.items():
        setattr(module, name, view)
    return override_settings(ROOT_URLCONF=module)


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        ("branches.E012", other_addresses(path("media/<path:path>", serve_static))),
        ("branches.E012", other_addresses(leaving_out="media/")),
        ("branches.E013", other_addresses(path("", include("wagtail.urls")))),
        ("branches.E014", other_addresses(path("documents/", include("wagtail.documents.urls")))),
        ("branches.E014", other_addresses(path("images/", include("wagtail.images.urls")))),
        ("branches.E015", other_addresses(leaving_out="admin/")),
        ("branches.E023", other_addresses(path("admin/password_reset/", STOCK_RESET))),
        ("home.E002", other_addresses(leaving_out="api/")),
        ("home.W001", other_addresses(handler500="django.views.defaults.server_error")),
    ],
)
def test_another_way_to_pages_and_files_is_told(number: str, changed: Any) -> None:
    with changed:
        assert number in told()


def test_a_missing_frame_is_told(settings: Any) -> None:
    settings.TEMPLATES = [{**project.TEMPLATES[0], "OPTIONS": {"context_processors": []}}]
    assert "home.E001" in told()


@pytest.mark.parametrize("count", ["1", "2", ""])
def test_several_processes_without_a_common_cache_are_told(
    count: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRANIAN_WORKERS", count)
    assert told() == ({"branches.W003"} if count == "2" else set())


def test_no_server_starts_without_what_is_needed() -> None:
    code = (
        "import sys; sys.path[:0] = ['site', '.']; import config.settings.test as s; "
        "s.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False; import config.wsgi"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"branches.E005" in done.stderr
