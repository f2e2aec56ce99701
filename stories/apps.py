from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from branches.sections import Section, register

SECTIONS = (
    Section(
        slug="stories",
        model="stories.StorySection",
        order=10,
        titles={"zh-hans": "红会故事", "ko": "적십자 이야기", "en": "Stories"},
    ),
    Section(
        slug="news",
        model="stories.NewsSection",
        order=20,
        titles={"zh-hans": "新闻动态", "ko": "소식", "en": "News"},
    ),
    Section(
        slug="explainers",
        model="stories.ExplainerSection",
        order=30,
        titles={"zh-hans": "普法科普", "ko": "법과 상식", "en": "Law and know-how"},
    ),
    Section(
        slug="about",
        model="stories.AboutPage",
        order=50,
        titles={"zh-hans": "关于我们", "ko": "소개", "en": "About us"},
        called=("关于红十字会", "关于红会", "红会简介", "单位简介", "机构简介", "简介", "about"),
    ),
)


class StoriesConfig(AppConfig):
    name = "stories"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("稿件")

    def ready(self) -> None:
        import stories.checks  # noqa: F401
        from branches import clock
        from search import registry, text_fields
        from search import suggestions as proposed
        from stories import pictures, signal_handlers, suggestions
        from stories.search_source import SOURCE

        text_fields.watch(self)
        signal_handlers.connect()
        registry.register(SOURCE)
        for source in suggestions.SOURCES:
            proposed.register(source)
        clock.register("mend pictures", pictures.mend_renditions)
        for section in SECTIONS:
            register(section)
