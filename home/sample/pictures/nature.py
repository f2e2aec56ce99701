"""The land: sky, hills, ground, water, snow and flowers in the light of a mood."""

from __future__ import annotations

import random

from .geometry import Point, Shape, blob, ellipse, poly, rect, ribbon, spline, union
from .palette import BLUE, FROST, LAKE, OCHRE, PINE, RED, ROSE, SNOW, WHITE, Colour, Mood, mix
from .sheet import HEIGHT, SHADOW, WIDTH, Blend, Sheet


def sky(sheet: Sheet, mood: Mood, rng: random.Random, horizon: float = 600) -> None:
    """The sky down to the horizon, with a low sun or moon and a few flat clouds."""
    top, low = mood.sky
    middle = mix(mix(top, low, 0.55), WHITE, 0.2 if not mood.dark else 0.06)
    split = horizon * 0.58
    sheet.cut(rect(0, 0, WIDTH, split + 2), Blend.down(top, middle))
    sheet.cut(rect(0, split, WIDTH, horizon + 20 - split), Blend.down(middle, low))
    if horizon < HEIGHT:
        sheet.cut(rect(0, horizon, WIDTH, HEIGHT - horizon), mood.sky[1])
    x, y = rng.uniform(380, 1220), horizon - rng.uniform(180, 380)
    if mood.time not in {"grey", "rain"}:
        size = 34 if mood.time == "night" else rng.uniform(46, 70)
        sheet.tint(ellipse(x, y, size * 2.6), mood.sun, 0.3, size)
        sheet.cut(ellipse(x, y, size), mix(mood.sun, WHITE, 0.25))
    if mood.time == "night":
        for _ in range(40):
            spot = ellipse(
                rng.uniform(0, WIDTH), rng.uniform(0, horizon - 150), rng.uniform(1, 2.4)
            )
            sheet.cut(spot, mix(mood.sky[0], WHITE, rng.uniform(0.3, 0.8)))
        return
    for _ in range(rng.randint(2, 4)):
        cloud(
            sheet,
            rng.uniform(60, 1540),
            rng.uniform(70, horizon - 260),
            rng.uniform(80, 170),
            mix(mood.sky[1], WHITE, 0.5),
            rng,
        )


def cloud(
    sheet: Sheet, x: float, y: float, size: float, colour: Colour, rng: random.Random
) -> None:
    """A flat-bottomed cloud of long rounded bars."""
    bars = [
        ribbon(
            ((x + dx * size - w * size, y + dy * size), (x + dx * size + w * size, y + dy * size)),
            (t * size, t * size),
        )
        for dx, dy, w, t in (
            (0, 0, 1.0, 0.13),
            (rng.uniform(-0.3, 0.3), -0.2, 0.55, 0.14),
            (rng.uniform(-0.5, 0.6), 0.18, 0.6, 0.09),
        )
    ]
    sheet.tint(union(bars), colour, 0.62)


def ridge(rng: random.Random, base: float, height: float, peaks: int) -> Shape:
    """A range of hills down to the lower edge."""
    step = (WIDTH + 400) / peaks
    points: list[Point] = []
    for i in range(peaks + 1):
        x = -200 + i * step
        points.append((x, base - height * rng.uniform(0.55, 1)))
        low = rng.uniform(0.05, 0.4)
        points.append((x + step * rng.uniform(0.4, 0.6), base - height * low))
    line = spline(points, steps=12)
    return poly((line[0][0], HEIGHT + 60), *line, (line[-1][0], HEIGHT + 60))


def hills(
    sheet: Sheet, mood: Mood, rng: random.Random, horizon: float, height: float = 190
) -> None:
    """Three ranges, paler the farther away, each with mist at its foot."""
    for i, colour in enumerate(mood.hills):
        base = horizon - 46 + i * 34
        shape = ridge(rng, base, height * (1 - i * 0.27), rng.randint(2, 3) + i)
        pale = mix(colour, mood.sky[1], 0.55)
        clipped = poly(*((x, min(y, horizon + 60)) for x, y in shape.polygons[0]))
        sheet.cut(clipped, Blend.down(colour, pale), 0.16, 14)


def ground(sheet: Sheet, mood: Mood, rng: random.Random, y: float, bands: int = 3) -> list[float]:
    """Rolling ground from y down in bands of paper; gives the height of each band."""
    levels = []
    light, dark = mood.ground
    for i in range(bands):
        part = i / max(bands - 1, 1)
        level = y + (HEIGHT - y) * (i / bands) ** 1.25
        slope = rng.uniform(-24, 24)
        line = spline(
            [
                (-40, level + slope),
                (420, level - rng.uniform(0, 26)),
                (1050, level + rng.uniform(0, 26)),
                (1640, level - slope),
            ],
            steps=14,
        )
        colour = mix(light, dark, 0.5 - 0.5 * part)
        shape = poly((-40, HEIGHT + 40), *line, (1640, HEIGHT + 40))
        sheet.cut(shape, Blend.down(colour, mix(colour, dark, 0.55)), 0.2, 14)
        levels.append(level)
    return levels


def water(
    sheet: Sheet,
    mood: Mood,
    rng: random.Random,
    top: float,
    bottom: float = HEIGHT + 10,
    colour: Colour | None = None,
) -> None:
    """Still water that mirrors the sky, with long thin ripples."""
    deep = colour or mix(LAKE, mood.sky[0], 0.35)
    light = mix(deep, mood.sky[1], 0.6)
    sheet.cut(rect(-20, top, WIDTH + 40, bottom - top), Blend.down(light, deep))
    for i in range(26):
        part = (i + rng.random()) / 26
        y = top + 8 + (bottom - top) * part**1.6
        x, w = rng.uniform(-50, 1600), rng.uniform(40, 170) * (0.5 + part)
        thin = 1.2 + 2.6 * part
        ripple = ribbon(((x - w, y), (x, y - thin), (x + w, y)), (0.4, thin, 0.4))
        sheet.tint(ripple, mix(WHITE, mood.sun, 0.4), rng.uniform(0.2, 0.5))


def snowfall(sheet: Sheet, rng: random.Random, count: int = 130, colour: Colour = WHITE) -> None:
    """Flakes in front of everything: many small, few large."""
    for _ in range(count):
        size = rng.choice((2, 2.4, 3, 3.6, 5))
        sheet.cut(ellipse(rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), size), colour)
    for _ in range(7):
        spot = ellipse(rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(9, 14))
        sheet.tint(spot, colour, 0.55, 3)


def rain(sheet: Sheet, rng: random.Random, count: int = 110) -> None:
    """Slanting rain."""
    for _ in range(count):
        x, y, size = rng.uniform(0, 1700), rng.uniform(-30, HEIGHT), rng.uniform(16, 40)
        sheet.tint(ribbon(((x, y), (x - size * 0.3, y + size)), (1.1, 1.1)), WHITE, 0.4)


def weather(sheet: Sheet, mood: Mood, rng: random.Random) -> None:
    """What falls in this mood, if anything."""
    if mood.time == "rain":
        rain(sheet, rng)
    elif mood.winter and (mood.time == "grey" or rng.random() < 0.35):
        snowfall(sheet, rng, 150 if mood.time == "grey" else 70)


def tuft(sheet: Sheet, x: float, y: float, size: float, colour: Colour, rng: random.Random) -> None:
    """A few blades of grass, reed or dry stalks."""
    for _ in range(rng.randint(5, 7)):
        lean = rng.uniform(-0.5, 0.5)
        high = size * rng.uniform(0.6, 1)
        blade = ((x, y), (x + lean * high * 0.35, y - high * 0.6), (x + lean * high, y - high))
        sheet.cut(ribbon(blade, (size * 0.035, size * 0.03, size * 0.006)), colour)
        x += rng.uniform(-0.14, 0.16) * size


def flower(
    sheet: Sheet, x: float, y: float, size: float, colour: Colour, rng: random.Random
) -> None:
    """A stalk with two leaves and a round five-petalled flower."""
    lean = rng.uniform(-0.2, 0.2) * size
    top = (x + lean, y - size)
    green = mix(PINE, OCHRE, rng.uniform(0, 0.25))
    sheet.cut(ribbon(((x, y), (x, y - size * 0.5), top), (size * 0.03,) * 3), green)
    for side in (-1, 1):
        leaf = ((x, y - size * 0.2), (x + side * size * 0.22, y - size * 0.42))
        sheet.cut(ribbon(leaf, (size * 0.03, size * 0.06)), green)
    petals = [ellipse(0, -0.17, 0.14, 0.17).placed(*top, size, 72 * i) for i in range(5)]
    sheet.cut(union(petals), Blend.lit(colour, 0.2), 0.25, 3)
    sheet.cut(ellipse(*top, size * 0.1), mix(OCHRE, WHITE, 0.3))


def flowerbed(
    sheet: Sheet, rng: random.Random, left: float, right: float, y: float, size: float
) -> None:
    """A row of flowers and tufts."""
    colours = rng.sample([RED, ROSE, OCHRE, WHITE, (150, 120, 160), BLUE], 3)
    x = left
    while x < right:
        if rng.random() < 0.4:
            tuft(sheet, x, y + rng.uniform(0, 14), size * 0.8, mix(PINE, OCHRE, 0.2), rng)
        flower(
            sheet,
            x,
            y + rng.uniform(-8, 18),
            size * rng.uniform(0.7, 1.1),
            rng.choice(colours),
            rng,
        )
        x += size * rng.uniform(0.35, 0.6)


def drift(sheet: Sheet, x: float, y: float, wide: float, mood: Mood) -> None:
    """A heap of snow (or a mound of grass) at the foot of something."""
    shape = blob(
        (x - wide, y + 8),
        (x - wide * 0.5, y - wide * 0.09),
        (x, y - wide * 0.13),
        (x + wide * 0.6, y - wide * 0.06),
        (x + wide, y + 8),
        (x, y + 16),
    )
    light = SNOW if mood.winter else mood.ground[0]
    sheet.cut(shape, Blend.down(light, mix(mood.ground[0], mood.ground[1], 0.4)), 0.14, 6)


def path(sheet: Sheet, points: tuple[Point, ...], widths: tuple[float, ...], mood: Mood) -> None:
    """A trodden way that narrows into the distance."""
    colour = mix(FROST, SHADOW, 0.1) if mood.winter else mix(mood.ground[0], WHITE, 0.45)
    if mood.time == "night":
        colour = mix(mood.ground[1], SHADOW, 0.2)
    sheet.tint(ribbon(points, widths), colour, 0.75)
