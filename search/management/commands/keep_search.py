from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.upkeep import JOBS, run


class Command(BaseCommand):
    help = (
        "Write what search engines have missed, index what was renamed, renew suggestions. To be "
        "run every minute where no clock of the site does so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = {name: run(name, job) for name, job in JOBS.items()}
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
        if failed := [name for name, count in done.items() if count is None]:
            raise CommandError(f"Failed: {', '.join(failed)}. See the log.")
