"""Things that have one row and a name per language: branches, topics, venues."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.languages import current_language
from search.text_fields import Sanitized


def name_in(language: str | None, name: str, names: Mapping[str, str]) -> str:
    """The one of `names` for `language`, else `name`."""
    return names.get(language or "") or name


def short_name(local: str, name: str, division: str) -> str:
    """What lists call a branch that is called `local` in their language, `name` in Chinese: 农安县;
    in another language its name there."""
    return division if local == name else local


class NamedInLanguages(Sanitized, models.Model):
    """A name in Chinese, and in as many other languages as somebody has given.

    A missing translation is no error: the Chinese name stands in for it.
    """

    name = models.CharField(_("名称"), max_length=100)
    names = models.JSONField(
        _("其他语言的名称"),
        default=dict,
        blank=True,
        help_text=_('按语言代码填写，例如 {"ko": "연길시 적십자회"}。没有填的语言显示中文名称。'),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.local_name

    def name_in(self, language: str | None) -> str:
        """The name in `language` (a code such as ``ko``), else the Chinese one."""
        return name_in(language, self.name, self.names)

    @property
    def local_name(self) -> str:
        """The name in the language of the page that is being rendered."""
        return self.name_in(current_language())
