"""What people live and work in: low houses with smoke, blocks of flats, far towns."""

from __future__ import annotations

import random

from .geometry import ellipse, poly, rect, ribbon, spline
from .palette import (
    BARK,
    BRICK,
    CREAM,
    FROST,
    GOLD,
    INK,
    LAMP,
    OCHRE,
    PINE,
    RED,
    SLATE,
    SNOW,
    WHITE,
    WOOD,
    Colour,
    Mood,
    mix,
    paint,
)
from .sheet import SHADOW, Blend, Sheet


def pane(mood: Mood, rng: random.Random) -> Colour:
    """The colour of a window: lamplight at dusk, else mostly sky."""
    lit = rng.random() < (0.75 if mood.dark else 0.2 if mood.winter else 0.05)
    return LAMP if lit else mix(SLATE, mood.sky[0], 0.45)


def smoke(
    sheet: Sheet, x: float, y: float, size: float, colour: Colour, rng: random.Random
) -> None:
    """Smoke that climbs straight and then leans, as on still cold days."""
    drift = rng.choice((-1, 1)) * size * rng.uniform(0.2, 0.5)
    line = (
        (x, y),
        (x + size * 0.04, y - size * 0.4),
        (x + drift * 0.5, y - size * 0.75),
        (x + drift, y - size),
    )
    widths = (size * 0.02, size * 0.045, size * 0.075, size * 0.03)
    sheet.tint(ribbon(line, widths), colour, 0.6, size * 0.016)


def house(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    """A low farmhouse, long side to us; (x, y) is the middle of its foot, `size` its length."""
    wall = mix(
        rng.choice((BRICK, CREAM, OCHRE, paint("C98F6B"), paint("D9CDB8"))),
        SHADOW,
        0.25 if mood.dark else 0,
    )
    roof = mix(
        rng.choice((SLATE, BRICK, paint("7B4A3C"), paint("55636B"))),
        SHADOW,
        0.25 if mood.dark else 0.05,
    )
    high, half = size * 0.24, size * 0.5
    top = y - high
    smoke(sheet, x + half * 0.55, top - size * 0.26, size * 0.9, mix(WHITE, mood.sky[1], 0.3), rng)
    box = (x - half * 1.3, top - size * 0.4, x + half * 1.3, y + 12)
    with sheet.layer(box, 0.25, size / 40) as part:
        part.cut(rect(x + half * 0.48, top - size * 0.28, size * 0.07, size * 0.2), BRICK)
        part.cut(rect(x - half, top, size, high), Blend.lit(wall, 0.25))
        part.cut(rect(x - half, y - high * 0.2, size, high * 0.2), mix(wall, SHADOW, 0.25))
        door = x + size * rng.choice((-0.07, 0.14))
        part.cut(rect(door, y - high * 0.76, size * 0.1, high * 0.76), mix(PINE, wall, 0.15))
        for wx in (-0.42, -0.25, 0.29):
            _window(part, mood, rng, x + wx * size, y - high * 0.76, size * 0.13, high * 0.42)
        eaves = poly(
            (x - half * 1.08, top + 4),
            (x - half * 0.9, top - size * 0.19),
            (x + half * 0.9, top - size * 0.19),
            (x + half * 1.08, top + 4),
        )
        part.cut(eaves, Blend.lit(roof, 0.25), 0.35, size / 45)
        if mood.winter:
            _roof_snow(part, mood, x, top, half, size)
        else:
            for i in range(9):
                tx = x - half * 0.9 + i * size * 0.1125
                part.line(
                    ((tx, top - size * 0.185), (tx + (i - 4) * size * 0.005, top)),
                    mix(roof, SHADOW, 0.2),
                    size * 0.006,
                )
        if rng.random() < 0.6:
            part.cut(ellipse(door - size * 0.03, y - high * 0.62, size * 0.018, size * 0.022), RED)


def _roof_snow(sheet: Sheet, mood: Mood, x: float, top: float, half: float, size: float) -> None:
    edge = [
        (x + half * 1.06 - i * half * 0.3, top - size * (0.012 + 0.028 * (i % 2))) for i in range(8)
    ]
    snow = poly(
        (x - half * 0.92, top - size * 0.2),
        (x + half * 0.92, top - size * 0.2),
        *spline(edge, steps=6),
    )
    bright = mix(SNOW, mood.ground[0], 0.5)
    sheet.cut(snow, Blend.down(bright, mix(bright, mood.ground[1], 0.5)))
    ridge = ((x - half * 0.9, top - size * 0.2), (x + half * 0.9, top - size * 0.2))
    sheet.cut(ribbon(ridge, (size * 0.022,) * 2), bright)


def _window(
    sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, w: float, h: float
) -> None:
    glass = pane(mood, rng)
    sheet.cut(rect(x - w * 0.06, y - w * 0.06, w * 1.12, h + w * 0.12), mix(WHITE, SHADOW, 0.1))
    sheet.cut(rect(x, y, w, h), Blend.lit(glass, 0.2))
    sheet.line(((x + w / 2, y), (x + w / 2, y + h)), mix(WHITE, SHADOW, 0.1), w * 0.06)
    if mood.dark and glass == LAMP:
        sheet.tint(rect(x - w * 0.4, y - h * 0.4, w * 1.8, h * 1.8, 8), LAMP, 0.25, w * 0.3)


def corn_crib(sheet: Sheet, mood: Mood, x: float, y: float, size: float) -> None:
    """Yellow maize drying in a raised crib of slats."""
    w, h = size, size * 0.62
    with sheet.layer((x - w * 0.7, y - size * 1.2, x + w * 0.7, y + 8), 0.25, size / 30) as part:
        for px in (-0.44, 0.4):
            part.cut(rect(x + px * w, y - size * 0.35, size * 0.05, size * 0.35), BARK)
        part.cut(rect(x - w / 2, y - size * 0.3 - h, w, h), Blend.lit(GOLD, 0.25))
        for row in range(7):
            for col in range(11):
                spot = (x - w * 0.46 + col * w * 0.092, y - size * 0.33 - row * h / 7.2)
                part.cut(
                    ellipse(*spot, w * 0.042, w * 0.026, 20),
                    mix(GOLD, OCHRE, (row + col) % 3 * 0.4),
                )
        for px in (-0.5, -0.26, -0.02, 0.22, 0.46):
            part.cut(rect(x + px * w, y - size * 0.32 - h, size * 0.04, h + size * 0.04), WOOD)
        top = y - size * 0.3 - h
        lid = poly((x - w * 0.6, top + 4), (x, top - size * 0.22), (x + w * 0.6, top + 4))
        part.cut(lid, SNOW if mood.winter else BARK, 0.3, 4)


def fence(sheet: Sheet, mood: Mood, left: float, right: float, y: float, size: float) -> None:
    """A fence of wooden pales with snow on them in winter."""
    wood = mix(BARK, mood.ground[1], 0.25)
    with sheet.layer((left - 10, y - size * 1.2, right + 10, y + 6), 0.2, size / 16) as part:
        for level in (0.35, 0.75):
            part.cut(rect(left, y - size * level, right - left, size * 0.08), wood)
        x = left
        while x < right:
            part.cut(rect(x, y - size, size * 0.13, size, 2), Blend.lit(wood, 0.2))
            if mood.winter:
                part.cut(ellipse(x + size * 0.065, y - size, size * 0.1, size * 0.06), SNOW)
            x += size * 0.34


def block(
    sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, w: float, floors: int
) -> None:
    """A block of flats with rows of windows and balconies; (x, y) its lower left corner."""
    step = w / 6.2
    h = floors * step * 1.05
    wall = mix(
        rng.choice((CREAM, paint("D8B79A"), paint("C9C4B6"), paint("E2CBA4"), FROST)),
        mood.hills[2] if not mood.dark else SHADOW,
        0.2 if not mood.dark else 0.42,
    )
    with sheet.layer((x - 20, y - h - 40, x + w + 20, y + 4), 0.22, 12) as part:
        part.cut(rect(x, y - h, w, h), Blend.lit(wall, 0.28))
        for row in range(floors):
            for col in range(4):
                wx, wy = x + step * (0.55 + col * 1.4), y - h + step * (0.3 + row * 1.05)
                part.cut(rect(wx, wy, step * 0.9, step * 0.58), pane(mood, rng))
                part.line(((wx + step * 0.45, wy), (wx + step * 0.45, wy + step * 0.58)), wall, 3)
                if col % 2:
                    rail = rect(wx - step * 0.1, wy + step * 0.42, step * 1.1, step * 0.26)
                    part.cut(rail, mix(wall, SHADOW, 0.16))
        part.cut(rect(x - 6, y - h - 12, w + 12, 16), SNOW if mood.winter else mix(wall, INK, 0.3))


def skyline(sheet: Sheet, mood: Mood, rng: random.Random, y: float, size: float = 150) -> None:
    """A far town: pale towers on the horizon."""
    x = -30.0
    while x < 1600:
        w, h = size * rng.uniform(0.3, 0.6), size * rng.uniform(0.5, 1.4)
        colour = mix(mood.hills[rng.randint(0, 1)], mood.sky[1], 0.3)
        sheet.cut(rect(x, y - h, w, h), Blend.down(colour, mix(colour, mood.sky[1], 0.4)))
        for i in range(int(h / 22)):
            for k in range(int(w / 20)):
                if rng.random() < (0.4 if mood.dark else 0.25):
                    spot = rect(x + 7 + k * 20, y - h + 8 + i * 22, 7, 9)
                    sheet.cut(spot, LAMP if mood.dark else mix(colour, WHITE, 0.35))
        x += w + rng.uniform(-8, size * 0.35)
