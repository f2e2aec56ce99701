from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("门户")

    def ready(self) -> None:
        import home.checks
        import home.deployment_checks  # noqa: F401
        from branches import clock
        from branches.front import Front, register
        from home import front, logos, signal_handlers
        from search import text_fields

        text_fields.watch(self)
        register(Front(template=front.template, context=front.context))
        clock.register("mend logos", logos.mend_logos)
        signal_handlers.connect()
