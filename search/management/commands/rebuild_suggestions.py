from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.suggestions import rebuild


class Command(BaseCommand):
    help = "Bring what is suggested while typing up to date. (The clock does so as well.)"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Changed: {rebuild()}")
