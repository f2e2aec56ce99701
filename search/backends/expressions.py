"""What is looked up, in no engine's language: terms, joined.

So what matches is said once, and each engine only writes it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from search.analysis import Term


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that all of `parts` match."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that one of `parts` matches."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ButNot:
    """Documents that `whole` matches and `part` does not."""

    whole: Expression
    part: Expression


Expression: TypeAlias = Term | AllOf | AnyOf | ButNot


@dataclass(frozen=True, slots=True)
class Matching:
    """The documents that `expression` matches (None: none), or with `negated` all others.

    So no engine needs a lone NOT or a word for "everything". However many parts are joined one
    by one, the expression stays flat: engines limit how deep it may be.
    """

    expression: Expression | None
    negated: bool = False

    def __invert__(self) -> Matching:
        return Matching(self.expression, not self.negated)

    def __and__(self, other: Matching) -> Matching:
        if self.negated and other.negated:
            return ~(~self | ~other)
        if self.negated:
            return other & self
        if self.expression is None:
            return self
        if other.expression is None:
            return self if other.negated else other
        if other.negated:
            return Matching(_without(self.expression, other.expression))
        return Matching(AllOf((*_parts(AllOf, self.expression), *_parts(AllOf, other.expression))))

    def __or__(self, other: Matching) -> Matching:
        if self.negated or other.negated:
            return ~(~self & ~other)
        if self.expression is None or other.expression is None:
            return Matching(self.expression or other.expression)
        return Matching(_any(self.expression, other.expression))


EVERYTHING = ~Matching(None)


def _any(one: Expression, other: Expression) -> AnyOf:
    return AnyOf((*_parts(AnyOf, one), *_parts(AnyOf, other)))


def _without(whole: Expression, part: Expression) -> ButNot:
    if isinstance(whole, ButNot):
        return ButNot(whole.whole, _any(whole.part, part))
    return ButNot(whole, part)


def _parts(kind: type[AllOf | AnyOf], expression: Expression) -> tuple[Expression, ...]:
    """What `kind` would join to get `expression`."""
    return expression.parts if isinstance(expression, kind) else (expression,)
