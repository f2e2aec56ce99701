"""Scenes of help outdoors: tents, floods, volunteers at work."""

from __future__ import annotations

from dataclasses import replace

from . import kits, looks, nature, props, trees
from .bones import Pose
from .buildings import house, skyline
from .geometry import ellipse, poly, rect, ribbon
from .palette import (
    BARK,
    BLUE,
    CREAM,
    GOLD,
    LAKE,
    LAMP,
    MINT,
    OCHRE,
    PINE,
    RED,
    ROSE,
    SAGE,
    SLATE,
    SNOW,
    STRAW,
    WHITE,
    WOOD,
    mix,
    paint,
)
from .people import person
from .sheet import SHADOW, Blend
from .stage import Stage, outdoors
from .transport import tent


def relief_tent(stage: Stage) -> None:
    """Tents on open ground; helpers unload boxes and hand out what is needed."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(420, 40))
    colour = rng.choice((LAKE, PINE, OCHRE, mix(CREAM, STRAW, 0.4), paint("6F8F9F")))
    for x, y, size in ((1330, 560, 150), (260, 545, 130), (1040, 540, 130)):
        tent(sheet, mood, stage.near(x, 30), y, size, mix(colour, mood.hills[0], 0.35))
    tent(sheet, mood, 480, 760, 420, colour)
    if mood.dark:
        sheet.tint(ellipse(480, 770, 300, 60), LAMP, 0.35, 40)
    for x in (420, 560)[: stage.sort(0, 1, 2)]:
        person(sheet, x, 790, 330, rng.choice((stage.elder(), stage.dressed())), "sitting", 1)
    if stage.likely(0.6):
        person(sheet, stage.near(720, 20), 830, 250, looks.child(rng, mood.winter), view="front")
    spots = ((1250, 900, 170), (1400, 915, 180), (1325, 800, 150))
    for x, y, size in spots[: stage.sort(2, 3)]:
        kits.carton(sheet, x, y, size, WOOD, rng.choice(("heart", "leaf", "")))
    person(
        sheet,
        820,
        905,
        500,
        stage.dressed(),
        rng.choice(("standing", "walking")),
        1,
        ((940, 640), (950, 660)),
    )
    person(sheet, 1085, 915, 520, stage.helper(), "standing", -1, ((985, 640), (975, 662)))
    thing = stage.sort(0, 1, 2)
    if thing == 0:
        kits.carton(sheet, 960, 710, 150, WOOD, "heart")
    elif thing == 1:
        kits.quilts(sheet, 962, 702, rng.choice((ROSE, SAGE, GOLD, BLUE)))
    else:
        kits.sack(sheet, 962, 720, 120)
    nature.weather(sheet, mood, rng)


def flood_rescue(stage: Stage) -> None:
    """Rescuers bring people through the flood in an inflatable boat."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    horizon = stage.near(380, 30)
    nature.sky(sheet, mood, rng, horizon)
    nature.hills(sheet, mood, rng, horizon)
    trees.treeline(sheet, mood, rng, horizon + 30, 70)
    muddy = mix(paint("8C8B72"), mood.sky[0], 0.35)
    nature.water(sheet, mood, rng, horizon + 26, colour=muddy)
    homes = ((300.0, 500.0, 250), (1180.0, 480.0, 220), (1420.0, 560.0, 330))
    for x, y, size in homes[: stage.sort(2, 3)]:
        house(sheet, mood, rng, x, y + 40, size)
        shade = mix(muddy, mood.sky[1], 0.3)
        sheet.cut(
            rect(x - size * 0.8, y, size * 1.6, 62), Blend.down(shade, mix(muddy, shade, 0.6))
        )
        sheet.tint(ribbon(((x - size * 0.6, y + 4), (x + size * 0.6, y + 4)), (3, 3)), WHITE, 0.5)
    for x in (90.0, 760.0, 1540.0)[: stage.sort(1, 2, 3)]:
        trees.tree(sheet, mood, rng, x, 610, stage.near(290, 40), "round")
        foot = ribbon(((x - 70, 614), (x, 600), (x + 70, 614)), (4, 16, 4))
        sheet.cut(foot, mix(muddy, mood.sky[1], 0.3))
    y = 800.0
    guests = stage.sort(1, 2, 3)
    rescuer = looks.rescuer(rng)
    person(
        sheet,
        1010,
        y + 30,
        470,
        rescuer,
        rng.choice(("standing", "crouching")),
        1,
        ((1130, 560), (1120, 590)),
        shadow=False,
    )
    for i in range(guests):
        look = (stage.elder(), looks.child(rng), stage.dressed())[(i + guests) % 3]
        look = replace(look, vest=OCHRE)
        person(
            sheet,
            650 + i * 125,
            y + 20,
            330 if look.child else 440,
            look,
            "sitting",
            1,
            shadow=False,
        )
    hands = ((520.0, 690.0), (530.0, 760.0))
    person(sheet, 420, y + 30, 470, looks.rescuer(rng), "leaning", 1, hands, shadow=False)
    sheet.cut(ribbon(((490, 640), (600, 900)), (7, 7)), WOOD, 0.25, 6)
    sheet.cut(ribbon(((592, 880), (618, 944)), (17, 20)), WOOD)
    props.boat(sheet, 760, y + 30, 640, rng.choice((OCHRE, RED, LAKE)))
    sheet.tint(ellipse(760, y + 112, 480, 20), SHADOW, 0.3, 12)
    for k in range(8):
        x = stage.near(760, 560)
        ripple = ((x - 90, y + 120 + k * 9), (x, y + 114 + k * 9), (x + 90, y + 120 + k * 9))
        sheet.tint(ribbon(ripple, (1, 4, 1)), WHITE, 0.5)
    nature.weather(sheet, mood, rng)


def volunteers(stage: Stage) -> None:
    """Helpers in red vests: clearing snow, planting, or setting out together."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    outdoors(stage, stage.near(440, 30))
    if stage.likely(0.6):
        skyline(sheet, mood, rng, 500, 150)
        nature.ground(sheet, mood, rng, 500, 2)
    for x in (150.0, 1450.0):
        trees.tree(sheet, mood, rng, x, stage.near(690, 30), stage.near(470, 50))
    if mood.winter or stage.likely(0.4):
        _at_work(stage)
    else:
        count = stage.sort(4, 5, 6)
        for i in range(count):
            x = 800 + (i - (count - 1) / 2) * 190
            look = stage.helper()
            person(
                sheet,
                x,
                stage.near(880, 25),
                stage.near(520, 30),
                look,
                view="front",
                hands=stage.gesture(x, 880, 520),
            )
    if not mood.winter:
        nature.flowerbed(sheet, rng, 60, 1560, 985, 58)
    else:
        nature.drift(sheet, 330, 985, 300, mood)
    nature.weather(sheet, mood, rng)


def _at_work(stage: Stage) -> None:
    sheet, mood = stage.sheet, stage.mood
    soil = SNOW if mood.winter else mix(BARK, mood.ground[1], 0.3)
    for x, facing in ((400, 1), (860, -1), (1200, -1), (620, 1))[: stage.sort(3, 4)]:
        y, h = stage.near(870, 36), stage.near(520, 20)
        high = (x + facing * 70, y - h * 0.56)
        low = (x + facing * 130, y - h * 0.38)
        foot = (x + facing * 205, y - 30)
        person(
            sheet,
            x,
            y,
            h,
            stage.helper(),
            Pose((-0.04, 0.47), 24, ((-0.12, 0), (0.1, 0)), 10),
            facing,
            (low, high),
        )
        top = (high[0] - facing * 40, high[1] - 66)
        sheet.cut(ribbon((top, foot), (7, 7)), WOOD, 0.25, 5)
        blade = poly(
            (foot[0] - 38, foot[1] - 18),
            (foot[0] + 38, foot[1] - 18),
            (foot[0] + 44, foot[1] + 44),
            (foot[0] - 44, foot[1] + 44),
        )
        sheet.cut(blade, Blend.lit(mix(SLATE, MINT, 0.3), 0.25), 0.25, 5)
        sheet.cut(
            ellipse(foot[0] + facing * 30, y + 18, 96, 30),
            Blend.down(soil, mix(soil, SHADOW, 0.12)),
            0.2,
            6,
        )
