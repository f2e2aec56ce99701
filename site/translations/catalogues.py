"""Reads and writes the message files of one folder: ``locale/<language>/LC_MESSAGES``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polib

from translations.extraction import Message

LANGUAGES = {
    "en": "nplurals=2; plural=(n != 1);",
    "ko": "nplurals=1; plural=0;",
}


def catalogue_path(folder: Path, language: str) -> Path:
    """Return where the texts of ``folder`` are translated into ``language``."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def update(folder: Path, language: str, messages: Mapping[Message, list[str]]) -> int:
    """Write the catalogue anew: new texts come in, gone ones go, translations stay.

    Returns how many texts wait for a translation.
    """
    path = catalogue_path(folder, language)
    kept = {message_of(entry): entry for entry in read(path)}
    catalogue = polib.POFile(wrapwidth=99)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    for message, places in messages.items():
        catalogue.append(make_entry(message, places, kept.get(message), language))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return len(catalogue.untranslated_entries())


def read(path: Path) -> list[polib.POEntry]:
    """Return the entries in use of the catalogue at ``path``; none where there is no file."""
    if not path.exists():
        return []
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def message_of(entry: polib.POEntry) -> Message:
    """Return the message that ``entry`` translates."""
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def make_entry(
    message: Message, places: list[str], kept: polib.POEntry | None, language: str
) -> polib.POEntry:
    """Return the entry for ``message``, with the translation that was ``kept``."""
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in places],
    )
    if message.plural:
        forms = 1 if language == "ko" else 2
        entry.msgid_plural = message.plural
        entry.msgstr_plural = (kept and kept.msgstr_plural) or dict.fromkeys(range(forms), "")
    elif kept:
        entry.msgstr = kept.msgstr
    return entry
