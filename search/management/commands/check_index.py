from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from modelsearch.backends import get_search_backend
from modelsearch.conf import get_app_config
from modelsearch.index import get_indexed_models

from search.index_checking import Checked, Difference, difference, repair
from search.outage import EngineDown, IndexMissing


class Command(BaseCommand):
    help = (
        "Compares each search index with the database, and puts right what differs. People may "
        "go on editing meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--backend", help="only this one of WAGTAILSEARCH_BACKENDS")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what differs; fail if anything does"
        )

    def handle(self, **options: Any) -> None:
        names = [options["backend"]] if options["backend"] else backend_names()
        repairing = not options["dry_run"]
        complaints: list[str] = []
        for name in names:
            try:
                complaints += self.check_backend(name, repairing=repairing)
            except EngineDown as error:
                complaints.append(f"{name}: {error}")
        if complaints:
            raise CommandError("\n".join(complaints))

    def check_backend(self, name: str, *, repairing: bool) -> list[str]:
        """Compare all indexes of one backend. What is left to be done, by somebody else."""
        backend = get_search_backend(name)
        differing = 0
        missing: dict[str, None] = {}
        for model in get_indexed_models():
            index = backend.get_index_for_model(model)
            if not isinstance(index, Checked):
                raise CommandError(f"The index of {name!r} cannot be compared.")
            try:
                differing += self.check_model(name, index, model, repairing=repairing)
            except IndexMissing:
                missing[index.get_key()] = None
        self.stdout.write(f"{name}: {differing} entries {'put right' if repairing else 'differ'}.")
        left = [f"{name}: the index {key} is missing. Run update_index." for key in missing]
        if differing and not repairing:
            left.append(
                f"{name}: {differing} entries differ. Without --dry-run they are put right."
            )
        return left

    def check_model(self, name: str, index: Checked, model: Any, *, repairing: bool) -> int:
        """How many entries of one model differ."""
        found = difference(index, model)
        if found:
            self.stdout.write(f"{name}: {model._meta.label}: {described(found)}")
        if found and repairing:
            repair(index, model, found)
        return len(found)


def backend_names() -> list[str]:
    return list(get_app_config().get_search_backend_config())


def described(found: Difference) -> str:
    return (
        f"{len(found.missing)} missing, {len(found.outdated)} outdated, "
        f"{len(found.surplus)} surplus"
    )
