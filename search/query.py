"""A kind of query beside those of `modelsearch`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from modelsearch.query import PlainText


class Question(PlainText):
    """What somebody typed: as many of its words are asked for as enough documents have.

    See `search.backends.matching.enough`. Alone or as a part of a top-level `And`; anywhere
    else, and on other backends, it is read as any of its words.

    :param within: the documents that are counted for that, whatever of them is searched; all of
        the model if not given. So what is not public does not decide what the public finds.
    """

    def __init__(
        self, query_string: str, boost: float = 1, *, within: QuerySet[Any] | None = None
    ) -> None:
        super().__init__(query_string, operator="or", boost=boost)
        self.within = within
