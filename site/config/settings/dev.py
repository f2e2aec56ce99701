"""Settings for one's own machine: no secret to set, mail printed to the console."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = "for-development-only-never-in-production"
ALLOWED_HOSTS = ["*"]

VAR_DIR.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
