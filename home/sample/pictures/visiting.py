"""Scenes of visits and parcels: through the snow, to old people, at the packing table."""

from __future__ import annotations

from . import kits, looks, nature, props, rooms, trees
from .buildings import fence, house
from .geometry import ellipse, heart, poly, rect
from .palette import (
    BLUE,
    BRICK,
    CREAM,
    GOLD,
    LAKE,
    OCHRE,
    PINE,
    RED,
    ROSE,
    SAGE,
    WHITE,
    WOOD,
    mix,
)
from .people import Body, person
from .sheet import SHADOW, Blend, Sheet
from .stage import Stage, indoors, lanterns, outdoors, wall_things


def snow_visit(stage: Stage) -> None:
    """Two helpers walk through the snow with parcels to a lit house."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(410, 30))
    if stage.likely(0.6):
        house(sheet, mood, rng, 350, 560, 220)
    door = 1130.0
    nature.path(sheet, ((500, 1010), (760, 860), (1100, 760), (door, 700)), (150, 90, 50, 30), mood)
    house(sheet, mood, rng, door, 725, stage.near(560, 40))
    for x, y, size in ((160, 700, 440), (1500, 790, 470)):
        trees.tree(sheet, mood, rng, x, y, stage.near(size, 40))
    if stage.likely(0.7):
        lanterns(stage, (985, 600), (1280, 600))
    if stage.likely(0.75):
        person(sheet, 1100, 790, 330, stage.elder(), "standing", -1, ((1000, 640), None))
    if stage.likely(0.5):
        fence(sheet, mood, 1240, 1620, 850, 90)
    count = stage.sort(2, 2, 3)
    for i in range(count):
        x, y = 720 - i * 215, 860 + i * 42
        h = 470 + i * 45
        body = person(
            sheet,
            x,
            y,
            h,
            stage.helper(),
            "walking",
            1,
            ((x + h * 0.2, y - h * 0.55), (x + h * 0.18, y - h * 0.52)),
            held=_parcel if i != 1 else None,
        )
        if i == 1:
            kits.sack(sheet, body.hands[1][0] + 20, body.hands[1][1] + 60, 120)
    for k in range(12):
        spot = ellipse(180 + k * 46, 960 - k * 11 + (k % 2) * 16, 12, 5)
        sheet.tint(spot, SHADOW, 0.22, 1)
    nature.drift(sheet, 1330, 965, 330, mood)
    nature.snowfall(sheet, rng, 130 if mood.time == "grey" else 60)


def _parcel(sheet: Sheet, body: Body) -> None:
    x, y = body.hands[0][0] * 0.5 + body.hands[1][0] * 0.5, body.hands[1][1]
    size = body.radius * 4.2
    kits.carton(sheet, x + size * 0.12, y + size * 0.3, size, WOOD, "heart")


def elderly_visit(stage: Stage) -> None:
    """A helper sits with an old person at home: tea, a hand held, a kang."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 720, window=stage.sort(130, 640, 1100))
    if stage.likely(0.7):
        rooms.frame(sheet, rng, 1010 if stage.likely(0.5) else 480, 190, 120, 150)
    old = stage.elder(True)
    other = stage.elder(True) if stage.likely(0.35) else None
    if stage.likely(0.5):
        rooms.kang(sheet, rng, 740, 780, 1560)
        if other:
            person(sheet, 1190, 905, 560, other, "sitting", -1)
        person(sheet, 960, 910, 600, old, "sitting", -1, ((812, 640), (818, 690)))
        person(sheet, 590, 930, 610, stage.helper(True), "crouching", 1, ((770, 660), (786, 692)))
        rooms.table(sheet, 1330, 662, 220, 62, WOOD)
        props.cup(sheet, 1300, 652, 44)
        props.cup(sheet, 1370, 652, 44, SAGE)
    else:
        rooms.chair(sheet, 1050, 890, 640, rng.choice((BRICK, WOOD, PINE)), -1)
        rooms.chair(sheet, 520, 890, 640, rng.choice((BRICK, WOOD, PINE)), 1)
        if other:
            person(sheet, 1250, 850, 560, other, view="front")
        person(sheet, 1050, 890, 640, old, "sitting", -1, ((900, 640), (810, 650)))
        rooms.table(sheet, 785, 742, 290, 170, mix(WOOD, CREAM, 0.2), stage.likely(0.4))
        person(sheet, 520, 890, 650, stage.helper(True), "sitting", 1, ((690, 660), (770, 662)))
        props.cup(sheet, 710, 732, 48, rng.choice((WHITE, GOLD)))
        for x in (860, 885, 870):
            sheet.cut(ellipse(x, 722 - (x == 870) * 16, 15), Blend.lit(OCHRE, 0.25), 0.2, 3)
    kits.gift(sheet, 330, 945, 170, rng.choice((RED, GOLD, PINE)), CREAM)


def gift_packing(stage: Stage) -> None:
    """Helpers at a long table fill boxes with rice, oil and warm things."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 740, window=stage.sort(110, 1150), things=False)
    for row in range(2):
        for i in range(stage.sort(3, 4)):
            kits.carton(
                sheet, 620 + i * 130, 735 - row * 98, 122, WOOD, rng.choice(("heart", "leaf", ""))
            )
    wall_things(stage, 650, 130)
    count = stage.sort(3, 4)
    for i in range(count):
        x = 800 + (i - (count - 1) / 2) * stage.near(310, 10)
        look = rng.choice((stage.helper(True), stage.helper(True), looks.anyone(rng)))
        if i == 1 and stage.likely(0.4):
            look = looks.child(rng)
        h = 530 if look.child else stage.near(575, 20)
        spread = stage.near(50, 14)
        person(sheet, x, 960, h, look, view="front", hands=((x + spread, 668), (x - spread, 674)))
    rooms.table(
        sheet,
        800,
        740,
        1360,
        240,
        rng.choice((WOOD, mix(PINE, CREAM, 0.3), CREAM, SAGE)),
        stage.likely(0.5),
    )
    for i in range(count):
        x = 800 + (i - (count - 1) / 2) * 310
        kind = (i + stage.sort(0, 1)) % 4
        if kind == 0:
            _open_box(stage, x, 736)
        elif kind == 1:
            kits.gift(sheet, x, 736, 150, rng.choice((RED, PINE, LAKE)), GOLD)
        elif kind == 2:
            kits.carton(sheet, x, 736, 160, WOOD, "heart")
        else:
            kits.quilts(sheet, x, 728, rng.choice((ROSE, SAGE, BLUE)))
    for x in (345, 955):
        bottle = rect(x - 18, 640, 36, 92, 10) + rect(x - 8, 614, 16, 34, 4)
        sheet.cut(bottle, Blend.lit(GOLD, 0.25), 0.25, 5)
        sheet.cut(rect(x - 9, 606, 18, 16, 3), RED)
    kits.sack(sheet, 1390, 950, 210)
    kits.carton(sheet, 215, 950, 210, WOOD, "leaf")


def _open_box(stage: Stage, x: float, y: float) -> None:
    sheet = stage.sheet
    sheet.cut(ellipse(x - 30, y - 116, 26), Blend.lit(RED, 0.25))
    sheet.cut(rect(x + 2, y - 168, 40, 90, 8), Blend.lit(mix(BLUE, WHITE, 0.3), 0.25))
    flaps = poly((x - 84, y - 104), (x - 128, y - 128), (x - 116, y - 94))
    flaps += poly((x + 84, y - 104), (x + 128, y - 128), (x + 116, y - 94))
    sheet.cut(flaps, mix(WOOD, CREAM, 0.5))
    sheet.cut(rect(x - 86, y - 106, 172, 106, 3), Blend.lit(mix(WOOD, CREAM, 0.25), 0.25), 0.3, 7)
    sheet.cut(heart(x, y - 52, 44), RED)
