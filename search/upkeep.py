"""What search has to do from time to time, beside what is done at once: every minute, by the clock
of the site or by `manage.py keep_search`. A job that fails does not keep the others from running.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from search import following, lexicon, statistics, suggestions, watch

logger = logging.getLogger(__name__)

#: A job does what is due and returns how many things it did.
Job = Callable[[], int]

JOBS: dict[str, Job] = {
    "index what was renamed": following.catch_up,
    "look after search engines": watch.look_after_engines,
    "forget old searches": statistics.forget_old,
    "suggest": suggestions.rebuild,
    "learn words": lexicon.rebuild,
}


def run(name: str, job: Job) -> int | None:
    """How much `job` did; None if it failed, which is logged."""
    try:
        return job()
    except Exception:
        logger.exception("Job %s failed; it is tried again the next time.", name)
        return None
