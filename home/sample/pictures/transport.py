"""What stands for a while or goes by: tents, trains, street lamps."""

from __future__ import annotations

from .geometry import Shape, ellipse, poly, rect, union
from .palette import (
    CREAM,
    INK,
    LAMP,
    NAVY,
    OCHRE,
    SLATE,
    SNOW,
    STONE,
    WHITE,
    Colour,
    Mood,
    mix,
)
from .sheet import SHADOW, Blend, Sheet


def tent(sheet: Sheet, mood: Mood, x: float, y: float, size: float, colour: Colour) -> None:
    """A ridge tent, its gable with the open door to us."""
    h = size * 0.62
    back = mix(colour, SHADOW, 0.25)
    with sheet.layer((x - size, y - h * 1.2, x + size * 1.3, y + 12), 0.3, size / 30) as part:
        roof = poly(
            (x, y - h),
            (x + size * 0.62, y - h * 0.94),
            (x + size * 1.1, y - h * 0.4),
            (x + size * 0.5, y - h * 0.42),
        )
        side = poly(
            (x + size * 0.5, y - h * 0.42),
            (x + size * 1.1, y - h * 0.4),
            (x + size * 1.08, y - 10),
            (x + size * 0.5, y),
        )
        gable = poly(
            (x - size * 0.5, y),
            (x - size * 0.5, y - h * 0.42),
            (x, y - h),
            (x + size * 0.5, y - h * 0.42),
            (x + size * 0.5, y),
        )
        part.cut(side, Blend.across(mix(colour, SHADOW, 0.1), back))
        part.cut(roof, Blend.lit(mix(colour, WHITE, 0.15), 0.2))
        part.cut(gable, Blend.lit(colour, 0.2))
        inside = mix(LAMP, OCHRE, 0.3) if mood.dark else mix(back, INK, 0.35)
        part.cut(
            poly((x - size * 0.22, y), (x, y - h * 0.8), (x + size * 0.22, y)),
            Blend.down(mix(inside, SHADOW, 0.3), inside),
        )
        flap = poly(
            (x, y - h * 0.8),
            (x + size * 0.22, y),
            (x + size * 0.36, y),
            (x + size * 0.2, y - h * 0.4),
        )
        part.cut(flap, Blend.lit(mix(colour, WHITE, 0.25), 0.2), 0.35, 6)
        part.line(
            ((x - size * 0.5, y - h * 0.42), (x, y - h), (x + size * 0.5, y - h * 0.42)),
            mix(colour, WHITE, 0.4),
            4,
        )
    for dx in (-0.78, 1.3):
        near = -0.5 if dx < 0 else 1.1
        sheet.line(((x + dx * size, y + 2), (x + near * size, y - h * 0.41)), CREAM, 2)


def train(
    sheet: Sheet, mood: Mood, x: float, y: float, size: float, colour: Colour, cars: int
) -> None:
    """A train from the right, its engine's round nose at (x, y); `size` is its height."""
    length = size * 2.7
    for i in reversed(range(cars)):
        left = x + i * (length + size * 0.08)
        body = _engine(left, y, length, size) if i == 0 else rect(left, y - size, length, size, 10)
        box = (left - 20, y - size * 1.2, left + length + 20, y + size * 0.3)
        with sheet.layer(box, 0.25, size / 16) as part:
            part.cut(union(ellipse(left + length * p, y, size * 0.13) for p in _WHEELS), INK)
            part.cut(body, Blend.lit(colour, 0.25))
            part.cut(
                rect(
                    left + (size * 0.25 if i == 0 else 0),
                    y - size * 0.34,
                    length - (size * 0.25 if i == 0 else 0),
                    size * 0.1,
                ),
                CREAM,
            )
            for k in range(6):
                wx = (
                    left + size * 0.72 + k * size * 0.32
                    if i == 0
                    else left + size * (0.22 + k * 0.4)
                )
                glass = LAMP if mood.dark or (mood.winter and k % 3 == 1) else mix(NAVY, WHITE, 0.2)
                part.cut(rect(wx, y - size * 0.8, size * 0.24, size * 0.34, 5), glass)
            if i == 0:
                part.cut(
                    poly(
                        (left + size * 0.28, y - size * 0.52),
                        (left + size * 0.5, y - size * 0.82),
                        (left + size * 0.62, y - size * 0.82),
                        (left + size * 0.62, y - size * 0.52),
                    ),
                    mix(NAVY, WHITE, 0.15),
                )
                part.cut(ellipse(left + size * 0.14, y - size * 0.26, size * 0.05), LAMP)
            if mood.winter:
                part.cut(
                    rect(
                        left + (size * 0.6 if i == 0 else 4),
                        y - size * 1.03,
                        length - (size * 0.64 if i == 0 else 8),
                        size * 0.06,
                        5,
                    ),
                    SNOW,
                )


_WHEELS = (0.14, 0.26, 0.74, 0.86)


def _engine(left: float, y: float, length: float, size: float) -> Shape:
    return poly(
        (left + size * 0.05, y),
        (left, y - size * 0.2),
        (left + size * 0.1, y - size * 0.42),
        (left + size * 0.36, y - size * 0.82),
        (left + size * 0.56, y - size * 0.98),
        (left + size * 0.8, y - size),
        (left + length, y - size),
        (left + length, y),
    )


def lamp_post(sheet: Sheet, mood: Mood, x: float, y: float, size: float) -> None:
    """A street lamp, lit at dusk."""
    sheet.cut(rect(x - size * 0.012, y - size, size * 0.024, size, 3), mix(SLATE, STONE, 0.2))
    sheet.cut(rect(x - size * 0.06, y - size * 1.01, size * 0.12, size * 0.05, 6), SLATE)
    glow = LAMP if mood.dark else WHITE
    sheet.cut(ellipse(x, y - size * 0.95, size * 0.045, size * 0.025), glow)
    if mood.dark:
        sheet.tint(ellipse(x, y - size * 0.93, size * 0.16), LAMP, 0.35, size * 0.06)
