"""Illustrations for the sample content, drawn with Pillow: flat layers of cut paper.

`draw` gives the picture of a motif; the seed varies season, time of day, composition, and
the people in it. The same motif and seed always give the same picture.
"""

from __future__ import annotations

import random

from PIL import Image, ImageOps

from .palette import moods
from .scenes import SCENES
from .sheet import Sheet, finish
from .stage import Stage

MOTIFS: frozenset[str] = frozenset(SCENES)


def draw(
    motif: str,
    seed: int = 0,
    size: tuple[int, int] = (1600, 1000),
    season: str | None = None,
) -> Image.Image:
    """The picture (RGB) of a motif; ValueError if there is no such motif.

    `season` (spring, summer, autumn, winter) is followed where the motif has that season; a
    motif that does not, such as a frozen river, keeps to its own.
    """
    if motif not in SCENES:
        raise ValueError(f"unknown motif: {motif}")
    scene, seasons, closest = SCENES[motif]
    fitting = [name for name in seasons if season and name.startswith(season)]
    choices = moods(*(fitting or seasons))
    random.Random(motif).shuffle(choices)
    rng = random.Random(f"{motif} {seed}")
    sheet = Sheet.blank(size, rng.uniform(1, closest), (rng.uniform(0.35, 0.65), 0.8))
    stage = Stage(sheet, rng, choices[seed % len(choices)])
    scene(stage)
    image = finish(stage.sheet, size, rng, stage.mood.glow)
    return ImageOps.mirror(image) if rng.random() < 0.5 else image
