"""Scenes of the town in motion and at work: race, bicycle, kitchen."""

from __future__ import annotations

import math
from dataclasses import replace

from . import kits, looks, nature, props, rooms, trees
from .bones import Pose
from .buildings import block, skyline
from .geometry import ellipse, heart, poly, rect, ribbon
from .palette import (
    BARK,
    BLUE,
    BRICK,
    CREAM,
    GOLD,
    LAKE,
    NAVY,
    OCHRE,
    PINE,
    RED,
    ROSE,
    SAGE,
    SLATE,
    STONE,
    STRAW,
    WHITE,
    WOOD,
    mix,
)
from .people import person
from .sheet import SHADOW, Blend
from .stage import Stage, indoors, outdoors, wall_things


def marathon_aid(stage: Stage) -> None:
    """Runners pass an aid stand with water; a helper holds out a cup."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(420, 30), bands=2)
    skyline(sheet, mood, rng, 480, 150)
    nature.ground(sheet, mood, rng, 540, 1)
    for x in (120, 430, 1200, 1500):
        trees.tree(sheet, mood, rng, stage.near(x, 40), stage.near(610, 10), stage.near(310, 40))
    road = mix(SLATE, mood.ground[1], 0.45)
    sheet.cut(
        poly((-10, 690), (1610, 650), (1610, 1010), (-10, 1010)), Blend.lit(road, 0.18), 0.2, 8
    )
    for i in range(6):
        sheet.tint(
            poly(
                (40 + i * 290, 842), (190 + i * 290, 838), (190 + i * 290, 850), (40 + i * 290, 854)
            ),
            WHITE,
            0.6,
        )
    stand = stage.near(1130, 40)
    colour = rng.choice((WHITE, PINE, OCHRE, LAKE))
    for dx in (-170, 170):
        sheet.cut(rect(stand + dx - 6, 360, 12, 390), STONE)
    canopy = poly((stand - 230, 390), (stand - 60, 300), (stand + 60, 300), (stand + 230, 390))
    sheet.cut(canopy, Blend.lit(colour, 0.2), 0.3, 10)
    sheet.cut(heart(stand, 350, 54), RED)
    person(sheet, stand + 90, 760, 390, stage.helper(), view="front")
    rooms.table(sheet, stand + 30, 640, 330, 120, WHITE, True)
    for i in range(7):
        sheet.cut(
            poly(
                (stand - 110 + i * 38, 600),
                (stand - 84 + i * 38, 600),
                (stand - 88 + i * 38, 632),
                (stand - 106 + i * 38, 632),
            ),
            mix(BLUE, WHITE, 0.3),
            0.2,
            3,
        )
    cup = (842.0, 560.0)
    person(sheet, 955, 800, 460, stage.helper(), "leaning", -1, (None, (cup[0] + 18, cup[1] + 18)))
    sheet.cut(
        poly(
            (cup[0] - 16, cup[1] - 24),
            (cup[0] + 16, cup[1] - 24),
            (cup[0] + 11, cup[1] + 20),
            (cup[0] - 11, cup[1] + 20),
        ),
        mix(BLUE, WHITE, 0.4),
        0.2,
        3,
    )
    count = stage.sort(3, 4)
    for i in range(count):
        look = replace(
            looks.anyone(rng),
            bare=True,
            length=0.05,
            hat=rng.choice(("", "peak", "")),
            hat_colour=rng.choice((RED, WHITE, GOLD)),
            shoes=rng.choice((RED, GOLD, LAKE)),
            skirt=None,
            top=rng.choice((RED, GOLD, LAKE, PINE, OCHRE, WHITE)),
        )
        x, y, h = ((720, 930, 560), (430, 960, 580), (190, 900, 530), (1250, 985, 580))[i]
        swing = ((x + h * 0.24, y - h * 0.66), (x - h * 0.12, y - h * 0.5))
        if i == 0:
            swing = ((cup[0] - 8, cup[1] + 4), swing[1])
        person(sheet, x, y, h, look, "running", 1, swing)
    nature.weather(sheet, mood, rng)


def bicycle(stage: Stage) -> None:
    """Someone rides with a kit on the carrier along the river or a street."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(430, 40))
    if stage.likely(0.5):
        nature.water(sheet, mood, rng, 560, 690)
    else:
        for i in range(5):
            block(sheet, mood, rng, 60 + i * 310, 640, stage.near(220, 20), stage.sort(3, 4, 5))
    nature.ground(sheet, mood, rng, 680, 2)
    for x in (140, stage.near(780, 200), 1430):
        trees.tree(sheet, mood, rng, x, 770, stage.near(480, 60))
    road = mix(mix(STONE, CREAM, 0.3), mood.ground[1], 0.45)
    sheet.cut(
        poly((-10, 810), (1610, 800), (1610, 940), (-10, 960)), Blend.lit(road, 0.16), 0.18, 6
    )
    riders = stage.sort(1, 1, 2)
    for i in range(riders):
        x = (1040, 470)[i] if riders == 2 else stage.near(790, 60)
        size, y = (560 if riders == 1 else 500 - i * 30), 905 - i * 14
        parts = props.bicycle(sheet, x, y, size, rng.choice((RED, PINE, LAKE, OCHRE, NAVY)))
        look = rng.choice((stage.helper(), stage.dressed(), looks.nurse(rng)))
        look = replace(look, skirt=None, length=min(look.length, 0.15))
        h = size * 1.02
        sx, sy = parts["saddle"]
        cx, cy = parts["crank"]
        far = ((cx - x + size * 0.07) / h, (y - cy + size * 0.06) / h)
        near = ((cx - x + size * 0.02) / h, (y - cy - size * 0.1) / h)
        pose = Pose(((sx - x) / h, (y - sy) / h + 0.045), 17, (far, near), 2)
        rack = (x - size * 0.42, y - size * 0.565)
        sheet.cut(ribbon((rack, (x - size * 0.2, y - size * 0.56)), (6, 6)), SLATE)
        kits.bag(sheet, rack[0] - 4, rack[1] - 2, size * 0.26, rng.choice((RED, PINE, OCHRE)))
        grip = parts["grip"]
        person(sheet, x, y, h, look, pose, 1, ((grip[0], grip[1] - 8), grip), shadow=False)
    if not mood.winter:
        nature.flowerbed(sheet, rng, -20, 1620, 1000, 62)
    else:
        nature.drift(sheet, 300, 985, 340, mood)
        nature.drift(sheet, 1250, 990, 400, mood)
    if mood.season == "autumn":
        props.confetti_leaves(sheet, rng, OCHRE)
    nature.weather(sheet, mood, rng)


def kitchen(stage: Stage) -> None:
    """A shared kitchen: big pots steam, people cook, roll dumplings and serve."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 780, window=stage.sort(110, 1150), things=False)
    wall_things(stage, 560, 110)
    for i in range(6):
        x = 880.0 + i * 46
        sheet.line(((x, 120), (x, 170 + 14 * (i % 3))), SLATE, 3)
        sheet.cut(
            ellipse(x, 196 + 14 * (i % 3), 20, 28),
            Blend.lit((STONE, GOLD, BRICK)[i % 3], 0.25),
            0.25,
            5,
        )
    count = stage.sort(2, 3, 4)
    step = 960 / count
    for i in range(count):
        x = 800 + (i - (count - 1) / 2) * step
        look = rng.choice(
            (looks.anyone(rng), looks.elder(rng), looks.hanbok(rng), looks.anyone(rng))
        )
        look = replace(
            look,
            vest=None,
            skirt=None,
            apron=rng.choice((WHITE, SAGE, STRAW, ROSE, RED)),
            hat=rng.choice(("cap", "")),
            hat_colour=WHITE,
        )
        hands = ((x + 70, 640.0), (x - 62, 655.0))
        person(sheet, x, 1010, 650, look, view="front", hands=hands)
    top = rng.choice((mix(WOOD, CREAM, 0.3), mix(STONE, WHITE, 0.4), mix(PINE, CREAM, 0.4)))
    sheet.cut(rect(90, 720, 1420, 320), Blend.lit(mix(top, SHADOW, 0.18), 0.2), 0.3, 10)
    for i in range(4):
        sheet.cut(
            rect(120 + i * 345, 780, 325, 240, 8), Blend.lit(mix(top, SHADOW, 0.08), 0.16), 0.2, 5
        )
    sheet.cut(rect(70, 700, 1460, 40, 10), Blend.lit(top, 0.16), 0.35, 10)
    for i in range(count):
        x = 800 + (i - (count - 1) / 2) * step
        (_pot if (i + count) % 2 == 0 else _dumplings)(stage, x + step * 0.4, 704)
    for x in (230, 1390):
        for k in range(4):
            spot = ellipse(x + (k - 1.5) * 44, 690 - (k % 2) * 12, 24)
            sheet.cut(spot, Blend.lit((RED, SAGE, OCHRE, WHITE)[k], 0.25), 0.25, 4)


def _pot(stage: Stage, x: float, y: float) -> None:
    sheet, rng = stage.sheet, stage.rng
    colour = rng.choice((SLATE, RED, LAKE, OCHRE))
    for k in range(3):
        sx = x - 50 + k * 50
        steam = ((sx, y - 130), (sx + 20, y - 190), (sx - 8, y - 250), (sx + 24, y - 310))
        sheet.tint(ribbon(steam, (5, 11, 13, 4)), WHITE, 0.42, 6)
    for side in (-1, 1):
        sheet.cut(ellipse(x + side * 122, y - 92, 24, 13), mix(colour, SHADOW, 0.3))
    sheet.cut(rect(x - 115, y - 124, 230, 124, 26), Blend.lit(colour, 0.28), 0.35, 8)
    sheet.cut(rect(x - 122, y - 138, 244, 28, 13), Blend.lit(mix(colour, WHITE, 0.25), 0.2), 0.2, 4)
    sheet.cut(ellipse(x, y - 148, 18, 12), mix(BARK, colour, 0.3))


def _dumplings(stage: Stage, x: float, y: float) -> None:
    sheet = stage.sheet
    sheet.cut(ellipse(x, y - 14, 150, 24), Blend.lit(WOOD, 0.22), 0.35, 6)
    sheet.cut(ellipse(x, y - 20, 138, 19), mix(WHITE, STRAW, 0.15))
    for k in range(9):
        a = math.tau * k / 9
        px, py = x + math.cos(a) * 98 * (1 if k % 3 else 0.4), y - 28 + math.sin(a) * 9
        bun = ellipse(px, py, 27, 16)
        sheet.cut(bun, Blend.lit(mix(WHITE, CREAM, 0.5), 0.2), 0.25, 3)
        sheet.line(((px - 16, py - 7), (px, py - 13), (px + 16, py - 7)), mix(CREAM, WOOD, 0.3), 2)
