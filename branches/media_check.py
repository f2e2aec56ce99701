"""Integrity check of stored files: what the database names and the storage lacks, and the reverse.

For any storage of Django's. Nothing stops it: what cannot be listed or asked for is told, and the
rest is checked. People may go on uploading meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import DatabaseError
from django.db.models import FileField
from django.utils import timezone

#: A file is written before the row that names it, which may take until its request is answered.
UNDER_WAY = timedelta(minutes=10)


@dataclass
class MediaReport:
    """Names of files, each with its storage where there are several.

    :param missing: named in the database, not in the storage: the name, and who names it.
    :param unreferenced: in the storage, and nothing in the database names it.
    :param unchecked: what could not be listed or asked for, and why.
    """

    missing: list[str] = field(default_factory=list)
    unreferenced: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether something is wrong."""
        return bool(self.missing or self.unreferenced or self.unchecked)


def check_media() -> MediaReport:
    """Compare each storage that a field of some model stores in with what its rows name."""
    report = MediaReport()
    by_storage: dict[Storage, list[FileField]] = {}
    for file_field in file_fields():
        by_storage.setdefault(file_field.storage, []).append(file_field)
    for storage, fields in by_storage.items():
        check_storage(storage, fields, report)
    return report


def file_fields() -> list[FileField]:
    """Those of the tables that are there. (A child in another table has its parent's.)"""
    models = [model for model in apps.get_models() if model._meta.managed]
    local = [found for model in models for found in model._meta.local_fields]
    return [found for found in local if isinstance(found, FileField)]


def check_storage(storage: Storage, fields: list[FileField], report: MediaReport) -> None:
    """Add to `report` what differs. Files are listed first: what comes meanwhile has both."""
    stored = set(files_below(storage, "", report))
    named: dict[str, str] = {}
    unread = [file_field for file_field in fields if not read_names(file_field, named, report)]
    for name in sorted(named.keys() - stored):
        if not is_there(storage, name, report):
            report.missing.append(f"{name} ({named[name]})")
    surplus = [] if unread else sorted(stored - named.keys())
    report.unreferenced += [name for name in surplus if not is_under_way(storage, name)]


def files_below(storage: Storage, folder: str, report: MediaReport) -> Iterator[str]:
    """The names of all files below `folder`, at any depth."""
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            folders, files = storage.listdir(folder)
        except Exception as error:
            # Each kind of storage raises what its library does.
            report.unchecked.append(f"{folder or '/'}: {error!r}")
            continue
        prefix = f"{folder}/" if folder else ""
        waiting += [f"{prefix}{name}" for name in folders]
        yield from (f"{prefix}{name}" for name in files)


def read_names(file_field: FileField, named: dict[str, str], report: MediaReport) -> bool:
    """Put into `named` each file that `file_field` stores, with the row that names it.

    Returns whether all could be read: else nothing may be called unreferenced.
    """
    model = file_field.model
    rows = model._base_manager.values_list("pk", file_field.name)
    try:
        named.update((name, f"{model._meta.label} {key}") for key, name in rows.iterator() if name)
    except DatabaseError as error:
        report.unchecked.append(f"{model._meta.label}.{file_field.name}: {error!r}")
        return False
    return True


def is_there(storage: Storage, name: str, report: MediaReport) -> bool:
    """Whether `storage` has the file `name`, also where it could not be listed."""
    try:
        return storage.exists(name)
    except Exception as error:
        report.unchecked.append(f"{name}: {error!r}")
        return True


def is_under_way(storage: Storage, name: str) -> bool:
    """Whether the file is so new that its row may follow, or is gone again."""
    try:
        modified: Any = storage.get_modified_time(name)
    except Exception:
        return not is_there(storage, name, MediaReport())
    return bool(modified > timezone.now() - UNDER_WAY)
