"""Settings for one's own machine: no secret to set, and mail goes to the console.

``make run`` turns DEBUG off, to show what a reader sees; ``manage.py runserver`` has it on.
"""

from __future__ import annotations

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = "for-development-only-never-in-production"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

VAR_DIR.mkdir(exist_ok=True)
