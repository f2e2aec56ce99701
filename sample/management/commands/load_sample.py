from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from branches.models import Branch
from sample.load import load_all


class Command(BaseCommand):
    help = (
        "Load the sample content: pieces with pictures, services, accounts. Loads only what is "
        "missing, so it may be stopped and started again."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        if not Branch.objects.exists():
            raise CommandError("There are no branches yet. Run manage.py import_branches first.")
        load_all(self.stdout.write if verbosity else str)
