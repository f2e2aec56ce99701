from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from search.explaining import find, read
from search.explaining_text import lines
from search.languages import main_language, to_activate


class Command(BaseCommand):
    help = "Show how a query is folded, cut, widened and scored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--language", default=main_language())
        parser.add_argument("--backend", default="default")
        parser.add_argument("--top", type=int, default=10, help="How many results to show.")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        with translation.override(to_activate(language)):
            found = find(
                options["query"], language, backend=options["backend"], most=options["top"]
            )
            for line in lines(read(options["query"]), found):
                self.stdout.write(line)
