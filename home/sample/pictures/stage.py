"""The stage of a picture: sheet, chance and mood, and the settings that scenes share."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from . import nature, props, rooms, trees
from .geometry import Point
from .looks import Look, anyone, elder, volunteer
from .palette import Mood
from .sheet import Sheet


@dataclass(frozen=True)
class Stage:
    """What a scene draws on, and with which chances and light."""

    sheet: Sheet
    rng: random.Random
    mood: Mood

    def sort(self, *choices: int) -> int:
        """One of the numbers by chance."""
        return self.rng.choice(choices)

    def likely(self, chance: float) -> bool:
        return self.rng.random() < chance

    def near(self, value: float, spread: float) -> float:
        """The value, off by at most `spread`."""
        return value + self.rng.uniform(-spread, spread)

    def gesture(self, x: float, y: float, h: float) -> tuple[Point | None, Point | None]:
        """What the hands of one do who stands by: hang, fold, point to or touch something."""
        folded = ((x - h * 0.03, y - h * 0.57), (x + h * 0.03, y - h * 0.55))
        clasped = ((x + h * 0.02, y - h * 0.47), (x - h * 0.02, y - h * 0.47))
        raised = ((x + h * 0.1, y - h * 0.78), None)
        hip = (None, (x - h * 0.1, y - h * 0.5))
        return self.rng.choice((folded, clasped, clasped, raised, hip, (None, None)))

    def dressed(self) -> Look:
        """A grown-up dressed for this weather."""
        return anyone(self.rng, self.mood.winter)

    def elder(self, indoors: bool = False) -> Look:
        return elder(self.rng, self.mood.winter and not indoors)

    def helper(self, indoors: bool = False) -> Look:
        return volunteer(self.rng, self.mood.winter and not indoors)


Scene = Callable[[Stage], None]


def outdoors(
    stage: Stage, horizon: float, bands: int = 3, wood: float = 60, hills: float = 190
) -> list[float]:
    """Sky, hills, a far wood and rolling ground; gives the heights of the bands of ground."""
    sheet, mood, rng = stage.sheet, stage.mood, stage.rng
    nature.sky(sheet, mood, rng, horizon)
    nature.hills(sheet, mood, rng, horizon, hills)
    if wood:
        trees.treeline(sheet, mood, rng, horizon + 28, wood)
    return nature.ground(sheet, mood, rng, horizon + 26, bands)


def indoors(
    stage: Stage,
    floor: float = 700,
    pale: bool = False,
    window: float | None = 150,
    things: bool = True,
) -> None:
    """A room with a window at x = `window` and a few things along its wall."""
    sheet, mood, rng = stage.sheet, stage.mood, stage.rng
    rooms.room(sheet, mood, rng, floor, pale)
    if window is not None:
        w, h = stage.near(300, 40), stage.near(300, 30)
        rooms.window(sheet, mood, rng, window, 120, w, h, stage.likely(0.6))
    if not things:
        return
    if stage.likely(0.6):
        rooms.plant(sheet, rng, stage.near(1490, 20), floor + 60, stage.near(270, 50))
    if stage.likely(0.6):
        rooms.plant(sheet, rng, stage.near(90, 20), floor + 70, stage.near(230, 50))


def wall_things(stage: Stage, x: float, y: float) -> None:
    """A shelf or framed pictures on the wall with the upper left corner there."""
    if stage.likely(0.5):
        rooms.shelf(stage.sheet, stage.rng, x, y, stage.near(280, 30), stage.sort(1, 2))
    else:
        rooms.frame(stage.sheet, stage.rng, x + 20, y + 10, 150, 110)
        if stage.likely(0.6):
            rooms.frame(stage.sheet, stage.rng, x + 210, y + 40, 100, 130)


def lanterns(stage: Stage, *spots: tuple[float, float]) -> None:
    """Red lanterns for the winter festivals."""
    for x, y in spots:
        props.lantern(stage.sheet, x, y, stage.near(62, 8))
