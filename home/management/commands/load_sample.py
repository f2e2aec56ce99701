from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from branches.models import Branch
from home.sample.content import read_pieces
from home.sample.desk import load_accounts, load_desk
from home.sample.illustration import open_studio
from home.sample.organisation import load_organisation
from home.sample.pieces import load_piece, missing, orders_of


class Command(BaseCommand):
    help = (
        "Load the sample content: pieces with pictures, services, accounts. Loads only what is "
        "missing, so it may be stopped and started again. Refuses where the setting SAMPLE_CONTENT "
        "is not true, as in production: the passwords of its accounts are published."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        if not getattr(settings, "SAMPLE_CONTENT", False):
            raise CommandError(_("示例账号的密码是公开的，正式网站上不能装示例内容。"))
        branches = {branch.code: branch for branch in Branch.objects.select_related("parent")}
        if not branches:
            raise CommandError(_("还没有分会。请先运行 manage.py import_branches。"))
        load_organisation()
        pieces = missing(read_pieces(), branches)
        with open_studio([order for piece in pieces for order in orders_of(piece)]) as studio:
            for number, piece in enumerate(pieces, start=1):
                page = load_piece(piece, branches[piece.code], studio)
                if verbosity:
                    self.stdout.write(f"[{number}/{len(pieces)}] {page.title}")
        load_desk(load_accounts())
