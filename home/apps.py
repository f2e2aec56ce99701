from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("门户")

    def ready(self) -> None:
        from branches import clock
        from branches.front import Front, register
        from home import front, logos, signal_handlers

        register(Front(template=front.template, context=front.context))
        clock.register("mend logos", logos.mend_logos)
        signal_handlers.connect()
