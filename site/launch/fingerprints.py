"""Fingerprints of files: equal as long as no name and no content among them changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(root: Path, patterns: Iterable[str]) -> str:
    """Return one hash over names and contents of the files below ``root`` that match."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in matching(root, pattern)}):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def matching(root: Path, pattern: str) -> Iterable[Path]:
    """Yield the files that match ``pattern``, without what Python compiled."""
    return (
        path for path in root.glob(pattern) if path.is_file() and "__pycache__" not in path.parts
    )
