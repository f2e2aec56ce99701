from __future__ import annotations

from urllib.parse import urlencode

from django.db import models

from search import typed


class Suggestion(models.Model):
    """What is proposed to somebody who types: a title, a topic, a branch, a popular query.

    Made from what apps have registered with `search.suggestions`, never edited.

    :ivar source: the name of the source, which is also what kind of thing it is: piece, topic, …
    :ivar reference: what it stands for, in the words of its source: the key of a page, a slug.
    :ivar url: where it leads; empty for one that is searched for.
    :ivar weight: from 0 to 99; of two that fit alike, the heavier comes first.
    """

    source = models.CharField(max_length=30)
    reference = models.CharField(max_length=100)
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=255)
    url = models.CharField(max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(default=50)
    keys_version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reference", "language"], name="one_suggestion_of_each"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def address(self) -> str:
        """Where it leads from the search page: to its page, or to a search for it."""
        return self.url or f"?{urlencode({'q': self.text})}"


class SuggestionKey(models.Model):
    """One way to begin typing a suggestion.

    `key` is in bytes (UTF-8), which every database compares alike and by an index, whatever its
    collation. All that begin alike are read from the index alone; see `search.suggestions`.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="keys")
    language = models.CharField(max_length=12)
    key = models.BinaryField(max_length=4 * typed.LENGTH)
    rank = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(
                fields=["language", "key", "rank", "suggestion"], name="suggestions_by_beginning"
            )
        ]

    def __str__(self) -> str:
        return bytes(self.key).decode()
