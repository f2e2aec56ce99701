"""What the sample branches say of themselves: contacts, services, the about page."""

from __future__ import annotations

from zlib import crc32

from django.db import transaction
from wagtail.models import Locale

from branches.models import Branch, Service
from sample.markup import parse
from sample.texts import read_about, read_services
from stories.models import AboutPage

HOURS = "工作日 8:30–11:30，13:00–16:30"


@transaction.atomic
def load_organisation() -> None:
    """Give every branch contacts and an about page, and some their own services."""
    about = read_about()
    for branch in Branch.objects.select_related("parent"):
        load_contacts(branch)
        load_about(branch, variant(about[branch.level], branch.code))
    for code, services in read_services().items():
        load_services(Branch.objects.get(code=code), services)


def variant(texts: str | list[str], code: str) -> str:
    """One of the texts for branches of a level, always the same for a branch."""
    return texts if isinstance(texts, str) else texts[crc32(code.encode()) % len(texts)]


def load_contacts(branch: Branch) -> None:
    """Contacts that are evidently examples, where the branch has none."""
    if branch.phone:
        return
    branch.phone = f"0000-555{crc32(branch.code.encode()) % 10_000:04d}（示例）"
    branch.address = f"{branch.division}人道路1号（示例）"
    branch.hours = HOURS
    branch.save(update_fields=["phone", "address", "hours"])


def load_about(branch: Branch, text: str) -> None:
    """Give the branch's about page `text`, unless it has a text already."""
    page = AboutPage.objects.get(branch=branch, locale=Locale.get_default())
    if page.body:
        return
    parent = branch.parent.name if branch.parent else ""
    filled = text.format(name=branch.name, division=branch.division, parent=parent)
    page.body = parse(filled, lambda *_args: None)
    page.save_revision(clean=False).publish()


def load_services(branch: Branch, services: dict[str, dict[str, str | list[str]]]) -> None:
    for kind, fields in services.items():
        Service.objects.get_or_create(
            branch=branch,
            locale=Locale.get_default(),
            kind=kind,
            defaults={**fields, "steps": "\n".join(fields["steps"])},
        )
