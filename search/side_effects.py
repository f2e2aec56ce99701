"""Side effects of an act: what follows it, and must never undo it or hide that it was done.

What lives in the same database goes with the act, `isolated` by a savepoint: it is neither ahead
of the act nor behind it, and where it fails, only itself is undone. What lives elsewhere (letters,
files, caches) comes `after_commit`: nobody hears of what is rolled back in the end. Either way a
failure is logged by name, whatever it is, and the clock mends what can be mended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ParamSpec

from django.db import transaction

logger = logging.getLogger(__name__)

P = ParamSpec("P")


def after_commit(name: str, do: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do it when the transaction is through; at once where there is none.

    `name` says in the log what failed. Arguments are not logged, some are secrets. (Django's own
    robust hooks fail in turn where they are to log a function without a name, as a `partial`.)
    """

    def side_effect() -> None:
        try:
            do(*args, **kwargs)
        except Exception:
            logger.exception("After the commit: %s failed.", name)

    transaction.on_commit(side_effect)


def isolated(name: str, do: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do it within the transaction, all or nothing of it."""
    try:
        with transaction.atomic():
            do(*args, **kwargs)
    except Exception:
        logger.exception("Beside the act: %s failed.", name)
