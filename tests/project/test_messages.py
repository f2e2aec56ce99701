"""Message files hold exactly the texts that are in use, and are compiled."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from branches.models import Service
from stories.models import ContentPage, ExplainerPage, NewsPage, StoryPage
from stories.search_source import SOURCE
from translations.__main__ import FOLDERS
from translations.catalogues import LANGUAGES, catalogue_path, message_of, read, update
from translations.extraction import Message, messages_in, messages_in_python, messages_in_template

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
HAN = re.compile(r"[\u3400-\u9fff]")
CATALOGUES = [
    pytest.param(folder, language, id=f"{folder.name}-{language}")
    for folder in FOLDERS
    for language in LANGUAGES
]


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_catalogues_hold_what_is_in_use(folder: Path, language: str) -> None:
    listed = {message_of(entry) for entry in read(catalogue_path(folder, language))}
    assert listed == set(messages_in(folder)), "run: make messages"


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_catalogues_are_compiled(folder: Path, language: str) -> None:
    path = catalogue_path(folder, language)
    if path.exists():
        source = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
        compiled = polib.mofile(str(path.with_suffix(".mo")))
        assert {entry.msgid: entry.msgstr for entry in compiled if entry.msgstr} == source


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_what_the_public_reads_is_translated(folder: Path, language: str) -> None:
    """Templates outside the CMS, which itself is in Chinese only."""
    public = {
        message
        for message, places in messages_in(folder).items()
        if any("templates" in place and "admin" not in place for place in places)
    }
    entries = read(catalogue_path(folder, language))
    translated = {message_of(entry) for entry in entries if entry.translated()}
    assert public - translated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_in_code_that_the_public_reads_are_translated(language: str) -> None:
    with override(language):
        assert [label for label in labels_shown() if HAN.search(label)] == []


def labels_shown() -> list[str]:
    """What models and filters call kinds and choices, in the language that is active."""
    pieces: list[type[ContentPage]] = [StoryPage, NewsPage, ExplainerPage]
    fields = [
        model._meta.get_field(name) for model in pieces for name in model.list_filters.values()
    ]
    choices = [label for field in fields for _value, label in field.flatchoices]
    names = [each._meta.verbose_name for each in pieces] + [field.verbose_name for field in fields]
    filters = [each.label for each in SOURCE.filters]
    in_code = [_("已撤并"), _("年份"), _("%(year)s年")]
    return [str(label) for label in [*choices, *names, *filters, *Service.Kind.labels, *in_code]]


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_translations_keep_the_placeholders(folder: Path, language: str) -> None:
    broken = [
        entry.msgid
        for entry in read(catalogue_path(folder, language))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid))
    ]
    assert broken == []


def test_texts_in_code_are_found() -> None:
    source = """
title = _("标题")
label = gettext_lazy("长" "句")
count = ngettext("%(n)s 篇", "%(n)s 篇稿件", n)
month = translation.pgettext("月份", "五月")
name = _(variable)
"""
    assert list(messages_in_python(source)) == [
        Message("标题"),
        Message("长句"),
        Message("%(n)s 篇", "%(n)s 篇稿件"),
        Message("五月", context="月份"),
    ]


def test_texts_in_templates_are_found() -> None:
    source = (
        '{% load i18n %}{% translate "首页" %}{{ _("搜索") }}{% translate "五月" context "月份" %}'
        "{% blocktranslate count n=n trimmed %} 共 {{ n }} 篇 {% plural %} 共 {{ n }} 篇稿件 "
        '{% endblocktranslate %}{% blocktranslate %}它\'的"{{ name }}"{% endblocktranslate %}'
    )
    assert set(messages_in_template(source)) == {
        Message("首页"),
        Message("搜索"),
        Message("五月", context="月份"),
        Message("共 %(n)s 篇", "共 %(n)s 篇稿件"),
        Message('它\'的"%(name)s"'),
    }


def test_an_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    code = tmp_path / "views.py"
    code.write_text('title = _("首页")\nlabel = _("旧")')
    assert update(tmp_path, "en", messages_in(tmp_path)) == 2
    catalogue = polib.pofile(str(catalogue_path(tmp_path, "en")))
    catalogue.find("首页").msgstr = "Home"
    catalogue.save()
    code.write_text('title = _("首页")\nlabel = _("新")')
    assert update(tmp_path, "en", messages_in(tmp_path)) == 1
    entries = {entry.msgid: entry.msgstr for entry in read(catalogue_path(tmp_path, "en"))}
    assert entries == {"首页": "Home", "新": ""}
