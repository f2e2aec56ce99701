"""File names: short enough for a folder, whose names end at 255 bytes, be they Chinese."""

from __future__ import annotations

from pathlib import PurePosixPath

from branches.whole_files import WholeFileStorage

#: Bytes of a name, with room for what is added where two files have the same.
LONGEST = 200
#: What is longer than this after the last dot is no extension.
LONGEST_EXTENSION = 20


class FolderStorage(WholeFileStorage):
    """A folder into which files come whole, under names that it can hold.

    Django counts characters, for its columns; folders count bytes, of which a Chinese character
    has three.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return super().get_available_name(shortened(name), max_length)


def shortened(path: str) -> str:
    """`path` with a last part of at most `LONGEST` bytes that keeps its extension."""
    parts = PurePosixPath(path)
    extension = parts.suffix
    if len(extension.encode()) > LONGEST_EXTENSION:
        extension = ""
    stem = parts.name.removesuffix(extension).encode()
    cut = stem[: LONGEST - len(extension.encode())].decode(errors="ignore")
    return str(parts.with_name(cut + extension))
