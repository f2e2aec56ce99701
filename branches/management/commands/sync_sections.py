from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from branches.provisioning import provision_all
from search.planner import gather_statistics


class Command(BaseCommand):
    help = "Bring all branch trees to the present set of sections, groups and collections."

    def handle(self, *args: Any, **options: Any) -> None:
        count = provision_all()
        gather_statistics()
        self.stdout.write(_("检查了 %(count)s 棵页面树。") % {"count": count})
