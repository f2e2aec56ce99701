"""How the branches are doing: what each has public, and since when nothing new came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, get_page_models

from branches.models import Branch, BranchPage

#: A branch that has published nothing for so long is called quiet.
QUIET_AFTER = timedelta(days=60)


@dataclass
class BranchState:
    """
    :param texts: number of public texts, in all languages.
    :param latest: when one was published last.
    """

    branch: Branch
    languages: list[str] = field(default_factory=list)
    texts: int = 0
    latest: datetime | None = None

    @property
    def is_quiet(self) -> bool:
        return self.latest is None or self.latest < timezone.now() - QUIET_AFTER


def states_of_branches(branches: Iterable[Branch] | None = None) -> list[BranchState]:
    """The state of each of `branches` (all if None), in the order of their codes. Three queries."""
    listed = Branch.objects.all() if branches is None else branches
    states = {branch.pk: BranchState(branch) for branch in listed}
    homes = BranchPage.objects.filter(branch__in=states).select_related("locale")
    texts = public_texts()
    for home in homes:
        state = states[home.branch_id]
        state.languages.append(str(home.locale))
        number, latest = texts.get(home.path, (0, None))
        state.texts += number
        state.latest = max(filter(None, (state.latest, latest)), default=None)
    return list(states.values())


def public_texts() -> dict[str, tuple[int, datetime | None]]:
    """How many public texts stand in the sections of each branch page, by its path, and when
    one was published last. A text stands two steps below the branch's page."""
    home = Substr("path", 1, Length("path") - 2 * Page.steplen)
    rows = (
        Page.objects.live()
        .filter(depth__gt=3)
        .exclude(content_type__in=structure())
        .order_by()
        .annotate(home=home)
        .values("home")
        .annotate(number=Count("pk"), latest=Max("last_published_at"))
    )
    return {row["home"]: (row["number"], row["latest"]) for row in rows}


def structure() -> list[ContentType]:
    """The types of pages that make up the trees, rather than being written."""
    models = [model for model in get_page_models() if getattr(model, "made_by_provisioning", False)]
    return list(ContentType.objects.get_for_models(*models).values())
