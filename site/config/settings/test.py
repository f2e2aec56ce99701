"""Settings for tests: in memory, quick, and the same whatever the machine's environment says."""

from __future__ import annotations

import os

for name in (
    *("DATABASE_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "MEDIA_ROOT", "REDIS_URL"),
    *("SITE_NAME", "SITE_URL"),
):
    os.environ.pop(name, None)
os.environ["ENV_FILE"] = os.devnull
os.environ["SITE_URL"] = "http://localhost"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")

from config.settings.base import *  # noqa: E402, F403

INSTALLED_APPS += ["tests.search.library"]  # noqa: F405
DEBUG = False
SECRET_KEY = "for-tests-only"
ALLOWED_HOSTS = ["*"]
SAMPLE_CONTENT = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = True
# Nothing is counted in the background, where a test counts queries.
SEARCH_STATISTICS_SECONDS = float("inf")
