"""Names as somebody types them on a Latin keyboard."""

from __future__ import annotations

from search import pinyin


def pinyin_keys(name: str) -> str:
    """Keys by which to find `name` when typing: full pinyin and initials.

    农安县 gives `` nonganxian nax``. Each key follows a space, so that a search for
    `` na`` finds beginnings only.
    """
    sounds = list(map(_typed, name, pinyin.readings(name)))
    return f" {''.join(sounds)} {''.join(sound[:1] for sound in sounds)}"


def _typed(character: str, sound: str) -> str:
    return sound or character.lower()
