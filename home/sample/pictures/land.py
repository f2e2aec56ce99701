"""Scenes of the land: village, rice, train, garden of memory."""

from __future__ import annotations

import math

from . import looks, nature, trees
from .buildings import corn_crib, fence, house
from .geometry import blob, ellipse, poly, rect, ribbon
from .palette import (
    BARK,
    BRICK,
    CREAM,
    FROST,
    GOLD,
    LAKE,
    NAVY,
    OCHRE,
    PINE,
    RED,
    ROSE,
    SAGE,
    SLATE,
    SNOW,
    STONE,
    WHITE,
    mix,
)
from .people import person
from .sheet import HEIGHT, SHADOW, WIDTH, Blend
from .stage import Stage, lanterns, outdoors
from .transport import train


def village(stage: Stage) -> None:
    """Low houses with smoke, maize in cribs, a path, a few people on their way."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(430, 50), hills=stage.near(220, 50))
    nature.path(
        sheet,
        (
            (stage.near(800, 300), 1010),
            (stage.near(700, 120), 830),
            (stage.near(900, 150), 660),
            (820, 560),
        ),
        (120, 56, 26, 10),
        mood,
    )
    far = [(260, 570, 190), (560, 560, 170), (1330, 565, 210), (1010, 556, 160)]
    for at, foot, size in far[: stage.sort(2, 3, 4)]:
        house(sheet, mood, rng, stage.near(at, 40), foot, size)
    for _ in range(stage.sort(2, 3, 4)):
        trees.tree(sheet, mood, rng, stage.near(800, 700), stage.near(610, 20), stage.near(200, 40))
    house(sheet, mood, rng, stage.near(430, 60), 720, stage.near(360, 30))
    house(sheet, mood, rng, stage.near(1180, 60), 770, stage.near(430, 30))
    if mood.season in {"winter", "autumn"} or stage.likely(0.4):
        corn_crib(sheet, mood, stage.near(800, 50), 730, stage.near(140, 15))
    trees.tree(sheet, mood, rng, stage.sort(130, 1490), 850, stage.near(560, 60))
    fence(sheet, mood, *((-20, 520) if stage.likely(0.5) else (1080, 1640)), 910, 90)
    for _ in range(stage.sort(1, 2, 3)):
        look = looks.child(rng, mood.winter) if stage.likely(0.3) else stage.dressed()
        x, facing = stage.near(760, 220), stage.sort(-1, 1)
        person(sheet, x, stage.near(880, 30), 190 if look.child else 270, look, "walking", facing)
    nature.weather(sheet, mood, rng)


def rice_field(stage: Stage) -> None:
    """Paddies in rows to the hills; people plant, tend or reap."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    horizon = stage.near(380, 40)
    outdoors(stage, horizon, bands=1)
    for x in (stage.near(300, 120), stage.near(1250, 150)):
        house(sheet, mood, rng, x, horizon + 62, stage.near(170, 20))
    top = horizon + 64
    flooded = mood.season == "spring"
    rice = {"spring": SAGE, "summer": mix(SAGE, PINE, 0.2), "autumn": GOLD}[mood.season]
    base = mix(LAKE, mood.sky[1], 0.5) if flooded else mix(rice, mood.ground[1], 0.25)
    sheet.cut(rect(-10, top, WIDTH + 20, HEIGHT), Blend.down(mix(base, mood.sky[1], 0.3), base))
    y, k = top, 0
    while y < HEIGHT + 30:
        deep = (y - top) / (HEIGHT - top)
        high = 7 + 40 * deep
        tone = mix(mix(rice, mood.sky[1], 0.28 * (1 - deep)), SHADOW, 0.12 * (k % 2))
        _rice_row(stage, y, high * (0.6 if flooded else 1), tone, flooded)
        if k == 6:
            line = ((-20, y + 2), (700, y + 10), (1620, y + 2))
            sheet.cut(ribbon(line, (7, 9, 8)), mix(mood.ground[1], PINE, 0.12), 0.2, 5)
        y += 9 + 46 * deep
        k += 1
    for i in range(stage.sort(2, 3, 4)):
        x, y = 380 + i * 290 + stage.near(0, 60), stage.near(800, 70)
        pose = "bending" if stage.likely(0.65) else "standing"
        facing = stage.sort(-1, 1)
        reach = ((x + facing * 120, y - 110), (x + facing * 105, y - 80))
        person(
            sheet,
            x,
            y,
            410,
            looks.farmer(rng),
            pose,
            facing,
            reach if pose == "bending" else (None, (x + facing * 90, y - 260)),
        )
        if not flooded and pose == "bending":
            for angle in range(-2, 3):
                ear = ((reach[1][0], y + 10), (reach[1][0] + angle * 14, y - 130))
                sheet.cut(ribbon(ear, (6, 9)), mix(rice, GOLD, 0.3))
        _rice_row(stage, y + 22, 44, mix(rice, SHADOW, 0.1), True, x - 110, x + 110)
        if not flooded and mood.season == "autumn":
            _sheaf(stage, x - facing * 150, y + 30, 150)
    nature.weather(sheet, mood, rng)


def _sheaf(stage: Stage, x: float, y: float, size: float) -> None:
    """Reaped rice, bound in the middle and stood up to dry."""
    sheet = stage.sheet
    for i in range(-5, 6):
        stalk = ((x + i * 9, y), (x + i * 3, y - size * 0.5), (x + i * 13, y - size))
        tone = mix(GOLD, (OCHRE, WHITE)[i % 2], 0.25)
        sheet.cut(ribbon(stalk, (6, 5, 9)), tone, 0.12, 3)
    sheet.cut(ribbon(((x - 22, y - size * 0.5), (x + 22, y - size * 0.52)), (7, 7)), BRICK)


def _rice_row(
    stage: Stage,
    y: float,
    high: float,
    tone: tuple[int, int, int],
    sparse: bool,
    left: float = -20,
    right: float = WIDTH + 20,
) -> None:
    """One row of rice: a ragged band of paper, or single tufts in the water."""
    sheet, rng = stage.sheet, stage.rng
    step = high * (1.5 if sparse else 0.8)
    count = int((right - left) / step) + 1
    points = []
    for i in range(count):
        x = left + i * step
        if sparse:
            for lean in (-0.4, 0, 0.4):
                blade = ((x, y), (x + lean * high, y - high))
                sheet.cut(ribbon(blade, (high * 0.07, high * 0.02)), tone)
        else:
            tip = y - high * rng.uniform(0.8, 1.1)
            points += [(x, tip), (x + step / 2, y - high * 0.55)]
    if not sparse:
        low = min(60, high * 1.4)
        shape = poly((left, y + low), *points, (points[-1][0], y + low))
        sheet.cut(shape, Blend.down(mix(tone, WHITE, 0.14), mix(tone, SHADOW, 0.12)))


def railway(stage: Stage) -> None:
    """A train crosses the plain; people wait on the platform or wave."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(430, 30), bands=2)
    for x in (stage.near(250, 100), stage.near(1380, 100)):
        house(sheet, mood, rng, x, 545, stage.near(180, 20))
    for _ in range(5):
        trees.tree(sheet, mood, rng, stage.near(800, 760), stage.near(590, 14), stage.near(230, 50))
    y = 735.0
    stones = mix(STONE, mood.ground[1], 0.4)
    sheet.cut(poly((-10, y + 12), (1610, y + 12), (1610, y + 62), (-10, y + 62)), stones, 0.2, 8)
    for i in range(34):
        sheet.cut(rect(i * 49 - 10, y + 24, 28, 12, 2), mix(BARK, SHADOW, 0.15))
    train(
        sheet,
        mood,
        stage.near(290, 160),
        y + 6,
        215,
        rng.choice((PINE, RED, LAKE, WHITE, NAVY, OCHRE)),
        4,
    )
    sheet.cut(rect(-10, y + 20, 1620, 7), mix(SLATE, FROST, 0.3))
    if stage.likely(0.6):
        slab = mix(mix(CREAM, STONE, 0.4), mood.ground[1], 0.25)
        sheet.cut(rect(-10, 830, 1620, 200), Blend.lit(slab, 0.2), 0.35, 12)
        sheet.cut(rect(-10, 846, 1620, 10), GOLD)
        for i in range(stage.sort(2, 3, 4)):
            x = 420 + i * 250 + stage.near(0, 50)
            look = looks.child(rng, mood.winter) if i == 2 else stage.dressed()
            h = 280 if look.child else 430
            facing = stage.sort(-1, 1)
            person(
                sheet,
                x,
                945,
                h,
                look,
                rng.choice(("standing", "walking")),
                facing,
                (None, (x + facing * 70, 945 - h * 0.95) if i == 1 else None),
            )
            if stage.likely(0.5):
                case = rect(x - facing * 95 - 34, 868, 68, 82, 12)
                sheet.cut(case, Blend.lit(rng.choice((BRICK, PINE, OCHRE, SLATE)), 0.25), 0.3, 6)
    else:
        trees.tree(sheet, mood, rng, stage.sort(150, 1450), 930, stage.near(600, 50))
        fence(sheet, mood, 300, 1300, 950, 90)
        for i in range(stage.sort(1, 2)):
            x = 620 + i * 230
            look = looks.child(rng, mood.winter)
            person(sheet, x, 965, 300, look, view="back", hands=((x - 90, 640), None))
    nature.weather(sheet, mood, rng)


def memorial_garden(stage: Stage) -> None:
    """A tree with ribbons; two people stand before it among flowers."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(440, 40))
    for x in (180.0, 1420.0, 420.0):
        trees.tree(sheet, mood, rng, stage.near(x, 60), 620, stage.near(300, 50))
    nature.path(sheet, ((300, 1010), (620, 860), (900, 790)), (110, 60, 40), mood)
    kind = {"winter": "rime", "spring": "blossom"}.get(mood.season, "round")
    x, y, size = 930.0, 830.0, stage.near(740, 30)
    trees.tree(sheet, mood, rng, x, y, size, kind)
    tones = (RED, GOLD, WHITE, ROSE, RED)
    for i in range(17):
        angle, reach = math.tau * i * 0.382, math.sqrt((i + 0.5) / 17) * size
        px, py = x + math.cos(angle) * reach * 0.3, y - size * 0.68 + math.sin(angle) * reach * 0.19
        long = rng.uniform(60, 110)
        strip = ((px, py), (px + 9, py + long * 0.5), (px - 5, py + long))
        sheet.cut(ribbon(strip, (5, 7, 4)), tones[i % 5], 0.3, 4)
        sheet.cut(ellipse(px, py, 7), tones[i % 5])
    old = rng.choice((stage.elder(), stage.dressed()))
    person(sheet, 560, 900, 430, old, view="back" if stage.likely(0.5) else "side")
    other = rng.choice((stage.dressed(), looks.child(rng, mood.winter)))
    person(
        sheet,
        690,
        912,
        270 if other.child else 440,
        other,
        "standing",
        1,
        (None, (745, 740)) if not other.child else (None, None),
    )
    if stage.likely(0.4):
        person(sheet, 1290, 890, 400, stage.dressed(), "crouching", -1, ((1170, 790), (1160, 800)))
    stone = blob((1090, 880), (1100, 800), (1170, 772), (1240, 806), (1252, 880), (1170, 896))
    sheet.cut(stone, Blend.lit(mix(STONE, FROST, 0.3), 0.3), 0.3, 10)
    if mood.winter:
        sheet.cut(ribbon(((1112, 798), (1170, 776), (1232, 802)), (6, 13, 6)), SNOW)
        for i in range(9):
            fx = 1010 + i * 38
            nature.flower(sheet, fx, stage.near(930, 10), 62, rng.choice((RED, WHITE, GOLD)), rng)
    else:
        nature.flowerbed(sheet, rng, 930, 1420, 930, 72)
        nature.flowerbed(sheet, rng, -20, 330, 990, 66)
    if stage.likely(0.3):
        lanterns(stage, (820, 470))
    nature.weather(sheet, mood, rng)
