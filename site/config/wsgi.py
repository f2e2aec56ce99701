"""The WSGI application that the web server runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

SITE_DIR = Path(__file__).resolve().parents[1]
for directory in (SITE_DIR, SITE_DIR.parent):
    if str(directory) not in sys.path:
        sys.path.insert(0, str(directory))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
os.environ["ANSWERS_REQUESTS"] = "true"  # who asks shall not wait for a database that hangs

application = get_wsgi_application()
BaseCommand().check()  # nobody is served while a setting is missing on which security hangs
if settings.TRUSTED_PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=settings.TRUSTED_PROXIES)
