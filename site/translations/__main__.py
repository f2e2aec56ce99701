"""``python -m translations``: bring every message file up to date."""

from __future__ import annotations

from pathlib import Path

from translations.catalogues import LANGUAGES, update
from translations.extraction import messages_in

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = tuple(ROOT / name for name in ("home", "stories", "branches", "search", "site"))


def main() -> None:
    """Update the catalogues of every app and of the project, and say what is left to do."""
    for folder in FOLDERS:
        messages = messages_in(folder)
        for language in LANGUAGES:
            waiting = update(folder, language, messages) if messages else 0
            print(f"{folder.name} {language}: {len(messages)} texts, {waiting} untranslated")  # noqa: T201


if __name__ == "__main__":
    main()
