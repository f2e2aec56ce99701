"""Scenes of offices and societies: a government hall, an old people's society, a clinic."""

from __future__ import annotations

from dataclasses import replace

from . import looks, nature, props, rooms, trees
from .buildings import pane, skyline
from .geometry import ellipse, heart, leaf, poly, rect, ribbon
from .palette import CREAM, FROST, GOLD, LAKE, MINT, OCHRE, PINE, RED, SAGE, SLATE, SNOW, STONE, WHITE, WOOD, mix
from .people import person
from .sheet import SHADOW, Blend
from .stage import Stage, indoors, outdoors, wall_things


def government_hall(stage: Stage) -> None:
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, 470, bands=2, wood=0)
    skyline(sheet, mood, rng, 520, 130)
    wall = mix(mix(CREAM, STONE, 0.25), SHADOW, 0.22 * mood.dark)
    with sheet.layer((120, 120, 1480, 790), 0.32, 14) as part:
        for x in (170.0, 1040.0):
            part.cut(rect(x, 360, 400, 380), Blend.lit(mix(wall, SHADOW, 0.06), 0.2))
            for row in range(3):
                for i in range(4):
                    part.cut(rect(x + 34 + i * 90, 392 + row * 112, 56, 78, 4), pane(mood, rng))
            part.cut(rect(x - 14, 344, 428, 24, 3), SNOW if mood.winter else mix(wall, WHITE, 0.35))
        part.cut(rect(520, 280, 560, 460), Blend.lit(wall, 0.22))
        part.cut(rect(490, 256, 620, 36, 4), SNOW if mood.winter else mix(wall, WHITE, 0.4), 0.3, 8)
        part.cut(rect(520, 330, 560, 34), mix(wall, SHADOW, 0.12))
        glow = mix(FROST, LAKE, 0.25)
        part.cut(rect(610, 420, 380, 320, 4), Blend.down(mix(glow, WHITE, 0.2), glow))
        for x in (705, 800, 895):
            part.line(((x, 420), (x, 740)), mix(SLATE, WHITE, 0.2), 5)
        for x in (560.0, 690.0, 872.0, 1002.0):
            part.cut(rect(x, 364, 40, 376, 5), Blend.across(mix(wall, WHITE, 0.5), mix(wall, SHADOW, 0.1)), 0.25, 8)
    nature.ground(sheet, mood, rng, 800, 1)
    for i in range(5):
        tone = mix(STONE, WHITE, 0.5 - 0.08 * i)
        sheet.cut(rect(540 - i * 34, 736 + i * 22, 520 + i * 68, 24, 3), tone, 0.2, 5)
    sheet.cut(rect(296, 190, 9, 640, 4), mix(STONE, WHITE, 0.4), 0.2, 5)
    flag = poly((305, 200), (392, 208), (470, 198), (470, 306), (392, 316), (305, 308))
    sheet.cut(flag, Blend.across(RED, mix(RED, SHADOW, 0.12)), 0.25, 6)
    for x in (120.0, 1490.0):
        trees.tree(sheet, mood, rng, x, 830, stage.near(430, 30))
    first, second = stage.elder(), stage.dressed()
    person(sheet, 700, 890, 430, first, "walking", 1, held=_paper)
    person(sheet, 960, 905, 440, stage.helper(), "standing", -1, ((800, 640), (850, 740)))
    person(sheet, 1200, 915, 440, second, "walking", -1)
    nature.weather(sheet, mood, rng)


def _paper(sheet, body) -> None:
    x, y = body.hands[1]
    sheet.cut(rect(x - 6, y - 40, 54, 70, 3), Blend.lit(WHITE, 0.12), 0.3, 5)


def old_peoples_society(stage: Stage) -> None:
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 690, window=120)
    rooms.board(sheet, 560, 130, 520, 330, mix(WOOD, CREAM, 0.55))
    for i in range(7):
        x = 586 + i * 68
        sheet.cut(rect(x, 156, 58, 40, 4), mix((SAGE, OCHRE, LAKE, RED, MINT, GOLD, PINE)[i], WHITE, 0.3))
        for k in range(4):
            sheet.cut(rect(x, 206 + k * 58, 58, 48, 4), Blend.lit(WHITE, 0.1), 0.2, 3)
            if (i + k) % 3:
                sheet.cut(ellipse(x + 29, 230 + k * 58, 11), mix((OCHRE, SAGE, RED)[(i + k) % 3], WHITE, 0.15))
    wall_things(stage, 1180, 150)
    seats = ((420.0, 1), (700.0, 1), (930.0, -1), (1190.0, -1))
    for i, (x, facing) in enumerate(seats):
        rooms.chair(sheet, x - facing * 20, 840, 330, mix(WOOD, CREAM, 0.2), facing)
    for i, (x, facing) in enumerate(seats[1:3]):
        person(sheet, x, 860, 560, stage.elder(True), "sitting", facing, ((x + facing * 90, 640), (x + facing * 100, 650)))
    for x, facing in (seats[0], seats[3]):
        person(sheet, x, 870, 570, stage.elder(True), "sitting", facing, ((x + facing * 110, 650), (x + facing * 120, 660)))
    rooms.table(sheet, 812, 700, 560, 200, mix(WOOD, CREAM, 0.3))
    props.book(sheet, 810, 700, 190)
    props.cup(sheet, 640, 692, 50, WHITE)
    props.cup(sheet, 985, 692, 50, rng.choice((GOLD, SAGE)))
    guest = stage.elder(True)
    person(sheet, 1400, 920, 640, guest, "standing", -1, ((1270, 560), (1290, 590)), held=_bowl)


def _bowl(sheet, body) -> None:
    x, y = body.hands[1]
    props.cup(sheet, x - 10, y + 4, 46, WHITE)


def clinic(stage: Stage) -> None:
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, 440, bands=2, wood=0)
    skyline(sheet, mood, rng, 500, 160)
    wall = mix(rng.choice((mix(MINT, WHITE, 0.4), mix(FROST, WHITE, 0.3), CREAM)), SHADOW, 0.2 * mood.dark)
    with sheet.layer((180, 190, 1440, 800), 0.32, 14) as part:
        part.cut(rect(230, 300, 1150, 490, 6), Blend.lit(wall, 0.2))
        part.cut(rect(205, 276, 1200, 36, 6), SNOW if mood.winter else mix(SLATE, wall, 0.3), 0.3, 8)
        part.cut(rect(430, 330, 740, 84, 10), Blend.lit(mix(PINE, WHITE, 0.06), 0.2), 0.25, 8)
        for i, x in enumerate((520, 800, 1080)):
            sign = leaf(x, 398, 52, 18) if i != 1 else heart(x, 374, 54)
            part.cut(sign, mix(WHITE, MINT, 0.2))
        for x in (270.0, 1010.0):
            part.cut(rect(x, 450, 320, 210, 6), mix(WHITE, wall, 0.2), 0.2, 6)
            part.cut(rect(x + 12, 462, 296, 186, 4), Blend.down(mix(FROST, WHITE, 0.2), mix(FROST, LAKE, 0.25)))
            for k in range(4):
                part.cut(rect(x + 30 + k * 70, 560 + (k % 2) * 14, 40, 88 - (k % 2) * 14, 6), mix((OCHRE, SAGE, RED, LAKE)[k], WHITE, 0.35))
            part.line(((x + 160, 462), (x + 160, 648)), mix(WHITE, wall, 0.2), 6)
        part.cut(rect(690, 450, 230, 340, 6), Blend.lit(mix(WOOD, PINE, 0.35), 0.2))
        for x in (704.0, 811.0):
            part.cut(rect(x, 466, 95, 324, 4), mix(FROST, GOLD, 0.18))
    nature.ground(sheet, mood, rng, 800, 1)
    sheet.cut(rect(650, 784, 310, 24, 3), mix(STONE, WHITE, 0.4), 0.2, 5)
    for x in (150.0, 1470.0):
        trees.tree(sheet, mood, rng, x, 820, stage.near(430, 30))
    doctor = looks.nurse(rng)
    person(sheet, 760, 880, 470, doctor, "standing", 1, ((900, 560), None))
    person(sheet, 1000, 905, 480, stage.dressed(), "standing", -1, ((884, 560), (890, 610)))
    person(sheet, 480, 910, 450, stage.elder(), "walking", 1)
    nature.weather(sheet, mood, rng)
