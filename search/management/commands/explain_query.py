from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from search.explaining import find, read
from search.explaining_text import lines


class Command(BaseCommand):
    help = "Show how a query is folded, cut, widened and scored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)
        parser.add_argument("--backend", default="default")
        parser.add_argument("--top", type=int, default=10, help="How many results to show.")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        with translation.override(language):
            found = find(
                options["query"], language, backend=options["backend"], most=options["top"]
            )
            for line in lines(read(options["query"]), found):
                self.stdout.write(line)
