"""Draws in a process of its own, which knows nothing of Django and so imports nothing of it."""

from __future__ import annotations

from io import BytesIO

from home.sample.pictures import draw

SIZE = (1600, 1000)


def draw_jpeg(motif: str, seed: int, season: str) -> bytes:
    """The picture of `motif` in `season` as a JPEG file."""
    buffer = BytesIO()
    draw(motif, seed=seed, size=SIZE, season=season).save(buffer, "JPEG", quality=86, optimize=True)
    return buffer.getvalue()
