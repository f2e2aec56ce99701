from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from branches.media_check import check_media


class Command(BaseCommand):
    help = (
        "Names the files of pictures and documents that are missing, or that nothing refers to. "
        "Changes nothing; fails where something is wrong."
    )

    def handle(self, **options: Any) -> None:
        report = check_media()
        parts = {
            "missing": report.missing,
            "unreferenced": report.unreferenced,
            "unchecked": report.unchecked,
        }
        for what, found in parts.items():
            for name in found:
                self.stdout.write(f"{what}: {name}")
        numbers = ", ".join(f"{len(found)} {what}" for what, found in parts.items())
        if report:
            raise CommandError(numbers)
        self.stdout.write(numbers)
