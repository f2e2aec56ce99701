"""Settings shared by every environment; what differs comes from environment variables.

docs/operations.md lists the variables. A file may set them too: ``.env`` beside ``manage.py``, or
the one that ``ENV_FILE`` names.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ

from config.csp import PUBLIC_DIRECTIVES
from config.database import SQLITE_OPTIONS, postgres_options

ROOT_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = ROOT_DIR / "site"
VAR_DIR = ROOT_DIR / "var"

env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", str(ROOT_DIR / ".env")))

SITE_NAME = env.str("SITE_NAME", "吉林省红十字会")
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

# Applications: ours from the most to the least specific, so that ours override Wagtail's templates.

INSTALLED_APPS = [
    "home",
    "stories",
    "branches",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.sites",
    "branches.apps.UsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_localize",
    "wagtail_localize.locales",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.csp.PolicyMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "branches.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "branches.middleware.SanitizedFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "branches.middleware.AdminScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.frame",
            ],
        },
    },
]

# Database: SQLite by default. Who answers requests waits for PostgreSQL so many seconds at most,
# and then says that the site is away for a moment; commands may take their time.

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
IS_POSTGRESQL = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
if IS_SQLITE:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if IS_POSTGRESQL:
    patience = env.int("DATABASE_TIMEOUT", 10) if env.bool("ANSWERS_REQUESTS", False) else 0
    DATABASES["default"] |= {
        "ENGINE": "config.postgresql",
        "OPTIONS": postgres_options(patience) | DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The cache: in Redis, or in the memory of the process. There is room for those who are counted
# (`search.rates`) beside all else that readers cause; Django's 300 would push them out. Redis has
# its own limit.

REDIS_URL = env.str("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "search.redis_cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": SITE_URL,
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Sign-in: five wrong passwords for one name from one address close that pair for 15 minutes; wrong
# passwords for ten names, the address for all but those who have signed in there before.

AUTH_USER_MODEL = "branches.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Who tries again before the time is over does not have to wait longer for it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "branches.sign_in.Handler"
AXES_CLIENT_IP_CALLABLE = "branches.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "branches.sign_in.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_DIRECTIVES}
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

# Languages: the address alone chooses the language of a public page.

LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("zh-hans", "简体中文"),
    ("ko", "한국어"),
    ("en", "English"),
]
LOCALE_PATHS = [SITE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
FORMAT_MODULE_PATH = "search.formats"
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# Static files and media. Media are never served from the folder as they are: a view of
# ``branches`` asks first whether what uses the file is public. Documents go the same way
# ("direct"), since Wagtail's own address for them asks about the collection only.

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
DECODING_LOCK = env.str("DECODING_LOCK", "")  # beside that folder where it is not set
STORAGES = {
    "default": {"BACKEND": "branches.storage.FolderStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# What goes wrong is written to the standard error output, for the service manager to keep.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}

# Mail

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "webmaster@localhost")
EMAIL_TIMEOUT = 10

# Wagtail

WAGTAIL_SITE_NAME = f"{SITE_NAME} · 网站管理"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# What moves is found by the slug history (`branches.redirects`); Wagtail's redirects are for what
# an administrator writes down.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A scheduled version that goes public leaves the review of a newer one alone.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "branches.publishing.publish_approved"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "stories.rich_text.RichTextArea"}}
WAGTAILIMAGES_IMAGE_MODEL = "branches.BranchImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "branches.admin.images.DescribedImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "branches.BranchDocument"
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "doc", "docx", "pdf", "ppt", "pptx", "txt", "xls", "xlsx", "zip"),
    *("dps", "et", "ofd", "wps"),
    *("m4v", "mp4", "webm"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
# The content decides, see ``branches.bare``: this is what file choosers offer, and refusals name.
WAGTAILIMAGES_EXTENSIONS = [
    *("jpg", "jpeg", "jfif", "png", "webp", "gif", "heic", "heif", "avif", "tif", "tiff", "bmp"),
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

# Search runs in the database itself, or on Elasticsearch; the database then answers while that is
# away. Programs may ask for JSON so often in a minute.

SEARCH_API_RATE = env.int("SEARCH_API_RATE", 60)
ELASTICSEARCH_URLS = env.list("ELASTICSEARCH_URL", default=[])
SEARCH_IN_DATABASE = {
    "BACKEND": "search.backends.sqlite" if IS_SQLITE else "search.backends.postgres"
}
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": SEARCH_IN_DATABASE}
if ELASTICSEARCH_URLS:
    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": ELASTICSEARCH_URLS,
            "INDEX_PREFIX": env.str("ELASTICSEARCH_PREFIX", ""),
            "FALLBACK": "database",
        },
        "database": SEARCH_IN_DATABASE,
    }
