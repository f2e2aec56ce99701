from __future__ import annotations

from django.db import models


class SpellingKey(models.Model):
    """A word that is spelt rightly, under one of the keys by which its misspellings find it.

    Made by `search.lexicon`, never edited.

    :ivar language: in which the word is right; empty where it is in all.
    :ivar weight: how much the word is to be expected; see `search.lexicon`.
    """

    key = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    word = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "word"], name="one_key_of_a_word")
        ]
        indexes = [models.Index(fields=["language", "word"], name="keys_of_a_word")]

    def __str__(self) -> str:
        return f"{self.key} → {self.word}"


class LearntFrom(models.Model):
    """What the words were learnt from the last time, so that nothing is done where nothing has
    changed. One row."""

    state = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.state
