"""Things of every day: cups, books, taps, bicycles, boats, lanterns."""

from __future__ import annotations

import math
import random

from .geometry import Point, blob, ellipse, heart, leaf, poly, rect, ribbon, union
from .palette import (
    BARK,
    BRICK,
    CREAM,
    FROST,
    GOLD,
    INK,
    NAVY,
    OCHRE,
    PAPER,
    RED,
    ROSE,
    SLATE,
    STONE,
    WHITE,
    Colour,
    mix,
)
from .sheet import SHADOW, Blend, Sheet


def cup(sheet: Sheet, x: float, y: float, size: float, colour: Colour = WHITE) -> None:
    """A tea cup with steam, standing at (x, y)."""
    for dx in (-0.1, 0.15):
        steam = (
            (x + dx * size, y - size * 0.9),
            (x + (dx + 0.12) * size, y - size * 1.3),
            (x + (dx - 0.05) * size, y - size * 1.7),
        )
        sheet.tint(ribbon(steam, (size * 0.05, size * 0.08, size * 0.02)), WHITE, 0.5, size * 0.05)
    sheet.cut(ellipse(x + size * 0.42, y - size * 0.4, size * 0.18), mix(colour, SHADOW, 0.2))
    shape = blob(
        (x - size * 0.42, y - size * 0.75),
        (x + size * 0.42, y - size * 0.75),
        (x + size * 0.34, y - size * 0.1),
        (x, y),
        (x - size * 0.34, y - size * 0.1),
    )
    sheet.cut(shape, Blend.lit(colour, 0.22), 0.25, 4)


def bicycle(
    sheet: Sheet, x: float, y: float, size: float, colour: Colour, facing: int = 1
) -> dict[str, Point]:
    """A bicycle whose wheels stand at y; gives its saddle, grips and pedals."""
    r = size * 0.27

    def at(px: float, py: float) -> Point:
        return x + px * size * facing, y - py * size

    hubs = (at(-0.42, 0.27), at(0.42, 0.27))
    sheet.tint(ellipse(x, y, size * 0.7, size * 0.03), SHADOW, 0.3, 6)
    for hx, hy in hubs:
        rim = [
            (hx + math.cos(t) * r, hy + math.sin(t) * r)
            for t in (math.tau * k / 48 for k in range(49))
        ]
        sheet.line(rim, INK, size * 0.032)
        for k in range(8):
            t = math.pi * k / 8
            sheet.line(
                (
                    (hx - math.cos(t) * r, hy - math.sin(t) * r),
                    (hx + math.cos(t) * r, hy + math.sin(t) * r),
                ),
                mix(STONE, WHITE, 0.2),
                size * 0.006,
            )
    crank, seat, head = at(-0.03, 0.26), at(-0.16, 0.6), at(0.27, 0.6)
    for a, b in (
        (hubs[0], crank),
        (hubs[0], seat),
        (crank, seat),
        (crank, head),
        (seat, head),
        (head, hubs[1]),
        (head, at(0.24, 0.74)),
    ):
        sheet.cut(ribbon((a, b), (size * 0.02,) * 2), colour)
    sheet.cut(ribbon((at(-0.26, 0.645), at(-0.08, 0.65)), (size * 0.035, size * 0.018)), INK)
    grip = at(0.2, 0.79)
    sheet.cut(ribbon((at(0.24, 0.74), at(0.26, 0.78), grip), (size * 0.016,) * 3), SLATE)
    sheet.cut(ellipse(*crank, size * 0.06), mix(STONE, WHITE, 0.2))
    return {"saddle": at(-0.17, 0.67), "grip": grip, "crank": crank}


def boat(sheet: Sheet, x: float, y: float, size: float, colour: Colour = OCHRE) -> None:
    """The near side of an inflatable rescue boat afloat at y."""
    with sheet.layer((x - size, y - size * 0.4, x + size, y + size * 0.3), 0.3, 10) as part:
        line = (
            (x - size * 0.62, y - size * 0.02),
            (x - size * 0.2, y + size * 0.02),
            (x + size * 0.4, y),
            (x + size * 0.66, y - size * 0.14),
        )
        part.cut(
            ribbon(line, (size * 0.09, size * 0.1, size * 0.1, size * 0.07)), Blend.lit(colour, 0.3)
        )
        lower = [(px, py + size * 0.06) for px, py in line]
        part.tint(ribbon(lower, (size * 0.02, size * 0.04, size * 0.04, size * 0.02)), SHADOW, 0.25)
        part.line([(px, py - size * 0.045) for px, py in line[:3]], CREAM, size * 0.018)
        part.cut(heart(x, y - 2, size * 0.09), WHITE)


def tap(sheet: Sheet, x: float, y: float, size: float, stream: float) -> None:
    """A curved tap whose spout is at (x, y), with water running `stream` down."""
    metal = mix(STONE, WHITE, 0.35)
    sheet.cut(
        rect(x - size * 0.035, y, size * 0.07, stream, size * 0.03),
        Blend.down(mix(FROST, WHITE, 0.4), mix(FROST, NAVY, 0.2)),
    )
    neck = (
        (x, y),
        (x, y - size * 0.35),
        (x + size * 0.3, y - size * 0.6),
        (x + size * 0.55, y - size * 0.3),
        (x + size * 0.55, y + size * 0.5),
    )
    sheet.cut(ribbon(neck, (size * 0.085, *(size * 0.08,) * 4)), Blend.lit(metal, 0.35), 0.3, 6)


def bubbles(sheet: Sheet, rng: random.Random, x: float, y: float, spread: float, n: int) -> None:
    """Soap bubbles."""
    for _ in range(n):
        r = rng.uniform(0.04, 0.14) * spread
        bx, by = x + rng.uniform(-1, 1) * spread, y - rng.uniform(0, 1.2) * spread
        sheet.tint(ellipse(bx, by, r), mix(FROST, WHITE, 0.55), 0.75)
        sheet.tint(ellipse(bx - r * 0.3, by - r * 0.35, r * 0.28), WHITE, 0.95)


def book(sheet: Sheet, x: float, y: float, size: float, page: Colour = PAPER) -> None:
    """An open book seen from the reader's place; (x, y) is the foot of its spine."""
    with sheet.layer((x - size, y - size * 0.8, x + size, y + size * 0.15), 0.35, 8) as part:
        for side in (-1, 1):
            cover = poly(
                (x, y + 12),
                (x + side * size * 0.8, y - size * 0.02),
                (x + side * size * 0.66, y - size * 0.52),
                (x, y - size * 0.44),
            )
            part.cut(cover, mix(BRICK, INK, 0.1))
        for side in (-1, 1):
            leafs = blob(
                (x, y),
                (x + side * size * 0.36, y - size * 0.08),
                (x + side * size * 0.74, y - size * 0.04),
                (x + side * size * 0.62, y - size * 0.5),
                (x + side * size * 0.3, y - size * 0.55),
                (x, y - size * 0.45),
                steps=6,
            )
            part.cut(leafs, Blend.lit(page, 0.15), 0.2, 4)
            for i in range(7):
                t = 0.12 + i * 0.1
                a = (x + side * size * 0.09, y - size * (0.03 + 0.43 * t))
                b = (x + side * size * (0.64 - 0.1 * t), y - size * (0.08 + 0.45 * t))
                part.line(
                    (a, (a[0] * 0.5 + b[0] * 0.5, a[1] * 0.5 + b[1] * 0.5 - size * 0.03), b),
                    mix(page, INK, 0.3),
                    size * 0.008,
                )
        part.cut(
            ribbon(
                ((x + 6, y - size * 0.44), (x + 10, y), (x + 4, y + size * 0.1)),
                (size * 0.014,) * 3,
                flat=True,
            ),
            RED,
        )


def lantern(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A round red lantern that hangs from (x, y)."""
    sheet.tint(ellipse(x, y + size * 0.6, size * 0.9), ROSE, 0.3, size * 0.3)
    sheet.line(((x, y), (x, y + size * 0.25)), BARK, 2.5)
    sheet.cut(ellipse(x, y + size * 0.62, size * 0.46, size * 0.38), Blend.lit(RED, 0.3), 0.25, 5)
    for w in (0.16, 0.33):
        ring = [
            (x + math.cos(t) * size * w, y + size * 0.62 + math.sin(t) * size * 0.38)
            for t in (math.tau * k / 36 for k in range(37))
        ]
        sheet.line(ring, mix(RED, GOLD, 0.3), 1.6)
    for dy in (0.22, 0.96):
        sheet.cut(rect(x - size * 0.16, y + size * dy, size * 0.32, size * 0.07, 3), GOLD)
    sheet.cut(rect(x - size * 0.02, y + size * 1.02, size * 0.04, size * 0.3, 2), GOLD)


def confetti_leaves(sheet: Sheet, rng: random.Random, colour: Colour, n: int = 16) -> None:
    """Leaves in the wind."""
    shapes = [
        leaf(rng.uniform(0, 1600), rng.uniform(60, 950), rng.uniform(16, 30), rng.uniform(0, 360))
        for _ in range(n)
    ]
    sheet.cut(union(shapes), colour)
