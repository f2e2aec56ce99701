"""System checks: what the apps need of a project's settings, said at the start and not met later.

Who leaves out one of these may open a door without noticing, so most are errors, with which no
command and no server starts. docs/operations.md lists them.
"""

from __future__ import annotations

import os
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.module_loading import import_string

from branches.admin.password_reset import PasswordResetView
from branches.apps import UsersConfig
from branches.decoding_lock import lock_path
from branches.media import serve as serve_file
from branches.storage import FolderStorage
from branches.views import serve as serve_page
from search.languages import content_language

Found = list[checks.CheckMessage]


class Needed(NamedTuple):
    """A setting that has to have one `value`; `default` is what it has where it is not set."""

    number: str
    name: str
    value: Any
    why: str
    default: Any = None


NEEDED = (
    Needed(
        "branches.E003",
        "AUTH_USER_MODEL",
        "branches.User",
        "memberships and rights hang on this model.",
    ),
    Needed(
        "branches.E004",
        "WAGTAIL_FINISH_WORKFLOW_ACTION",
        "branches.publishing.publish_approved",
        "nobody holds the right to publish, so what is approved would never be public.",
    ),
    Needed(
        "branches.E005",
        "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT",
        True,
        "else what is changed after an approval becomes public unread.",
        default=False,
    ),
    Needed(
        "branches.E006",
        "WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH",
        False,
        "else a scheduled version that goes public ends the review of a newer one.",
        default=True,
    ),
    Needed(
        "branches.E007",
        "WAGTAIL_WORKFLOW_ENABLED",
        True,
        "nothing is published without a review.",
        default=True,
    ),
    Needed(
        "branches.E008",
        "WAGTAILIMAGES_IMAGE_MODEL",
        "branches.BranchImage",
        "only this model knows which pictures the public may have.",
    ),
    Needed(
        "branches.E009",
        "WAGTAILDOCS_DOCUMENT_MODEL",
        "branches.BranchDocument",
        "only this model knows which documents the public may have.",
    ),
    Needed(
        "branches.E010",
        "WAGTAILDOCS_SERVE_METHOD",
        "direct",
        "Wagtail's own address for documents asks about the collection only, not whether anything "
        "public uses the file.",
    ),
    Needed(
        "branches.E020",
        "AXES_HANDLER",
        "branches.sign_in.Handler",
        "else one password is guessed over many names without end.",
        default="axes.handlers.database.AxesDatabaseHandler",
    ),
    Needed(
        "branches.E021",
        "AXES_CLIENT_IP_CALLABLE",
        "branches.sign_in.client_address",
        "guesses are counted by the address of the client.",
    ),
    Needed(
        "branches.W005",
        "WAGTAILREDIRECTS_AUTO_CREATE",
        False,
        "the slug history leads old addresses on; Wagtail's redirects would lead them elsewhere.",
        default=True,
    ),
    Needed(
        "branches.W006",
        "FORMAT_MODULE_PATH",
        "search.formats",
        "dates are typed as they are printed.",
    ),
    Needed(
        "branches.E018",
        "WAGTAIL_I18N_ENABLED",
        True,
        "branches have a page tree in each language.",
        default=False,
    ),
)


AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
COMMON = "django.middleware.common.CommonMiddleware"
LOCALE = "django.middleware.locale.LocaleMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
ADMIN_SCOPE = "branches.middleware.AdminScopeMiddleware"
ADDRESS_LANGUAGE = "branches.middleware.AddressLanguageMiddleware"
SANITIZED_FORM = "branches.middleware.SanitizedFormMiddleware"
#: Later than any place in MIDDLEWARE.
NOWHERE = 1_000

IMAGE_FORM = "branches.admin.images.DescribedImageForm"
#: Sessions of these are kept by the reader: signing out, or being signed out, ends none of them.
KEPT_BY_READERS = "django.contrib.sessions.backends.signed_cookies"
#: Rights in these are given by `branches.grants.PROVINCIAL_GRANTS`.
GRANTED_APPS = ("search", "wagtail.contrib.search_promotions")
#: Wagtail's own addresses of files, by name, with arguments that fit.
OTHER_DOORS: dict[str, tuple[Any, ...]] = {
    "wagtaildocs_serve": (1, "file.txt"),
    "wagtailimages_serve": ("signature", 1, "original"),
}


def message(number: str, text: str, hint: str) -> checks.CheckMessage:
    """An error or a warning, as its `number` says."""
    kind = checks.Error if ".E" in number else checks.Warning
    return kind(text, hint=hint, id=number)


@checks.register(checks.Tags.security)
def check_settings(**kwargs: Any) -> Found:
    """Each of `NEEDED`."""
    return [
        message(
            each.number,
            f"{each.name} is {getattr(settings, each.name, each.default)!r}.",
            f"Set {each.name} = {each.value!r}: {each.why}",
        )
        for each in NEEDED
        if getattr(settings, each.name, each.default) != each.value
    ]


@checks.register(checks.Tags.security)
def check_middleware(**kwargs: Any) -> Found:
    """The middleware of this app, each in its place."""
    found = []
    if not place(AUTHENTICATION) < place(ADMIN_SCOPE) < NOWHERE:
        text = "Nothing keeps users of the CMS from what is outside their scope."
        hint = f"Put {ADMIN_SCOPE!r} into MIDDLEWARE, after {AUTHENTICATION!r}."
        found.append(message("branches.E001", text, hint))
    if not place(ADDRESS_LANGUAGE) < place(COMMON) or place(LOCALE) < NOWHERE:
        text = "The language of a page does not come from its address alone."
        hint = f"Put {ADDRESS_LANGUAGE!r} into MIDDLEWARE, before {COMMON!r}; take {LOCALE!r} out."
        found.append(message("branches.E002", text, hint))
    if not place(CSRF) < place(SANITIZED_FORM) < NOWHERE:
        text = "Forms are taken with what nobody sees in them: a name of nothing visible is a name."
        hint = f"Put {SANITIZED_FORM!r} into MIDDLEWARE, after {CSRF!r}."
        found.append(message("branches.W004", text, hint))
    return found


def place(path: str) -> int:
    """Where the middleware `path`, or a subclass, stands; NOWHERE where there is none."""
    kind = import_string(path)
    stack = [import_string(each) for each in settings.MIDDLEWARE]
    fitting = (
        n for n, each in enumerate(stack) if isinstance(each, type) and issubclass(each, kind)
    )
    return next(fitting, NOWHERE)


@checks.register(checks.Tags.security)
def check_forms_and_apps(**kwargs: Any) -> Found:
    """What Wagtail is to be given of ours in place of its own."""
    found = []
    if not any(isinstance(each, UsersConfig) for each in apps.get_app_configs()):
        text = "Accounts are managed by Wagtail's own screens, which know nothing of branches."
        hint = "Put 'branches.apps.UsersConfig' into INSTALLED_APPS, in place of 'wagtail.users'."
        found.append(message("branches.E011", text, hint))
    form = getattr(settings, "WAGTAILIMAGES_IMAGE_FORM_BASE", "")
    if not form or not issubclass(import_string(form), import_string(IMAGE_FORM)):
        text = "Pictures may be uploaded without a description for those who do not see them."
        hint = f"Set WAGTAILIMAGES_IMAGE_FORM_BASE = {IMAGE_FORM!r}."
        found.append(message("branches.W001", text, hint))
    if settings.SESSION_ENGINE == KEPT_BY_READERS:
        text = "Sessions are kept by browsers, so nobody can be signed out."
        hint = "Set SESSION_ENGINE to one that keeps them on the server."
        found.append(message("branches.E022", text, hint))
    if not apps.is_installed("axes"):
        text = "Passwords are guessed without end: axes is not installed."
        found.append(message("branches.E024", text, "Put 'axes' into INSTALLED_APPS."))
    for app in GRANTED_APPS:
        if not apps.is_installed(app):
            text = f"{app} is not installed, to which the province is given rights."
            found.append(message("branches.W002", text, f"Put {app!r} into INSTALLED_APPS."))
    return found


@checks.register(checks.Tags.security, checks.Tags.urls)
def check_addresses(**kwargs: Any) -> Found:
    """Files and pages go by our views, which ask first, and by no others."""
    found = []
    if view_at(default_storage.url("file.txt")) is not serve_file:
        text = f"Files do not go by branches.media.serve, but by {settings.MEDIA_URL!r}."
        hint = (
            'Put path("media/", include("branches.media")) into the urlpatterns, and set MEDIA_URL '
            "to its address. Who else serves the files gives them to everybody."
        )
        found.append(message("branches.E012", text, hint))
    if view_named("wagtail_serve", "page/") is not serve_page:
        text = "Pages do not go by branches.views.serve."
        hint = 'End the urlpatterns with path("", include("branches.urls")), not with wagtail.urls.'
        found.append(message("branches.E013", text, hint))
    for name, arguments in OTHER_DOORS.items():
        if view_named(name, *arguments) is not None:
            text = f"There is a second address for files ({name}), which does not ask who may."
            found.append(message("branches.E014", text, f"Take {name} out of the urlpatterns."))
    reset = view_named("wagtailadmin_password_reset")
    if reset is not None and getattr(reset, "view_class", None) is not PasswordResetView:
        text = "New passwords may be asked for without limit, and the answer tells who exists."
        hint = 'Put path("admin/", include("branches.sign_in_urls")) before wagtail.admin.urls.'
        found.append(message("branches.E023", text, hint))
    if isinstance(storage_in_use(), FileSystemStorage) and not isinstance(
        storage_in_use(), FolderStorage
    ):
        text = "Files may be cut off by a full disk, and long names are refused."
        hint = 'Set STORAGES["default"] to branches.storage.FolderStorage.'
        found.append(message("branches.W007", text, hint))
    if view_named("wagtailadmin_home") is None:
        hint = 'Put path("admin/", include("wagtail.admin.urls")) into the urlpatterns.'
        found.append(message("branches.E015", "The CMS has no address.", hint))
    return found


def storage_in_use() -> Any:
    return storages["default"]


def view_named(name: str, *arguments: Any) -> Any:
    """The view that answers at the address called `name`; None where there is none."""
    try:
        return view_at(reverse(name, args=arguments))
    except NoReverseMatch:
        return None


def view_at(address: str) -> Any:
    try:
        return resolve(address).func
    except Resolver404:
        return None


@checks.register()
def check_site(**kwargs: Any) -> Found:
    """What absolute addresses, letters and trees of pages begin with."""
    found = [
        message(
            "branches.E016",
            f"{name} is no address of a site: {getattr(settings, name, None)!r}.",
            f'Set {name} to scheme and host, as in "https://redcross.example.cn".',
        )
        for name in ("SITE_URL", "WAGTAILADMIN_BASE_URL")
        if not is_address_of_site(getattr(settings, name, None))
    ]
    if not getattr(settings, "WAGTAIL_SITE_NAME", ""):
        hint = "Set WAGTAIL_SITE_NAME: it is the subject of invitations, and heads the CMS."
        found.append(message("branches.E017", "WAGTAIL_SITE_NAME is not set.", hint))
    named = {code for code, _name in settings.LANGUAGES}
    written = {code for code, _name in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())} or named
    if not content_language(settings.LANGUAGE_CODE) or not written <= named:
        text = "The languages of the settings do not fit together."
        hint = (
            "LANGUAGE_CODE has to be one of WAGTAIL_CONTENT_LANGUAGES, or one of them with a "
            "region, and these are to be among LANGUAGES."
        )
        found.append(message("branches.E019", text, hint))
    return found


def is_address_of_site(value: Any) -> bool:
    """Whether `value` is scheme and host, perhaps a port, and no slash at the end."""
    try:
        parts = urlsplit(str(value or ""))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.path


@checks.register(checks.Tags.caches)
def check_cache(**kwargs: Any) -> Found:
    """Several processes need a cache that they share: it is told when something has changed."""
    backend = settings.CACHES["default"]["BACKEND"]
    counts = [os.environ.get(name, "") for name in ("GRANIAN_WORKERS", "WEB_CONCURRENCY")]
    several = any(count.isdecimal() and int(count) > 1 for count in counts)
    if not several or not backend.endswith((".LocMemCache", ".DummyCache")):
        return []
    text = "Several processes are to run, and each has a cache of its own."
    return [message("branches.W003", text, "Set REDIS_URL, so that all learn of a change at once.")]


@checks.register()
def check_decoding_lock(**kwargs: Any) -> Found:
    """Pictures are decoded one at a time, which all processes have to agree about."""
    try:
        folder = lock_path().parent
    except NotImplementedError:
        hint = "Set DECODING_LOCK to the path of a file that all processes of the site may write."
        return [message("branches.E025", "There is no place for the lock of the decoder.", hint)]
    if not folder.exists() or os.access(folder, os.W_OK):
        return []
    text = f"No picture can be uploaded: the lock of the decoder cannot be written in {folder}."
    return [message("branches.W008", text, "Set DECODING_LOCK to a path in another folder.")]
