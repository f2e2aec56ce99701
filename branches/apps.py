from __future__ import annotations

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


def wagtail_apps() -> list[AppConfig]:
    """Wagtail's own: what people write goes into its models too, as drafts and comments."""
    return [c for c in apps.get_app_configs() if c.name.split(".")[0] == "wagtail"]


class BranchesConfig(AppConfig):
    name = "branches"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("分会")
    default = True

    def ready(self) -> None:
        import branches.checks
        import branches.deployment_checks  # noqa: F401
        from branches import (
            after_response,
            clock,
            content_freeze,
            decoding_lock,
            divisions,
            mail,
            media,
            schedule,
            sections,
            signal_handlers,
            site_address,
            spreadsheets,
            workflow,
        )
        from branches import suggestions as proposed
        from branches.admin.dates import take_printed_dates
        from search import lexicon, pinyin, suggestions, text_fields, upkeep

        for config in (self, *wagtail_apps()):
            text_fields.watch(config)
        signal_handlers.connect()
        content_freeze.connect()
        take_printed_dates()
        decoding_lock.connect()
        mail.connect()
        spreadsheets.connect()
        after_response.connect()
        sections.register(
            sections.Section(
                slug="services",
                model="branches.ServicesPage",
                order=40,
                titles={
                    "zh-hans": "我能做什么",
                    "ko": "내가 할 수 있는 일",
                    "en": "What you can do",
                },
            )
        )
        for source in proposed.SOURCES:
            suggestions.register(source)
        lexicon.register(proposed.short_names)
        pinyin.register(divisions.names)
        clock.register("publish", schedule.publish_due)
        clock.register("expire", schedule.expire_due)
        clock.register("send on what is stuck", workflow.skip_steps_without_reviewer)
        clock.register("open and close files", media.update_all_publicity)
        clock.register("follow the address", site_address.follow_address)
        if apps.is_installed("axes"):  # else branches.E024 says so
            from branches import sign_in

            clock.register("forget old sign-ins", sign_in.forget_old)
        for name, job in upkeep.JOBS.items():
            clock.register(name, job)


class UsersConfig(WagtailUsersAppConfig):
    """In place of `wagtail.users`."""

    user_viewset = "branches.admin.users.UserViewSet"
