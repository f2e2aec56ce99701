from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from branches.clock import tick


class Command(BaseCommand):
    help = "Do what is due: scheduled publishing, stuck reviews, … To be run every minute."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        done = tick()
        if verbosity > 1 or any(done.values()):
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
        if failed := [name for name, count in done.items() if count is None]:
            raise CommandError(f"Failed: {', '.join(failed)}. See the log.")
