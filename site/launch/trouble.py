"""The one error of this package: something on the machine is in the way."""

from __future__ import annotations


class Trouble(Exception):
    """Says what is wrong and what to do about it, in words for the person at the keyboard."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}\n{self.remedy}"
