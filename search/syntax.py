"""What somebody may write in the search box beside words: "quoted phrases", and -words that are
not to be there. Nothing that is written there is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from modelsearch.query import And, Not, Phrase, SearchQuery

from search import analysis
from search.folding import fold, runs, visible
from search.query import Question

_PART = re.compile(
    r"""(?P<minus>(?<!\S)[-－])?
        (?:["“”](?P<quoted>[^"“”]+)["“”]|「(?P<corner>[^」]+)」|(?P<words>[^\s"“”「」]+))""",
    re.VERBOSE,
)

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """A query as it is written: `words` to find as far as possible, `phrases` that have to be
    there as they stand, and what is `excluded`."""

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def query(self, within: QuerySet[Any] | None = None) -> SearchQuery | None:
        """What a search backend is asked; None where there is nothing to look for. Of `within`
        (see `Question`) it is decided how many of the words are enough."""
        parts: list[SearchQuery] = []
        if self.words:
            parts.append(Question(self.words, within=within))
        parts += map(Phrase, self.phrases)
        parts += (Not(Phrase(each)) for each in self.excluded)
        return parts[0] if len(parts) == 1 else And(parts) if parts else None

    @property
    def wanted(self) -> str:
        """All that is to be found, without what is excluded."""
        return " ".join((self.words, *self.phrases)).strip()

    @property
    def loosened(self) -> Typed:
        """The same without quotes: the words of the phrases, as far as possible."""
        return Typed(self.wanted, (), self.excluded)


def clean(text: str) -> str:
    """What a visitor typed without what cannot be shown or seen, and cut to a sane length."""
    printable = _UNPRINTABLE.sub(" ", visible(text[: 20 * analysis.MAX_QUERY_CHARACTERS]))
    return " ".join(printable.split())[: analysis.MAX_QUERY_CHARACTERS]


def read(text: str) -> Typed:
    """What is written in `text`. A quote without its other half is nothing."""
    found: dict[str, list[str]] = {"words": [], "phrases": [], "excluded": []}
    for kind, part in _parts(text):
        if _says_something(part):
            found[kind].append(part)
    return Typed(" ".join(found["words"]), tuple(found["phrases"]), tuple(found["excluded"]))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for match in _PART.finditer(text):
        quoted = match["quoted"] or match["corner"]
        kind = "excluded" if match["minus"] else "phrases" if quoted else "words"
        yield kind, quoted or match["words"]


def _says_something(text: str) -> bool:
    return any(True for _run in runs(fold(text)))
