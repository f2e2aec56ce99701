#!/usr/bin/env python
"""Django's command line for this project."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the management command named on the command line.

    The project package ``config`` lives in ``site/``, which is put on the path because
    ``site`` itself is a module of the standard library and is never imported.
    """
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    from branches.disk_full import is_disk_full

    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        if not is_disk_full(error):
            raise
        sys.exit(
            f"The disk is full ({error}). What was begun is undone, what was done before is kept.\n"
            "Free some space, and run the command again."
        )


if __name__ == "__main__":
    main()
