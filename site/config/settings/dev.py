"""Settings for one's own machine: no secret to set, and mail goes to files in ``var/mail``.

``make run`` turns DEBUG off, to show what a reader sees; ``manage.py runserver`` has it on.
"""

from __future__ import annotations

import sys

from config.address import of_this_machine
from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, VAR_DIR, env

INSTALLED_APPS = ["sample", *INSTALLED_APPS]
DEBUG = env.bool("DEBUG", True)
SECRET_KEY = "for-development-only-never-in-production"
ALLOWED_HOSTS = ["*"]
# Letters go to nobody: they are written to files.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

VAR_DIR.mkdir(exist_ok=True)
SITE_URL = WAGTAILADMIN_BASE_URL = env.str(
    "SITE_URL", of_this_machine(sys.argv, VAR_DIR / "address")
).rstrip("/")
