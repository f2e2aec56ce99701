"""What helpers bring: first-aid bags, boxes, rice, blood bags, a training manikin.

No letters and no emblems are on them, hearts and leaves at most.
"""

from __future__ import annotations

import math

from .geometry import Point, blob, drop, ellipse, heart, leaf, poly, rect, ribbon
from .palette import (
    BRICK,
    CREAM,
    FROST,
    INK,
    OCHRE,
    PINE,
    RED,
    SLATE,
    STONE,
    STRAW,
    WHITE,
    WOOD,
    Colour,
    mix,
    paint,
)
from .sheet import SHADOW, Blend, Sheet


def manikin(sheet: Sheet, x: float, y: float, size: float) -> Point:
    """A training manikin (head and trunk) on its back, head left; gives its breastbone."""
    skin = paint("E3C9AE")
    box = (x - size * 0.75, y - size * 0.5, x + size * 0.75, y + 12)
    sheet.cut(rect(x - size * 0.85, y - 4, size * 1.75, 16, 8), Blend.lit(PINE, 0.2), 0.3, 8)
    with sheet.layer(box, 0.3, size / 30) as part:
        head = blob(
            (x - size * 0.62, y - size * 0.12),
            (x - size * 0.58, y - size * 0.24),
            (x - size * 0.49, y - size * 0.27),
            (x - size * 0.44, y - size * 0.31),
            (x - size * 0.41, y - size * 0.25),
            (x - size * 0.34, y - size * 0.2),
            (x - size * 0.33, y - size * 0.08),
            (x - size * 0.46, y - size * 0.01),
            (x - size * 0.58, y - size * 0.03),
        )
        part.cut(
            ribbon(
                ((x - size * 0.4, y - size * 0.1), (x - size * 0.2, y - size * 0.12)),
                (size * 0.07, size * 0.09),
            ),
            mix(skin, SHADOW, 0.12),
        )
        part.cut(head, Blend.lit(skin, 0.2))
        trunk = blob(
            (x - size * 0.27, y),
            (x - size * 0.27, y - size * 0.2),
            (x - size * 0.1, y - size * 0.27),
            (x + size * 0.3, y - size * 0.24),
            (x + size * 0.6, y - size * 0.2),
            (x + size * 0.64, y),
            (x + size * 0.2, y + size * 0.01),
        )
        part.cut(trunk, Blend.lit(paint("6E93A8"), 0.25), 0.25, 5)
        part.cut(heart(x + size * 0.02, y - size * 0.15, size * 0.1), WHITE)
    return x, y - size * 0.28


def bag(sheet: Sheet, x: float, y: float, size: float, colour: Colour = RED) -> None:
    """A first-aid bag with a heart on it, standing at (x, y)."""
    with sheet.layer((x - size, y - size * 1.2, x + size, y + 6), 0.3, size / 18) as part:
        handle = (
            (x - size * 0.2, y - size * 0.62),
            (x, y - size * 0.86),
            (x + size * 0.2, y - size * 0.62),
        )
        part.cut(ribbon(handle, (size * 0.04,) * 3), mix(colour, INK, 0.4))
        part.cut(
            rect(x - size * 0.5, y - size * 0.68, size, size * 0.68, size * 0.12),
            Blend.lit(colour, 0.25),
        )
        part.cut(rect(x - size * 0.5, y - size * 0.5, size, size * 0.03), mix(colour, INK, 0.25))
        part.cut(heart(x, y - size * 0.26, size * 0.3), WHITE)


def carton(
    sheet: Sheet, x: float, y: float, size: float, colour: Colour = WOOD, sign: str = ""
) -> None:
    """A cardboard box standing at (x, y), closed; `sign` may be heart or leaf."""
    h = size * 0.72
    with sheet.layer((x - size, y - h * 1.5, x + size, y + 6), 0.28, size / 18, 0.22) as part:
        colour = mix(colour, CREAM, 0.25)
        part.cut(rect(x - size / 2, y - h, size, h, 3), Blend.lit(colour, 0.25))
        lid = poly(
            (x - size / 2, y - h),
            (x - size * 0.42, y - h * 1.16),
            (x + size * 0.42, y - h * 1.16),
            (x + size / 2, y - h),
        )
        part.cut(lid, mix(colour, WHITE, 0.22))
        part.cut(rect(x - size * 0.06, y - h * 1.16, size * 0.12, h * 0.5), mix(STRAW, WHITE, 0.2))
        if sign == "heart":
            part.cut(heart(x + size * 0.24, y - h * 0.4, size * 0.2), RED)
        elif sign == "leaf":
            part.cut(leaf(x + size * 0.22, y - h * 0.22, size * 0.32, 30), PINE)


def gift(sheet: Sheet, x: float, y: float, size: float, colour: Colour, band: Colour) -> None:
    """A wrapped present with a ribbon and a bow."""
    h = size * 0.7
    with sheet.layer((x - size, y - h * 1.9, x + size, y + 6), 0.28, size / 16) as part:
        part.cut(rect(x - size / 2, y - h, size, h, 4), Blend.lit(colour, 0.25))
        part.cut(rect(x - size * 0.08, y - h, size * 0.16, h), band)
        part.cut(
            rect(x - size * 0.55, y - h * 1.12, size * 1.1, h * 0.26, 4),
            Blend.lit(mix(colour, WHITE, 0.12), 0.2),
            0.3,
            4,
        )
        for side in (-1, 1):
            bow = blob(
                (x, y - h * 1.14),
                (x + side * size * 0.14, y - h * 1.5),
                (x + side * size * 0.34, y - h * 1.4),
                (x + side * size * 0.26, y - h * 1.16),
            )
            part.cut(bow, Blend.lit(band, 0.2), 0.2, 3)
        part.cut(ellipse(x, y - h * 1.16, size * 0.06), mix(band, SHADOW, 0.15))


def sack(sheet: Sheet, x: float, y: float, size: float, colour: Colour = CREAM) -> None:
    """A full sack of rice with an ear of rice (a leaf) on it."""
    with sheet.layer((x - size, y - size * 1.5, x + size, y + 6), 0.28, size / 18) as part:
        neck = y - size * 0.98
        body = blob(
            (x - size * 0.3, neck),
            (x + size * 0.3, neck),
            (x + size * 0.42, y - size * 0.5),
            (x + size * 0.4, y),
            (x - size * 0.4, y),
            (x - size * 0.42, y - size * 0.5),
        )
        ears = poly(
            (x - size * 0.2, neck),
            (x - size * 0.34, neck - size * 0.14),
            (x + size * 0.34, neck - size * 0.14),
            (x + size * 0.2, neck),
        )
        part.cut(ears, mix(colour, SHADOW, 0.1))
        part.cut(body, Blend.lit(colour, 0.25))
        part.cut(
            ribbon(((x - size * 0.24, neck), (x + size * 0.24, neck)), (size * 0.03,) * 2), RED
        )
        for angle in (-26, 0, 26):
            part.cut(leaf(x, y - size * 0.26, size * 0.38, angle), OCHRE)


def buoy(sheet: Sheet, x: float, y: float, size: float, angle: float = 0) -> None:
    """A ring buoy in red and white."""
    with sheet.layer((x - size, y - size, x + size, y + size), 0.35, size / 14) as part:
        for i in range(24):
            a, b = (math.radians(angle + k * 15) for k in (i, i + 1.15))
            mid = (a + b) / 2
            seg = [
                (x + math.cos(t) * size * 0.42, y + math.sin(t) * size * 0.42) for t in (a, mid, b)
            ]
            colour = RED if (i // 3) % 2 else WHITE
            part.cut(ribbon(seg, (size * 0.15,) * 3, flat=True), colour)
        ring = [
            (x + math.cos(t) * size * 0.58, y + math.sin(t) * size * 0.58)
            for t in (math.tau * k / 40 for k in range(41))
        ]
        part.line(ring, STRAW, size * 0.03)
    sheet.tint(ellipse(x - size * 0.2, y - size * 0.4, size * 0.2, size * 0.04, -25), WHITE, 0.5, 2)


def blood_bag(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A bag of blood that lies with its middle at (x, y)."""
    w, h = size, size * 0.42
    clear = Blend.lit(mix(FROST, WHITE, 0.4), 0.16)
    sheet.cut(rect(x - w / 2, y - h, w, h, h * 0.4), clear, 0.3, 5)
    blood = Blend.lit(mix(RED, BRICK, 0.3), 0.3)
    sheet.cut(rect(x - w * 0.36, y - h * 0.86, w * 0.78, h * 0.74, h * 0.3), blood)
    sheet.cut(rect(x - w * 0.1, y - h * 0.68, w * 0.34, h * 0.38, 3), WHITE)
    sheet.cut(drop(x + w * 0.07, y - h * 0.48, h * 0.26), RED)


def carrier(sheet: Sheet, x: float, y: float, size: float, colour: Colour = WHITE) -> None:
    """An insulated box with a handle and a leaf, for cells that travel; (x, y) is its foot."""
    h = size * 0.66
    with sheet.layer((x - size, y - h * 1.7, x + size, y + 6), 0.3, size / 16) as part:
        arc = (
            (x - size * 0.28, y - h),
            (x - size * 0.24, y - h * 1.38),
            (x + size * 0.24, y - h * 1.38),
            (x + size * 0.28, y - h),
        )
        part.cut(ribbon(arc, (size * 0.03,) * 4), SLATE)
        part.cut(rect(x - size / 2, y - h, size, h, size * 0.09), Blend.lit(colour, 0.22))
        part.cut(
            rect(x - size * 0.53, y - h * 1.08, size * 1.06, h * 0.27, size * 0.06),
            Blend.lit(mix(RED, colour, 0.05), 0.22),
            0.3,
            4,
        )
        part.cut(heart(x, y - h * 0.38, size * 0.24), RED)
        part.cut(rect(x - size * 0.07, y - h * 0.86, size * 0.14, h * 0.16, 4), STONE)


def quilts(sheet: Sheet, x: float, y: float, colour: Colour) -> None:
    """Three folded quilts, one on the other, the lowest about (x, y)."""
    for i in range(3):
        tone = mix(colour, WHITE, 0.1 + 0.14 * i)
        sheet.cut(
            rect(x - 90 + i * 4, y - 30 - i * 30, 180 - i * 8, 38, 17),
            Blend.lit(tone, 0.22),
            0.28,
            5,
        )
