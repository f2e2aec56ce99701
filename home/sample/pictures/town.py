"""Scenes of the town: factory, hall, notice board, service station."""

from __future__ import annotations

from dataclasses import replace

from . import kits, looks, nature, props, rooms, trees
from .buildings import block, pane, skyline, smoke
from .geometry import ellipse, heart, leaf, poly, rect, ribbon
from .palette import (
    BRICK,
    CREAM,
    FROST,
    GOLD,
    INK,
    LAKE,
    LAMP,
    MINT,
    NAVY,
    OCHRE,
    PAPER,
    PINE,
    RED,
    ROSE,
    SAGE,
    SLATE,
    SNOW,
    STONE,
    STRAW,
    WHITE,
    WOOD,
    mix,
)
from .people import person
from .sheet import SHADOW, Blend
from .stage import Stage, lanterns, outdoors
from .transport import lamp_post


def factory(stage: Stage) -> None:
    """An old works with saw-tooth roofs; workers in helmets learn at the gate."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(450, 20), bands=2, wood=0)
    skyline(sheet, mood, rng, 500, 120)
    wall = mix(
        rng.choice((BRICK, mix(BRICK, CREAM, 0.3), SLATE, mix(OCHRE, BRICK, 0.4))),
        SHADOW,
        0.3 * mood.dark,
    )
    left = stage.near(330, 80)
    for i in range(stage.sort(1, 2)):
        x = left + 90 + i * 130
        stack = poly((x - 22, 560), (x - 15, 130 + i * 50), (x + 15, 130 + i * 50), (x + 22, 560))
        smoke(sheet, x, 128 + i * 50, 180, mix(WHITE, mood.sky[1], 0.2), rng)
        sheet.cut(stack, Blend.across(mix(wall, WHITE, 0.12), mix(wall, SHADOW, 0.2)), 0.25, 8)
        sheet.cut(rect(x - 17, 160 + i * 50, 34, 16), CREAM)
    with sheet.layer((0, 250, 1600, 690), 0.3, 14) as part:
        for i in range(5):
            x = left + i * 190
            part.cut(poly((x, 670), (x, 370), (x + 190, 450), (x + 190, 670)), Blend.lit(wall, 0.2))
            glass = pane(mood, rng)
            part.cut(poly((x + 12, 388), (x + 12, 440), (x + 178, 508), (x + 178, 458)), glass)
            if mood.winter:
                part.cut(ribbon(((x, 366), (x + 190, 446)), (9, 9)), SNOW)
            part.cut(rect(x + 34, 540, 120, 80, 3), pane(mood, rng))
            for k in (0.33, 0.66):
                part.line(((x + 34 + 120 * k, 540), (x + 34 + 120 * k, 620)), wall, 4)
    nature.ground(sheet, mood, rng, 664, 2)
    count = stage.sort(3, 4, 5)
    suit = rng.choice((LAKE, NAVY, PINE, SLATE))
    for i in range(count):
        x = 300 + (5 - count) * 90 + i * 190
        look = replace(
            looks.anyone(rng),
            hat="helmet",
            hat_colour=rng.choice((GOLD, WHITE, OCHRE)),
            top=suit,
            bottom=mix(suit, INK, 0.3),
            skirt=None,
            bare=False,
            length=0.15,
        )
        person(
            sheet,
            x,
            stage.near(890, 14),
            stage.near(470, 20),
            look,
            view=rng.choice(("side", "front")),
            facing=1,
            hands=stage.gesture(x, 890, 470),
        )
    end = 300 + (5 - count) * 90 + count * 190 + 60
    lead = stage.helper()
    person(sheet, end, 905, 490, lead, "standing", -1, ((end - 120, 690), (end - 128, 700)))
    kits.bag(sheet, end - 150, 745, 105)
    nature.weather(sheet, mood, rng)


def community_hall(stage: Stage) -> None:
    """The hall of a neighbourhood: neighbours meet on its steps."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, 440, bands=2, wood=0)
    for x in (-40.0, 170.0, 1210.0, 1420.0):
        block(sheet, mood, rng, x, 600, stage.near(205, 14), stage.sort(5, 6, 7))
    wall = mix(rng.choice((CREAM, OCHRE, BRICK, ROSE, MINT)), SHADOW, 0.25 * mood.dark)
    with sheet.layer((330, 200, 1270, 760), 0.32, 14) as part:
        part.cut(rect(410, 390, 780, 350), Blend.lit(wall, 0.22))
        roof = poly((370, 400), (800, 262), (1230, 400))
        part.cut(roof, Blend.lit(SNOW if mood.winter else mix(BRICK, SLATE, 0.4), 0.22), 0.3, 8)
        part.cut(poly((450, 388), (800, 286), (1150, 388)), mix(wall, WHITE, 0.25))
        part.cut(heart(800, 350, 62), RED)
        for x in (450.0, 560.0, 950.0, 1060.0):
            part.cut(rect(x, 470, 84, 120, 42), pane(mood, rng))
            part.line(((x + 42, 470), (x + 42, 590)), mix(WHITE, wall, 0.3), 4)
        part.cut(rect(700, 450, 200, 290, 8), Blend.lit(mix(PINE, INK, 0.15), 0.2))
        glow = LAMP if mood.dark or mood.winter else mix(FROST, LAKE, 0.2)
        part.cut(rect(716, 470, 78, 270, 4) + rect(806, 470, 78, 270, 4), glow)
        for x in (660.0, 900.0):
            part.cut(rect(x, 440, 40, 300, 6), mix(WHITE, wall, 0.25))
    lanterns(stage, *(((640, 470), (915, 470)) if mood.winter else ()))
    nature.ground(sheet, mood, rng, 790, 1)
    for i in range(3):
        sheet.cut(
            rect(620 - i * 36, 740 + i * 22, 360 + i * 72, 24, 3),
            mix(STONE, WHITE, 0.4 - 0.1 * i),
            0.2,
            5,
        )
    trees.tree(sheet, mood, rng, 255, 800, stage.near(390, 30))
    trees.tree(sheet, mood, rng, 1360, 810, stage.near(420, 30))
    for i in range(stage.sort(4, 5, 6)):
        x = 360 + i * 180 + stage.near(0, 20)
        look = rng.choice(
            (stage.elder(), stage.helper(), stage.dressed(), looks.child(rng, mood.winter))
        )
        person(
            sheet,
            x,
            stage.near(915, 22),
            250 if look.child else 390,
            look,
            view=rng.choice(("side", "side", "front")),
            facing=1 if i % 2 else -1,
        )
    nature.weather(sheet, mood, rng)


def notice_board(stage: Stage) -> None:
    """Sheets of paper on a roofed board; someone pins one up, others read."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(430, 20))
    skyline(sheet, mood, rng, 490, 150) if stage.likely(0.6) else None
    for x in (110, 1490):
        trees.tree(sheet, mood, rng, x, 720, stage.near(500, 40))
    frame = rng.choice((WOOD, PINE, BRICK, LAKE))
    for x in (430, 1170):
        sheet.cut(rect(x - 16, 230, 32, 640, 6), mix(frame, SHADOW, 0.2), 0.3, 10)
    sheet.cut(rect(390, 270, 820, 420, 10), Blend.lit(frame, 0.22), 0.35, 14)
    sheet.cut(rect(418, 298, 764, 364, 4), Blend.lit(mix(STRAW, CREAM, 0.4), 0.16))
    roof = poly((350, 280), (430, 200), (1170, 200), (1250, 280))
    sheet.cut(roof, Blend.lit(SNOW if mood.winter else mix(BRICK, SLATE, 0.5), 0.22), 0.35, 10)
    for i in range(8):
        x, y = 446 + (i % 4) * 186, 320 + (i // 4) * 172
        if (i, stage.sort(0, 1, 2)) == (2, 0):
            continue
        _notice(stage, x + stage.near(0, 5), y + stage.near(0, 5), stage.sort(120, 136, 150))
    person(
        sheet,
        650,
        930,
        600,
        rng.choice((stage.helper(), stage.dressed())),
        "standing",
        1,
        ((770, 420), (775, 470)),
        view=rng.choice(("side", "back")),
    )
    for i in range(stage.sort(1, 2, 3)):
        look = rng.choice((stage.elder(), stage.dressed(), looks.child(rng, mood.winter)))
        person(
            sheet,
            930 + i * 170,
            stage.near(935, 10),
            370 if look.child else stage.near(560, 20),
            look,
            view="back",
        )
    nature.weather(sheet, mood, rng)


def _notice(stage: Stage, x: float, y: float, w: float) -> None:
    sheet, rng = stage.sheet, stage.rng
    tone = rng.choice((WHITE, PAPER, mix(ROSE, WHITE, 0.6), mix(MINT, WHITE, 0.3), WHITE))
    h = 142.0
    sheet.cut(rect(x, y, w, h, 2), Blend.lit(tone, 0.1), 0.3, 6)
    low = 20.0
    if stage.likely(0.5):
        colour = rng.choice((SAGE, LAKE, OCHRE, RED))
        sheet.cut(rect(x + 12, y + 14, w - 24, 52, 3), mix(colour, WHITE, 0.35))
        sign = (
            heart(x + w / 2, y + 40, 34) if stage.likely(0.5) else leaf(x + w / 2, y + 58, 38, 20)
        )
        sheet.cut(sign, colour)
        low = 78
    while low < h - 12:
        wide = (w - 28) * rng.choice((1, 0.9, 0.6))
        sheet.cut(rect(x + 14, y + low, wide, 5, 2), mix(tone, SLATE, 0.4))
        low += 14
    sheet.cut(ellipse(x + w / 2, y + 5, 6), RED)


def service_station(stage: Stage) -> None:
    """A small kiosk with an awning where passers-by get water, warmth and first aid."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, 440, bands=2, wood=0)
    skyline(sheet, mood, rng, 500, 190)
    nature.ground(sheet, mood, rng, 560, 2)
    trees.tree(sheet, mood, rng, 190, 760, stage.near(520, 50))
    trees.tree(sheet, mood, rng, 1450, 740, stage.near(470, 50))
    wall = mix(rng.choice((CREAM, MINT, FROST, mix(ROSE, WHITE, 0.4))), SHADOW, 0.2 * mood.dark)
    stripe = rng.choice((RED, PINE, OCHRE, LAKE))
    seller = rng.choice((stage.helper(), stage.helper(), looks.nurse(rng)))
    sheet.cut(rect(500, 330, 600, 500, 10), Blend.lit(wall, 0.2), 0.35, 14)
    inside = mix(LAMP, CREAM, 0.45) if mood.dark or mood.winter else mix(FROST, SLATE, 0.35)
    sheet.cut(rect(550, 430, 500, 210, 6), Blend.down(mix(inside, SHADOW, 0.12), inside))
    rooms.shelf(sheet, rng, 860, 424, 160, 1)
    with sheet.layer((550, 400, 1050, 640), 0, 1, 0) as part:
        part.cut(rect(550, 430, 500, 210), inside)
        part.cut(rect(550, 430, 500, 60), mix(inside, SHADOW, 0.14))
        for k, (sx, colour) in enumerate(((900, RED), (950, PINE), (1000, OCHRE))):
            part.cut(rect(sx - 16, 520 + 8 * (k % 2), 32, 64 - 8 * (k % 2), 6), colour)
        part.cut(rect(870, 584, 170, 10), WOOD)
        person(part, 700, 860, 440, seller, view="front", hands=((780, 640), (640, 640)))
    sheet.cut(rect(530, 632, 540, 26, 6), Blend.lit(WOOD, 0.2), 0.35, 10)
    for i in range(9):
        x = 470 + i * 660 / 9
        tone = stripe if i % 2 == 0 else WHITE
        awning = poly((x + 14, 320), (x + 660 / 9 + 4, 320), (x + 660 / 9, 424), (x, 424))
        sheet.cut(
            awning + ellipse(x + 330 / 9, 424, 330 / 9, 20),
            Blend.down(tone, mix(tone, SHADOW, 0.12)),
            0.16,
            5,
        )
    sheet.cut(rect(480, 300, 646, 26, 8), SNOW if mood.winter else mix(stripe, SHADOW, 0.2), 0.2, 6)
    sheet.cut(heart(800, 256, 84), RED, 0.25, 6)
    sheet.cut(heart(1000, 742, 70), mix(stripe, WHITE, 0.15))
    for x in (840, 905):
        props.cup(sheet, x, 632, 44, rng.choice((WHITE, GOLD, SAGE)))
    if stage.likely(0.6):
        lamp_post(sheet, mood, 1240, 800, 500)
    guest = rng.choice((stage.dressed(), stage.elder()))
    person(sheet, 1000, 905, 520, guest, "standing", -1, ((880, 610), (884, 640)))
    for i in range(stage.sort(1, 2)):
        look = rng.choice((stage.dressed(), stage.elder(), looks.child(rng, mood.winter)))
        person(
            sheet,
            1180 + i * 150,
            915,
            330 if look.child else 500,
            look,
            rng.choice(("standing", "walking")),
            -1,
        )
    if stage.likely(0.5):
        props.bicycle(sheet, 400, 915, 330, rng.choice((PINE, NAVY, BRICK)), 1)
    nature.weather(sheet, mood, rng)
