"""The one clock: what is due is done when `tick` is called, any time, any number of times.

An app that has something to do at its time registers it from its ``apps.py``. A job that fails
is logged and does not keep the others from running.
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from search.upkeep import Job, run

_jobs: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Run `job` at every tick. ImproperlyConfigured where another job has the name."""
    if _jobs.get(name, job) is not job:
        raise ImproperlyConfigured(f"Job {name} is registered twice.")
    _jobs[name] = job


def tick() -> dict[str, int | None]:
    """Run every job once. Returns by name how much it did, None where it failed."""
    return {name: run(name, job) for name, job in _jobs.items()}
