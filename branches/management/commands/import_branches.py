from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from branches.import_file import ImportFaults
from branches.importing import import_branches
from branches.models import Branch
from search.planner import gather_statistics


class Command(BaseCommand):
    help = "Make or change branches, with their page trees, from a CSV file. All rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file in UTF-8")

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        try:
            outcome = import_branches(file, self.show if verbosity else lambda *_args: None)
        except OSError as error:
            raise CommandError(_("打不开文件 %(file)s") % {"file": file}) from error
        except ImportFaults as faults:
            count = _("没有导入，文件里有 %(count)s 处问题：") % {"count": len(faults.faults)}
            raise CommandError(f"{count}\n{faults}") from faults
        gather_statistics()
        summary = _("新建 %(created)s 个，更新 %(changed)s 个，没有变化 %(unchanged)s 个。")
        self.stdout.write(summary % vars(outcome))

    def show(self, branch: Branch, number: int, total: int) -> None:
        self.stdout.write(f"[{number}/{total}] {branch.name}")
