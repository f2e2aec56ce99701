"""Indoors: walls, floors, windows with the season outside, and furniture."""

from __future__ import annotations

import random

from .geometry import Point, blob, ellipse, leaf, poly, rect, ribbon
from .palette import (
    BARK,
    BRICK,
    CREAM,
    FROST,
    GOLD,
    LAMP,
    MINT,
    OCHRE,
    PAPER,
    PINE,
    ROSE,
    SAGE,
    SLATE,
    SNOW,
    STRAW,
    WHITE,
    WOOD,
    Colour,
    Mood,
    mix,
    paint,
)
from .sheet import HEIGHT, SHADOW, WIDTH, Blend, Sheet

WALLS = (
    CREAM,
    mix(MINT, WHITE, 0.25),
    mix(ROSE, WHITE, 0.55),
    mix(FROST, WHITE, 0.1),
    mix(STRAW, WHITE, 0.35),
    mix(OCHRE, WHITE, 0.6),
    mix(SAGE, WHITE, 0.5),
)
FLOORS = (
    WOOD,
    mix(WOOD, CREAM, 0.4),
    mix(BRICK, CREAM, 0.45),
    mix(SLATE, CREAM, 0.55),
    mix(SAGE, CREAM, 0.35),
    paint("C7A27A"),
)


def room(
    sheet: Sheet, mood: Mood, rng: random.Random, floor: float = 700, pale: bool = False
) -> Colour:
    """Wall and floor; gives the wall's colour. `pale` keeps to the hues of a clinic."""
    wall = rng.choice(WALLS[1::2] if pale else WALLS)
    boards = rng.choice(FLOORS[3:5] if pale else FLOORS)
    if mood.dark:
        wall, boards = mix(wall, (214, 150, 90), 0.22), mix(boards, SHADOW, 0.14)
    low = mix(wall, SHADOW, 0.1)
    sheet.cut(
        rect(-10, -10, WIDTH + 20, floor + 20), Blend((mix(wall, WHITE, 0.3), wall, wall, low))
    )
    if rng.random() < 0.6:
        tone = mix(wall, rng.choice((SAGE, BRICK, SLATE, OCHRE)), 0.28)
        sheet.cut(
            rect(-10, floor - 190, WIDTH + 20, 200), Blend.across(mix(tone, WHITE, 0.1), tone)
        )
        sheet.cut(rect(-10, floor - 194, WIDTH + 20, 7), mix(wall, WHITE, 0.5))
    sheet.cut(
        rect(-10, floor, WIDTH + 20, HEIGHT - floor + 10),
        Blend(
            (boards, mix(boards, SHADOW, 0.06), mix(boards, WHITE, 0.12), mix(boards, SHADOW, 0.22))
        ),
        0.25,
        10,
    )
    sheet.cut(rect(-10, floor - 12, WIDTH + 20, 14), mix(wall, WHITE, 0.45))
    if rng.random() < 0.6:
        for i in range(9):
            x = -200 + i * 250
            sheet.line(
                ((800 + (x - 800) * 0.72, floor + 4), (800 + (x - 800) * 1.35, HEIGHT + 10)),
                mix(boards, SHADOW, 0.13),
                2.4,
            )
    return wall


def window(
    sheet: Sheet,
    mood: Mood,
    rng: random.Random,
    x: float,
    y: float,
    w: float,
    h: float,
    curtains: bool = True,
) -> None:
    """A window with the land outside; (x, y) is its upper left corner."""
    frame = mix(WHITE, SHADOW, 0.04)
    with sheet.layer((x - 40, y - 40, x + w + 60, y + h + 50), 0.22, 8) as part:
        part.cut(rect(x - 14, y - 14, w + 28, h + 28, 4), frame)
        part.cut(rect(x, y, w, h), Blend.down(*mood.sky))
        for i, colour in enumerate(mood.hills):
            base = y + h * (0.6 + 0.1 * i)
            peaks = [(x + w * k / 4, base - h * rng.uniform(0.02, 0.2)) for k in range(5)]
            part.cut(
                poly((x, y + h), *peaks, (x + w, y + h)),
                Blend.down(colour, mix(colour, mood.sky[1], 0.4)),
            )
        part.cut(
            poly(
                (x, y + h),
                (x, y + h * 0.86),
                (x + w * 0.5, y + h * 0.82),
                (x + w, y + h * 0.87),
                (x + w, y + h),
            ),
            mood.ground[0],
        )
        for _ in range(rng.randint(2, 4)):
            tx, size = x + w * rng.uniform(0.12, 0.88), h * rng.uniform(0.2, 0.36)
            crown = mix(SNOW, FROST, 0.3) if mood.winter else mix(mood.hills[2], PINE, 0.2)
            part.cut(rect(tx - 2, y + h * 0.86 - size * 0.5, 4, size * 0.5), BARK)
            part.cut(ellipse(tx, y + h * 0.86 - size * 0.6, size * 0.28, size * 0.4), crown)
        if mood.winter:
            for _ in range(18):
                part.cut(ellipse(x + rng.uniform(4, w - 4), y + rng.uniform(4, h - 4), 2.6), WHITE)
        for third in (1, 2):
            part.cut(rect(x + w * third / 3 - 5, y, 10, h), frame)
        part.cut(rect(x - 28, y + h + 8, w + 56, 18, 4), frame, 0.25, 6)
    if curtains:
        _curtains(sheet, rng, x, y, w, h)
    if not mood.dark and mood.time != "rain":
        beam = poly(
            (x + w * 0.5, 720), (x + w * 1.1, 720), (x + w * 1.6, HEIGHT), (x + w * 0.7, HEIGHT)
        )
        sheet.tint(beam, mood.sun, 0.22, 10)


def _curtains(sheet: Sheet, rng: random.Random, x: float, y: float, w: float, h: float) -> None:
    cloth = mix(rng.choice((SAGE, ROSE, OCHRE, CREAM, mix(SLATE, FROST, 0.5))), WHITE, 0.2)
    for side in (-1, 1):
        at = x - 22 if side < 0 else x + w + 22
        inner = at - side * w * 0.2
        shape = blob(
            (at + side * 26, y - 34),
            (inner, y - 34),
            (inner - side * -8, y + h * 0.45),
            (at + side * 2, y + h + 34),
            (at + side * 30, y + h + 34),
        )
        sheet.cut(shape, Blend.lit(cloth, 0.25), 0.25, 7)
        for k in (0.3, 0.65):
            fx = at + (inner - at) * k
            fold = ((fx, y - 24), (fx + side * 4, y + h * 0.5), (at + side * 10, y + h + 20))
            sheet.tint(ribbon(fold, (3, 2.6, 2)), SHADOW, 0.1)
    sheet.cut(rect(x - 62, y - 46, w + 124, 12, 6), BARK, 0.25, 5)


def table(
    sheet: Sheet, x: float, y: float, w: float, h: float, colour: Colour = WOOD, cloth: bool = False
) -> None:
    """A table from the front; (x, y) the middle of its top, h its height."""
    sheet.tint(ellipse(x + 10, y + h, w * 0.54, 16), SHADOW, 0.3, 8)
    with sheet.layer((x - w * 0.6, y - 20, x + w * 0.6, y + h + 10), 0.28, 8) as part:
        if cloth:
            part.cut(rect(x - w * 0.48, y, w * 0.96, h * 0.98), Blend.lit(colour, 0.22))
            for i in range(1, 8):
                fx = x - w * 0.48 + w * 0.12 * i
                part.tint(ribbon(((fx, y + 30), (fx + 3, y + h)), (1, 5)), SHADOW, 0.1)
        else:
            for side in (-1, 1):
                part.cut(rect(x + side * w * 0.42 - 10, y, 20, h, 4), mix(colour, SHADOW, 0.22))
            part.cut(rect(x - w * 0.44, y + 8, w * 0.88, 34), mix(colour, SHADOW, 0.18))
        part.cut(rect(x - w / 2, y - 12, w, 24, 7), Blend.lit(mix(colour, WHITE, 0.16), 0.16))


def chair(sheet: Sheet, x: float, y: float, h: float, colour: Colour, facing: int = 1) -> None:
    """A chair in profile for one `h` high who sits facing that way at (x, y)."""
    seat = y - h * 0.205
    back = x - facing * h * 0.12
    with sheet.layer((x - h * 0.4, y - h * 0.7, x + h * 0.4, y + 6), 0.22, 6) as part:
        dark = mix(colour, SHADOW, 0.2)
        for px in (back, x + facing * h * 0.16):
            part.cut(ribbon(((px, seat), (px, y)), (h * 0.013, h * 0.011)), dark)
        part.cut(
            ribbon(((back, seat), (back - facing * h * 0.03, y - h * 0.52)), (h * 0.016, h * 0.02)),
            colour,
        )
        part.cut(
            ribbon(
                ((back - facing * h * 0.01, seat), (x + facing * h * 0.18, seat)),
                (h * 0.02, h * 0.02),
            ),
            Blend.lit(colour, 0.2),
        )


def plant(sheet: Sheet, rng: random.Random, x: float, y: float, size: float) -> None:
    """A pot plant standing at (x, y)."""
    green = rng.choice((PINE, mix(PINE, SAGE, 0.5), mix(SAGE, PINE, 0.2)))
    with sheet.layer((x - size * 0.6, y - size * 1.2, x + size * 0.6, y + 6), 0.22, 7) as part:
        root = y - size * 0.3
        for angle in (-58, -34, -12, 14, 36, 60, -22, 24):
            long = size * rng.uniform(0.45, 0.8)
            part.cut(
                leaf(x, root, long, angle + rng.uniform(-6, 6)),
                Blend.lit(mix(green, SAGE, rng.uniform(0, 0.35)), 0.25),
                0.25,
                4,
            )
        pot = poly(
            (x - size * 0.19, root),
            (x + size * 0.19, root),
            (x + size * 0.14, y),
            (x - size * 0.14, y),
        )
        part.cut(pot, Blend.lit(rng.choice((BRICK, CREAM, SLATE, OCHRE)), 0.25), 0.2, 4)


def lamp(sheet: Sheet, x: float, y: float, size: float, colour: Colour = PINE) -> None:
    """A lamp that hangs from the ceiling to (x, y)."""
    sheet.line(((x, -10), (x, y - size * 0.4)), SLATE, 3)
    sheet.tint(ellipse(x, y + size * 0.2, size * 1.3), LAMP, 0.4, size * 0.5)
    shade = blob(
        (x, y - size * 0.5), (x + size * 0.5, y), (x, y + size * 0.06), (x - size * 0.5, y)
    )
    sheet.cut(ellipse(x, y + size * 0.05, size * 0.16), LAMP)
    sheet.cut(shade, Blend.lit(colour, 0.3), 0.2, 6)


def shelf(sheet: Sheet, rng: random.Random, x: float, y: float, w: float, rows: int = 2) -> None:
    """Shelves of books and boxes on the wall; (x, y) the upper left corner."""
    colours = (PINE, OCHRE, BRICK, SLATE, ROSE, SAGE, GOLD, FROST)
    for row in range(rows):
        base = y + 100 * (row + 1)
        at = x + 10
        while at < x + w - 30:
            thick, high = rng.uniform(12, 26), rng.uniform(46, 76)
            if rng.random() < 0.16:
                at += thick
                continue
            sheet.cut(
                rect(at, base - high, thick, high, 2), Blend.lit(rng.choice(colours), 0.2), 0.2, 4
            )
            at += thick + 1
        sheet.cut(rect(x, base, w, 12, 3), WOOD, 0.28, 8)


def frame(sheet: Sheet, rng: random.Random, x: float, y: float, w: float, h: float) -> None:
    """A small framed landscape on the wall."""
    sheet.cut(rect(x - 9, y - 9, w + 18, h + 18, 3), BARK, 0.3, 6)
    sheet.cut(rect(x, y, w, h), PAPER)
    tones = rng.sample([SAGE, OCHRE, FROST, ROSE, MINT], 3)
    sheet.cut(rect(x + 6, y + 6, w - 12, h - 12), tones[0])
    low = y + h - 6
    peaks: list[Point] = [
        (x + 6 + (w - 12) * k / 4, low - h * rng.uniform(0.2, 0.5)) for k in range(5)
    ]
    sheet.cut(poly((x + 6, low), *peaks, (x + w - 6, low)), tones[1])
    sheet.cut(ellipse(x + w * 0.68, y + h * 0.28, h * 0.1), tones[2])


def board(sheet: Sheet, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """A blackboard or screen without anything on it."""
    sheet.cut(rect(x - 14, y - 14, w + 28, h + 28, 6), mix(WOOD, CREAM, 0.3), 0.3, 8)
    sheet.cut(rect(x, y, w, h, 3), Blend.lit(colour, 0.16))


def kang(sheet: Sheet, rng: random.Random, y: float, left: float, right: float) -> None:
    """The heated brick bed of the north-east, with a mat and folded quilts."""
    brick = mix(BRICK, CREAM, 0.3)
    sheet.cut(rect(left, y, right - left, 190), Blend.lit(brick, 0.25), 0.28, 10)
    for row in range(4):
        for i in range(int((right - left) / 90) + 1):
            bx = left + i * 90 - (row % 2) * 45
            lo, hi = max(bx + 2, left), min(bx + 86, right)
            if hi > lo:
                sheet.cut(
                    rect(lo, y + 18 + row * 44, hi - lo, 38, 3),
                    mix(brick, WHITE, 0.05 * ((row + i) % 3)),
                )
    sheet.cut(rect(left - 8, y - 18, right - left + 16, 34, 8), Blend.lit(STRAW, 0.2), 0.3, 8)
    for i, colour in enumerate(rng.sample([ROSE, PINE, OCHRE, SLATE, BRICK], 3)):
        quilt = rect(right - 250 + i * 6, y - 52 - i * 36, 220 - i * 12, 38, 16)
        sheet.cut(quilt, Blend.lit(mix(colour, WHITE, 0.2), 0.2), 0.25, 5)
