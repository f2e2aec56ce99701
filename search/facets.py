"""The filters of a search as a page shows them: options with counts and addresses."""

from __future__ import annotations

from dataclasses import dataclass

from search.registry import Option, SearchFilter


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter: its address chooses it, or takes it back if it is `chosen`.

    `count` is how many results it would leave, whatever else is chosen.
    """

    option: Option
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Branching:
    """A choice and those that belong under it."""

    choice: Choice
    below: list[Choice]


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A filter as the page shows it; `reset_url` takes back what is chosen."""

    filter: SearchFilter
    choices: list[Choice]
    total: int
    reset_url: str

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)

    @property
    def is_tree(self) -> bool:
        return any(choice.option.parent for choice in self.choices)

    @property
    def tree(self) -> list[Branching]:
        """The choices by what they belong under, those without anything above them first."""
        tops = [choice for choice in self.choices if not choice.option.parent]
        return [
            Branching(top, [c for c in self.choices if c.option.parent == top.option.value])
            for top in tops
        ]
