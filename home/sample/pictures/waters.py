"""Scenes by the water: mountain lake, winter river, bathing shore."""

from __future__ import annotations

import math

from . import kits, looks, nature, trees
from .buildings import skyline
from .geometry import blob, ellipse, poly, rect, ribbon, spline
from .palette import (
    FROST,
    GOLD,
    LAKE,
    NAVY,
    PINE,
    RED,
    SKINS,
    SNOW,
    STRAW,
    WHITE,
    WOOD,
    mix,
)
from .people import person
from .sheet import SHADOW, WIDTH, Blend
from .stage import Stage, outdoors


def mountain_lake(stage: Stage) -> None:
    """A crater lake among steep peaks; hikers look down on it."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    nature.sky(sheet, mood, rng, 470)
    rock = mood.hills
    _peaks(stage, 430, 300, mix(rock[0], mood.sky[1], 0.15), 5)
    _peaks(stage, 500, 270, rock[1], 4)
    lake = mix(LAKE, NAVY, 0.2) if not mood.winter else mix(LAKE, FROST, 0.3)
    nature.water(sheet, mood, rng, 490, 860, mix(lake, mood.sky[0], 0.35))
    for x, wide in ((360, 300), (980, 380), (1350, 260)):
        shadow = poly(
            (x - wide, 492), (x + wide, 492), (x + wide * 0.2, 640), (x - wide * 0.1, 610)
        )
        sheet.tint(shadow, rock[1], 0.3, 14)
    near = mix(rock[2], SNOW, 0.4) if mood.winter else mix(rock[2], SHADOW, 0.12)
    left = blob((-60, 380), (120, 400), (250, 520), (330, 640), (560, 740), (520, 900), (-80, 1040))
    right = blob(
        (1680, 420), (1510, 470), (1400, 590), (1300, 690), (1090, 780), (1200, 930), (1700, 1040)
    )
    for side in (left, right):
        sheet.cut(side, Blend.lit(near, 0.3), 0.3, 16)
    nature.ground(sheet, mood, rng, 800, 2)
    for _ in range(7):
        trees.tree(
            sheet,
            mood,
            rng,
            rng.choice((stage.near(170, 180), stage.near(1440, 180))),
            stage.near(850, 40),
            stage.near(240, 70),
            rng.choice(("pine", "pine", "birch")),
        )
    for i in range(stage.sort(2, 2, 3)):
        look = stage.dressed()
        person(
            sheet,
            720 + i * 120 + stage.near(0, 20),
            920 + 10 * (i % 2),
            stage.near(320, 16),
            look,
            view="back",
        )
    nature.weather(sheet, mood, rng)


def _peaks(stage: Stage, base: float, high: float, colour: tuple[int, int, int], n: int) -> None:
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    step = WIDTH / n
    for i in range(n + 1):
        x, h = i * step + stage.near(0, 50), high * rng.uniform(0.6, 1)
        w = step * rng.uniform(0.75, 1.0)
        top, low = base - h, base + 110
        sheet.cut(
            poly(
                (x - w, low),
                (x - w * 0.3, top + h * 0.32),
                (x, top),
                (x + w * 0.36, top + h * 0.36),
                (x + w, low),
            ),
            Blend.down(colour, mix(colour, mood.sky[1], 0.35)),
            0.2,
            10,
        )
        sheet.tint(
            poly(
                (x, top),
                (x + w * 0.36, top + h * 0.36),
                (x + w, low),
                (x + w * 0.2, low),
                (x + w * 0.08, top + h * 0.4),
            ),
            SHADOW,
            0.13,
        )
        if mood.winter or h > high * 0.8:
            cap = poly(
                (x, top),
                (x + w * 0.17, top + h * 0.2),
                (x + w * 0.07, top + h * 0.17),
                (x, top + h * 0.3),
                (x - w * 0.07, top + h * 0.16),
                (x - w * 0.15, top + h * 0.19),
            )
            sheet.cut(cap, mix(SNOW, colour, 0.12))


def winter_river(stage: Stage) -> None:
    """A dark river that steams between banks of rime."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    horizon = stage.near(420, 30)
    outdoors(stage, horizon, bands=1, wood=80)
    if stage.likely(0.5):
        skyline(sheet, mood, rng, horizon + 34, 120)
    turn = stage.sort(-1, 1)
    bend = spline(
        [
            (800 + turn * 300, horizon + 38),
            (800 + turn * 120, 500),
            (800 - turn * 90, 590),
            (800 + turn * 60, 740),
            (800 - turn * 30, 1060),
        ],
        steps=10,
    )
    wide = [10 + (y - horizon - 30) ** 1.1 * 0.33 for _, y in bend]
    deep = mix(mix(LAKE, NAVY, 0.45), mood.sky[0], 0.3)
    snow = mix(SNOW, mood.ground[0], 0.5)
    for edge, fill in ((18, snow), (0, Blend.down(mix(deep, mood.sky[1], 0.5), deep))):
        banks = [(x - w - edge, y) for (x, y), w in zip(bend, wide, strict=True)]
        banks += [(x + w + edge, y) for (x, y), w in zip(bend, wide, strict=True)][::-1]
        sheet.cut(poly(*banks), fill, 0.22, 10)
    for i in range(14):
        k = rng.randint(8, len(bend) - 4)
        x, y = bend[k]
        size = 12 + (y - horizon) * rng.uniform(0.03, 0.16)
        floe = ellipse(
            stage.near(x, 130), y, 16 + (y - horizon) * rng.uniform(0.03, 0.12), 4 + i % 5
        )
        sheet.cut(floe, mix(snow, deep, 0.15), 0.2, 4)
    for i in range(7):
        x, y = bend[min(6 + i * 4, len(bend) - 1)]
        mist = ellipse(stage.near(x, 100), y - 30, 200, 18)
        sheet.tint(mist, WHITE, 0.4, 18)
    spots = [
        (130, 640, 340),
        (1470, 650, 360),
        (360, 600, 240),
        (1270, 590, 230),
        (60, 900, 640),
        (1530, 930, 680),
    ]
    for x, y, size in spots:
        trees.tree(
            sheet,
            mood,
            rng,
            stage.near(x, 40),
            y,
            stage.near(size, 30),
            rng.choice(("rime", "rime", "rime", "pine")),
        )
    for i in range(stage.sort(1, 2, 3)):
        x = 800 + turn * (380 + i * 120)
        look = looks.child(rng, True) if i == 2 else looks.anyone(rng, True)
        person(
            sheet,
            x,
            890 + 14 * i,
            200 if look.child else 300,
            look,
            rng.choice(("walking", "standing")),
            -turn,
        )
    nature.drift(sheet, 800 + turn * 560, 985, 320, mood)
    nature.weather(sheet, mood, rng)


def _bather(stage: Stage, x: float, y: float, skin: Blend) -> None:
    """Head, shoulders and a waving arm above the water."""
    sheet, side = stage.sheet, stage.sort(-1, 1)
    arm = ((x + side * 34, y + 34), (x + side * 66, y + 4), (x + side * 62, y - 40))
    sheet.cut(ribbon(arm, (13, 11, 9)), skin, 0.2, 4)
    sheet.cut(ribbon(((x - 36, y + 40), (x, y + 30), (x + 36, y + 40)), (14, 18, 14)), skin)
    sheet.cut(ellipse(x, y - 8, 24, 28), skin, 0.25, 4)
    cap = stage.rng.choice((RED, GOLD, WHITE, PINE))
    dome = blob((x - 26, y - 12), (x - 18, y - 36), (x + 18, y - 36), (x + 26, y - 12), (x, y - 17))
    sheet.cut(dome, Blend.lit(cap, 0.25))
    wave = ((x - 96, y + 56), (x, y + 44), (x + 96, y + 56))
    sheet.cut(ribbon(wave, (3, 13, 3)), mix(LAKE, stage.mood.sky[1], 0.45))
    sheet.tint(ribbon(((x - 70, y + 50), (x, y + 40), (x + 70, y + 50)), (2, 4, 2)), WHITE, 0.7)


def water_safety(stage: Stage) -> None:
    """A bathing lake: a ring buoy on its post, a lifeguard on watch, bathers in the shallows."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    horizon = stage.near(390, 30)
    nature.sky(sheet, mood, rng, horizon)
    nature.hills(sheet, mood, rng, horizon, 230)
    trees.treeline(sheet, mood, rng, horizon + 28, 70)
    nature.water(sheet, mood, rng, horizon + 24)
    for i in range(9):
        x = 180.0 + i * 150
        sheet.cut(
            ellipse(x, 590 + 16 * math.sin(i), 13), Blend.lit((RED, WHITE)[i % 2], 0.2), 0.2, 4
        )
    for _ in range(stage.sort(2, 3, 4)):
        x, y = stage.near(760, 380), stage.near(680, 50)
        skin = rng.choice(SKINS)
        _bather(stage, x, y, Blend.lit(skin, 0.2))
    sand = mix(STRAW, mood.ground[0], 0.25)
    shore = spline([(-20, 830), (360, 775), (800, 812), (1250, 770), (1620, 800)], steps=12)
    sheet.tint(ribbon(shore, [26] * len(shore)), WHITE, 0.4, 5)
    sheet.cut(poly((-20, 1020), *shore, (1620, 1020)), Blend.lit(sand, 0.2), 0.22, 10)
    post = stage.near(560, 60)
    sheet.cut(rect(post - 13, 380, 26, 520, 6), Blend.lit(WOOD, 0.25), 0.3, 10)
    sheet.cut(poly((post - 90, 400), (post, 340), (post + 90, 400)), Blend.lit(RED, 0.2), 0.3, 8)
    kits.buoy(sheet, post, 545, 210, rng.uniform(0, 30))
    guard = looks.rescuer(rng)
    point = stage.likely(0.6)
    gx = stage.near(1010, 50)
    person(
        sheet,
        gx,
        930,
        560,
        guard,
        "standing",
        -1,
        (None, (gx - 210, 560)) if point else ((gx - 60, 640), (gx - 66, 650)),
    )
    for i in range(stage.sort(1, 2)):
        x = gx + 180 + i * 130
        person(sheet, x, 915 + i * 22, 360, looks.child(rng), view="back")
    trees.tree(sheet, mood, rng, 1540, 890, 560, "willow" if stage.likely(0.6) else "birch")
    nature.flowerbed(sheet, rng, -20, 260, 990, 60)
    nature.weather(sheet, mood, rng)
