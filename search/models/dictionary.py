from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from search.dictionary import SynonymSet, changes, checking


class DictionaryStampManager(models.Manager["DictionaryStamp"]):
    def renew(self) -> None:
        """Say that the entries have changed. Belongs into the transaction that changes them."""
        self.update_or_create(pk=1, defaults={"value": uuid.uuid4()})

    def current(self) -> uuid.UUID | None:
        """The stamp of the entries as they are; None where there never was one."""
        return self.filter(pk=1).values_list("value", flat=True).first()


class DictionaryStamp(models.Model):
    """One row whose value is never the same again after the entries have changed.

    A random value, and not a number that counts up, so that a change that is rolled back leaves
    nothing behind that another change could be taken for.
    """

    value = models.UUIDField()

    objects = DictionaryStampManager()

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.value)


class DictionaryEntryQuerySet(models.QuerySet["DictionaryEntry"]):
    """What writes many rows at once sends no signals; the stamp is renewed here."""

    def active(self) -> DictionaryEntryQuerySet:
        return self.filter(is_active=True)

    @transaction.atomic
    def update(self, **values: Any) -> int:
        DictionaryStamp.objects.renew()
        return super().update(**values)

    @transaction.atomic
    def bulk_create(self, *args: Any, **options: Any) -> list[DictionaryEntry]:
        DictionaryStamp.objects.renew()
        return super().bulk_create(*args, **options)


class DictionaryEntry(models.Model):
    """What the province changes in the dictionary that ships. In force with the next query."""

    class Kind(models.TextChoices):
        SYNONYMS = changes.SYNONYMS, _("同义词")
        TERM = changes.TERM, _("词语")
        STOP_WORD = changes.STOP_WORD, _("停用词")

    class Action(models.TextChoices):
        ADD = changes.ADD, _("增加")
        SWITCH_OFF = changes.SWITCH_OFF, _("停用自带的")

    kind = models.CharField(
        _("种类"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.SYNONYMS,
        help_text=_(
            "同义词：搜其中一个，也找得到其他几个。词语：不拆开来搜。停用词：不参加搜索的词。"
        ),
    )
    action = models.CharField(
        _("操作"),
        max_length=10,
        choices=Action.choices,
        default=Action.ADD,
        help_text=_("“停用自带的”只对系统自带的词有用：写上的词以后不再起作用。"),
    )
    text = models.CharField(
        _("词"),
        max_length=800,
        help_text=_(
            "词语和停用词写一个词。同义词写一组，中间用“=”隔开，例如：红会 = 红十字会。"
            "括号里的词只用来理解读者的话：读者搜它，能找到同组的其他词；搜其他词，不会去找它。"
            "例如：志愿者 = (义工)。"
        ),
    )
    note = models.CharField(_("备注"), max_length=200, blank=True)
    is_active = models.BooleanField(_("启用"), default=True, help_text=_("不勾选就暂不启用。"))
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = DictionaryEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("词典条目")
        verbose_name_plural = _("词典条目")

    def __str__(self) -> str:
        return self.text

    @transaction.atomic
    def save(self, *args: Any, **options: Any) -> None:
        """Together with the new stamp; see `search.dictionary.stored`."""
        super().save(*args, **options)

    @property
    def words(self) -> SynonymSet:
        return changes.read_words(self.text)

    def clean(self) -> None:
        """Writes the words in one way, and refuses what would do nothing, or harm."""
        super().clean()
        if self.kind not in self.Kind.values or self.action not in self.Action.values:
            return
        self.text = str(self.words)
        others = type(self).objects.active().exclude(pk=self.pk)
        if found := checking.problems(self, list(others)):
            raise ValidationError({"text": found})
