"""Trees of Jilin: rime-covered willows, birches, pines, larches, round lime trees."""

from __future__ import annotations

import math
import random

from .geometry import Point, Shape, blob, ellipse, poly, ribbon, union
from .palette import (
    BARK,
    FROST,
    GOLD,
    INK,
    OCHRE,
    PINE,
    RED,
    ROSE,
    SAGE,
    SNOW,
    WHITE,
    Colour,
    Mood,
    mix,
)
from .sheet import SHADOW, Blend, Sheet

KINDS = {
    "winter": ("rime", "pine", "rime", "birch"),
    "spring": ("round", "birch", "pine", "blossom"),
    "summer": ("round", "birch", "pine", "willow"),
    "autumn": ("larch", "round", "birch", "pine"),
}


def tree(
    sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float, kind: str = ""
) -> None:
    """A tree `size` high that stands at (x, y); its kind suits the season unless given."""
    kind = kind or rng.choice(KINDS[mood.season])
    spot = ellipse(x + size * 0.1, y, size * 0.24, size * 0.02)
    sheet.tint(spot, SHADOW, 0.25, size * 0.015)
    with sheet.layer(
        (x - size * 0.5, y - size * 1.15, x + size * 0.5, y + 10), 0.16, size / 45, 0.22
    ) as part:
        _DRAW[kind](part, mood, rng, x, y, size)


def _branches(
    rng: random.Random, root: Point, angle: float, length: float, width: float, depth: int
) -> list[tuple[Point, Point, Point, float, int]]:
    """Forking branches: start, middle, end, breadth and how many forks are left."""
    bend = rng.uniform(-0.25, 0.25)
    mid = (
        root[0] + math.sin(angle + bend) * length * 0.5,
        root[1] - math.cos(angle + bend) * length * 0.5,
    )
    end = (root[0] + math.sin(angle) * length, root[1] - math.cos(angle) * length)
    found = [(root, mid, end, width, depth)]
    if depth:
        for turn in (-0.42, rng.uniform(-0.12, 0.12), 0.44):
            found += _branches(
                rng,
                end if turn else mid,
                angle + turn * rng.uniform(0.7, 1.4),
                length * rng.uniform(0.6, 0.76),
                width * 0.6,
                depth - 1,
            )
    return found


def _rime(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    """Hoarfrost on every twig, as on the Songhua in the cold: a white crown about dark wood."""
    bark = mix(BARK, mood.hills[2], 0.45)
    white = mix(SNOW, mood.ground[0], 0.4)
    crown = _branches(rng, (x, y), rng.uniform(-0.08, 0.08), size * 0.33, size * 0.024, 4)
    tips = [(end, depth) for _, _, end, _, depth in crown if depth < 2]
    for end, _ in tips:
        sheet.cut(ellipse(*end, size * rng.uniform(0.028, 0.05)), mix(white, FROST, rng.random()))
    for root, mid, end, width, depth in crown:
        if depth > 0:
            sheet.cut(ribbon((root, mid, end), (width, width * 0.8, width * 0.6)), bark)
        else:
            sheet.line((root, end), mix(white, bark, 0.2), width * 2)
    for end, depth in tips:
        if depth == 0 and rng.random() < 0.7:
            sheet.cut(ellipse(*end, size * rng.uniform(0.012, 0.026)), white)


def _birch(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    leaves = {
        "spring": mix(SAGE, GOLD, 0.35),
        "summer": mix(SAGE, PINE, 0.25),
        "autumn": GOLD,
        "winter": mix(SNOW, mood.ground[1], 0.25),
    }[mood.season]
    bark = mix(WHITE, mood.hills[2], 0.12)
    lean = rng.uniform(-0.05, 0.05) * size
    top = (x + lean, y - size * 0.95)
    for _ in range(46):
        part = rng.uniform(0.4, 1.0)
        wide = (1.18 - part) * size * 0.27
        spot = (x + lean * part + rng.uniform(-wide, wide), y - size * part * 0.98)
        tone = mix(leaves, rng.choice((WHITE, SHADOW)), rng.uniform(0, 0.14))
        sheet.cut(ellipse(*spot, size * rng.uniform(0.022, 0.042), size * 0.034), tone)
    sheet.cut(
        ribbon(
            ((x, y), (x + lean * 0.5, y - size * 0.5), top),
            (size * 0.022, size * 0.016, size * 0.004),
        ),
        Blend.lit(bark, 0.25),
    )
    for _ in range(7):
        part = rng.uniform(0.05, 0.75)
        at = (x + lean * part, y - size * part)
        side = rng.choice((-1, 1))
        mark = ((at[0] + side * size * 0.017, at[1]), (at[0], at[1] + size * 0.004))
        sheet.cut(ribbon(mark, (size * 0.005, size * 0.002)), mix(INK, bark, 0.25))


def _pine(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    green = mix(mix(PINE, mood.hills[2], 0.3), SHADOW, 0.12 if mood.dark else 0)
    trunk = poly(
        (x - size * 0.02, y),
        (x + size * 0.02, y),
        (x + size * 0.015, y - size * 0.3),
        (x - size * 0.015, y - size * 0.3),
    )
    sheet.cut(trunk, BARK)
    tiers = 5
    for i in range(tiers):
        low = y - size * (0.12 + 0.17 * i)
        wide = size * (0.25 - 0.043 * i) * rng.uniform(0.92, 1.08)
        high = low - size * 0.29
        tone = mix(green, SAGE, 0.07 * i)
        shape = blob(
            (x, high),
            (x + wide * 0.42, low - size * 0.1),
            (x + wide, low),
            (x, low + size * 0.025),
            (x - wide, low),
            (x - wide * 0.42, low - size * 0.1),
            steps=6,
        )
        sheet.cut(shape, Blend.lit(tone, 0.25), 0.35, size * 0.02)
        if mood.winter:
            snow = blob(
                (x, high),
                (x + wide * 0.4, low - size * 0.1),
                (x + wide * 0.72, low - 0.02 * size),
                (x + wide * 0.2, low - size * 0.075),
                (x - wide * 0.25, low - size * 0.04),
                (x - wide * 0.9, low),
                (x - wide * 0.4, low - size * 0.1),
                steps=6,
            )
            sheet.cut(snow, mix(SNOW, mood.ground[0], 0.6))


def _larch(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    colour = mix(rng.choice((OCHRE, GOLD, (196, 120, 52))), mood.hills[1], 0.15)
    sheet.cut(ribbon(((x, y), (x, y - size * 0.4)), (size * 0.018, size * 0.012)), BARK)
    wide = size * 0.17
    shape = blob(
        (x, y - size),
        (x + wide * 0.5, y - size * 0.62),
        (x + wide, y - size * 0.2),
        (x, y - size * 0.12),
        (x - wide, y - size * 0.2),
        (x - wide * 0.5, y - size * 0.62),
    )
    sheet.cut(shape, Blend.lit(colour, 0.35))
    for i in range(5):
        h = y - size * (0.25 + 0.13 * i)
        w = wide * (0.8 - 0.14 * i)
        strokes = ribbon(((x, h - size * 0.03), (x + w, h + size * 0.02)), (2, 0.6))
        strokes += ribbon(((x, h - size * 0.03), (x - w, h + size * 0.02)), (2, 0.6))
        sheet.tint(strokes, SHADOW, 0.16)


def _crown(
    sheet: Sheet, rng: random.Random, x: float, y: float, size: float, colours: tuple[Colour, ...]
) -> None:
    sheet.cut(
        ribbon(((x, y), (x + size * 0.01, y - size * 0.5)), (size * 0.035, size * 0.02)), BARK
    )
    for side in (-1, 1):
        sheet.cut(
            ribbon(
                ((x, y - size * 0.3), (x + side * size * 0.13, y - size * 0.52)),
                (size * 0.016, size * 0.01),
            ),
            BARK,
        )
    spots = (
        (0.15, 0.52, 0.2),
        (-0.16, 0.55, 0.2),
        (0.2, 0.72, 0.18),
        (-0.13, 0.76, 0.19),
        (0.04, 0.85, 0.19),
        (0.02, 0.63, 0.2),
    )
    for i, (dx, dy, r) in enumerate(spots):
        r *= rng.uniform(0.85, 1.12)
        colour = mix(colours[i % len(colours)], WHITE, 0.05 * (i % 3))
        outline = [
            (
                x + dx * size + math.cos(a) * r * size * rng.uniform(0.9, 1.08),
                y - dy * size + math.sin(a) * r * size * 0.9,
            )
            for a in (math.tau * k / 9 for k in range(9))
        ]
        sheet.cut(blob(*outline), Blend.lit(colour, 0.3), 0.22, size * 0.03)


def _round(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    tones = {
        "spring": (mix(SAGE, GOLD, 0.4), mix(SAGE, WHITE, 0.2)),
        "summer": (mix(SAGE, PINE, 0.5), mix(SAGE, PINE, 0.25)),
        "autumn": rng.choice(((OCHRE, GOLD), (mix(RED, OCHRE, 0.5), OCHRE))),
        "winter": (mix(SNOW, FROST, 0.4), FROST),
    }[mood.season]
    _crown(sheet, rng, x, y, size, (mix(tones[0], mood.hills[2], 0.15), tones[1]))


def _blossom(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    pink = mix(ROSE, WHITE, rng.uniform(0.25, 0.6))
    _crown(sheet, rng, x, y, size, (pink, mix(pink, WHITE, 0.35)))


def _willow(sheet: Sheet, mood: Mood, rng: random.Random, x: float, y: float, size: float) -> None:
    green = mix(SAGE, mood.hills[1], 0.3)
    sheet.cut(
        ribbon(
            ((x, y), (x - size * 0.02, y - size * 0.35), (x + size * 0.02, y - size * 0.7)),
            (size * 0.04, size * 0.03, size * 0.02),
        ),
        BARK,
    )
    strands: list[Shape] = []
    for i in range(26):
        a = -1.25 + 2.5 * i / 25
        top = (x + math.sin(a) * size * 0.2, y - size * (0.72 + 0.22 * math.cos(a)))
        out = (x + math.sin(a) * size * 0.36, y - size * rng.uniform(0.55, 0.7))
        low = (out[0] + rng.uniform(-8, 8), y - size * rng.uniform(0.14, 0.36))
        strands.append(ribbon((top, out, low), (size * 0.022, size * 0.024, size * 0.006)))
    sheet.cut(ellipse(x, y - size * 0.78, size * 0.24, size * 0.17), Blend.lit(green, 0.2))
    for i, strand in enumerate(strands):
        sheet.cut(strand, mix(green, (WHITE, SHADOW, PINE)[i % 3], 0.1 + 0.08 * (i % 2)))


_DRAW = {
    "rime": _rime,
    "birch": _birch,
    "pine": _pine,
    "larch": _larch,
    "round": _round,
    "blossom": _blossom,
    "willow": _willow,
}


def treeline(
    sheet: Sheet, mood: Mood, rng: random.Random, y: float, size: float, gap: float = 0.5
) -> None:
    """A far wood: one pale silhouette of tips along the horizon."""
    colour = mix(mood.hills[2], mood.sky[1], 0.18)
    if mood.winter:
        colour = mix(mood.hills[1], SNOW, 0.35)
    shapes = []
    x = -40.0
    while x < 1640:
        h = size * rng.uniform(0.6, 1.1)
        if rng.random() < 0.5:
            shapes.append(blob((x, y - h), (x + h * 0.2, y), (x, y + 8), (x - h * 0.2, y), steps=5))
        else:
            shapes.append(ellipse(x, y - h * 0.4, h * 0.32, h * 0.42))
        x += size * gap * rng.uniform(0.4, 1)
    sheet.cut(union(shapes), Blend.down(colour, mix(colour, mood.ground[0], 0.5)))
