"""Scenes of giving and care: blood, stem cells, the sickbed, epidemics, the law book."""

from __future__ import annotations

from dataclasses import replace

from . import kits, looks, props, rooms
from .bones import Pose
from .geometry import Point, drop, ellipse, heart, leaf, poly, rect, ribbon
from .palette import (
    BARK,
    BLUE,
    BRICK,
    CREAM,
    FROST,
    GOLD,
    LAKE,
    MINT,
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
from .people import Body, person
from .sheet import SHADOW, Blend, Sheet
from .stage import Stage, indoors


def blood_donation(stage: Stage) -> None:
    """A donor reclines, an arm on the rest; the bag lies below it; a nurse watches over both."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 700, True, stage.sort(90, 1130))
    sheet.cut(drop(stage.near(800, 60), 240, 210), Blend.lit(mix(RED, BRICK, 0.1), 0.25), 0.25, 10)
    sheet.tint(ellipse(775, 265, 12, 34, 24), WHITE, 0.5, 3)
    if stage.likely(0.5):
        person(
            sheet, stage.sort(250, 1400), 800, 470, looks.anyone(rng), "sitting", stage.sort(-1, 1)
        )
    _recliner(sheet, 700, 900, rng.choice((PINE, LAKE, OCHRE, SAGE, BRICK)))
    donor = replace(looks.anyone(rng), bare=True, skirt=None)
    pose = Pose((0.02, 0.29), -42, ((0.47, 0.22), (0.48, 0.25)), 26)
    body = person(sheet, 720, 900, 700, donor, pose, 1, ((800, 690), (920, 716)))
    sheet.cut(rect(800, 730, 190, 26, 13), Blend.lit(mix(SLATE, FROST, 0.3), 0.2), 0.3, 6)
    end = body.hands[1]
    sheet.cut(
        ribbon(((end[0] - 62, end[1] - 4), (end[0] - 44, end[1] - 3)), (22, 21), flat=True), WHITE
    )
    sheet.cut(heart(end[0] + 12, end[1] + 4, 34), RED, 0.3, 3)
    _mixer(sheet, 1010, 930, (end[0] - 52, end[1] + 10))
    nurse = looks.nurse(rng, stage.likely(0.5))
    hands = ((1076, 772), (1090, 780)) if stage.likely(0.5) else ((1040, 700), (1086, 778))
    person(sheet, 1236, 930, 660, nurse, "bending", -1, hands)


def _mixer(sheet: Sheet, x: float, y: float, vein: Point) -> None:
    """A low stand on which the bag lies, below the arm, so that the blood runs down into it."""
    tray = y - 128
    sheet.cut(ribbon(((x, tray), (x, y)), (13, 13)), mix(STONE, WHITE, 0.2), 0.2, 6)
    sheet.cut(ribbon(((x - 58, y), (x + 58, y)), (9, 9)), SLATE, 0.3, 6)
    sheet.cut(rect(x - 92, tray - 4, 184, 26, 8), Blend.lit(mix(FROST, WHITE, 0.4), 0.2), 0.35, 8)
    kits.blood_bag(sheet, x + 4, tray - 4, 128)
    bends = ((vein[0] + 6, vein[1] + 60), (vein[0] + 40, tray - 20), (x - 62, tray - 26))
    sheet.cut(ribbon((vein, *bends), (4, 4, 4, 4)), mix(RED, BRICK, 0.3))


def _recliner(sheet: Sheet, x: float, y: float, colour: tuple[int, int, int]) -> None:
    back = ribbon(((x + 20, y - 165), (x - 250, y - 420)), (52, 46))
    seat = ribbon(((x + 10, y - 160), (x + 210, y - 165), (x + 370, y - 130)), (48, 46, 36))
    for px in (x - 60, x + 230):
        sheet.cut(ribbon(((px, y - 140), (px, y)), (14, 14)), SLATE)
        sheet.cut(ribbon(((px - 60, y), (px + 60, y)), (11, 11)), SLATE, 0.3, 6)
    sheet.cut(back + seat, Blend.lit(colour, 0.25), 0.35, 12)
    sheet.cut(ribbon(((x - 210, y - 400), (x - 262, y - 446)), (40, 34)), mix(colour, WHITE, 0.35))


def stem_cell(stage: Stage) -> None:
    """A carrier box passes from hand to hand; cells float as circles behind."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    base = rng.choice(
        (
            mix(ROSE, WHITE, 0.45),
            mix(MINT, WHITE, 0.1),
            mix(STRAW, WHITE, 0.3),
            mix(FROST, WHITE, 0.1),
            mix(LAKE, WHITE, 0.35),
            mix(OCHRE, WHITE, 0.45),
        )
    )
    if mood.dark:
        base = mix(base, (70, 92, 124), 0.4)
    sheet.cut(
        rect(-10, -10, 1620, 1020), Blend.down(mix(base, WHITE, 0.3), mix(base, SHADOW, 0.06))
    )
    tones = rng.sample([RED, OCHRE, ROSE, SAGE, BLUE, GOLD], 3)
    for i in range(26):
        x, y = rng.uniform(0, 1600), rng.uniform(0, 780)
        r = rng.choice((26, 38, 54, 78, 110))
        colour = mix(base, tones[i % 3], rng.uniform(0.2, 0.42))
        sheet.cut(ellipse(x, y, r), Blend.lit(colour, 0.14), 0.12, 8)
        sheet.cut(
            ellipse(x - r * 0.1, y - r * 0.08, r * 0.42),
            Blend.lit(mix(colour, tones[i % 3], 0.35), 0.2),
            0.12,
            4,
        )
    floor = mix(base, rng.choice((SAGE, BRICK, SLATE, OCHRE)), 0.3)
    sheet.cut(
        poly((-10, 870), (500, 846), (1610, 872), (1610, 1010), (-10, 1010)),
        Blend.lit(floor, 0.2),
        0.25,
        14,
    )
    sheet.tint(ellipse(800, 560, 230), WHITE, 0.5, 60)
    left = rng.choice((stage.helper(True), looks.anyone(rng)))
    right = looks.nurse(rng, stage.likely(0.4))
    if stage.likely(0.5):
        left, right = right, left
    person(
        sheet, 545, 930, 720, left, rng.choice(("walking", "standing")), 1, ((735, 566), (720, 590))
    )
    kits.carrier(sheet, 805, 650, 250, rng.choice((WHITE, mix(BLUE, WHITE, 0.3), CREAM)))

    person(sheet, 1068, 930, stage.near(715, 20), right, "standing", -1, ((872, 566), (888, 596)))
    if stage.likely(0.5):
        person(sheet, stage.sort(285, 1340), 900, 560, looks.anyone(rng), view="front")


def hospital(stage: Stage) -> None:
    """A patient sits up in bed; a nurse and a visitor are there."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 690, True, stage.sort(120, 700, 1140))
    blanket = rng.choice((SAGE, LAKE, OCHRE, ROSE, BRICK))
    if stage.likely(0.7):
        visitor = rng.choice((looks.anyone(rng), stage.helper(True)))
        person(
            sheet,
            1080,
            800,
            560,
            visitor,
            "leaning",
            -1,
            ((930, 560), (940, 580)),
            held=_bouquet if stage.likely(0.7) else None,
        )
    for px in (330, 1150):
        sheet.cut(rect(px, 640 if px > 500 else 520, 22, 330, 8), mix(STONE, WHITE, 0.3), 0.25, 6)
    sheet.cut(rect(330, 540, 22, 130, 8), mix(STONE, WHITE, 0.3))
    sheet.cut(rect(340, 800, 820, 50, 16), Blend.lit(WHITE, 0.2), 0.3, 10)
    sheet.cut(rect(345, 850, 810, 30, 8), mix(STONE, WHITE, 0.2))
    sheet.cut(ribbon(((400, 760), (445, 640)), (60, 56)), Blend.lit(SNOW, 0.2), 0.3, 8)
    look = rng.choice((looks.anyone(rng), looks.elder(rng), looks.child(rng)))
    look = replace(look, top=mix(BLUE, WHITE, 0.4), vest=None, skirt=None, bare=False, hat="")
    pose = Pose((0, 0.1), -22, ((0.44, 0.04), (0.46, 0.05)), 10)
    person(
        sheet,
        540,
        815,
        640 if not look.child else 520,
        look,
        pose,
        1,
        ((750, 680), (720, 700)),
        shadow=False,
    )
    cover = ((520, 790), (700, 752), (900, 746), (1140, 800))
    sheet.cut(ribbon(cover, (34, 52, 56, 44)), Blend.lit(blanket, 0.25), 0.35, 12)
    sheet.cut(rect(560, 782, 588, 76, 18), Blend.lit(mix(blanket, SHADOW, 0.06), 0.22))
    sheet.cut(rect(560, 778, 44, 80, 16), mix(WHITE, blanket, 0.12), 0.2, 5)
    nurse = looks.nurse(rng, stage.likely(0.4))
    person(sheet, 270, 935, 640, nurse, "standing", 1, ((410, 640), (395, 668)))
    rooms.table(sheet, 1330, 740, 190, 190, mix(WOOD, CREAM, 0.3))
    props.cup(sheet, 1290, 730, 46, rng.choice((WHITE, GOLD, SAGE)))
    _vase(stage, 1370, 730)


def _vase(stage: Stage, x: float, y: float) -> None:
    sheet, rng = stage.sheet, stage.rng
    for i in range(5):
        tip = (x + (i - 2) * 22, y - 130 - rng.uniform(0, 40))
        sheet.cut(ribbon(((x, y - 50), tip), (3, 2)), PINE)
        sheet.cut(ellipse(*tip, 17), Blend.lit(rng.choice((RED, ROSE, GOLD, WHITE)), 0.2), 0.2, 3)
    sheet.cut(ribbon(((x, y - 70), (x, y - 30), (x, y - 14)), (16, 26, 20)), Blend.lit(LAKE, 0.25))


def _bouquet(sheet: Sheet, body: Body) -> None:
    x, y = body.hands[0]
    for dx, dy, colour in ((-34, -60, RED), (0, -84, GOLD), (30, -62, WHITE), (-14, -40, ROSE)):
        sheet.cut(ribbon(((x, y + 20), (x + dx, y + dy)), (3, 3)), PINE)
        sheet.cut(ellipse(x + dx, y + dy, 19), Blend.lit(colour, 0.2), 0.25, 3)
    for angle in (-46, 44):
        sheet.cut(leaf(x, y - 10, 62, angle), SAGE)
    wrap = poly((x - 34, y - 26), (x + 34, y - 26), (x + 8, y + 52), (x - 8, y + 52))
    sheet.cut(wrap, Blend.lit(STRAW, 0.2), 0.2, 3)


def epidemic_care(stage: Stage) -> None:
    """At a door: masked helpers bring food, a nurse takes a temperature."""
    sheet, rng = stage.sheet, stage.rng
    rooms.room(sheet, stage.mood, rng, 720, True)
    door = rng.choice((BRICK, PINE, WOOD, LAKE))
    sheet.cut(rect(930, 170, 330, 560, 6), mix(CREAM, SHADOW, 0.1), 0.25, 8)
    sheet.cut(rect(950, 190, 290, 540), Blend.down((255, 226, 164), mix(STRAW, OCHRE, 0.3)))
    leafed = poly((1240, 190), (1380, 150), (1380, 790), (1240, 730))
    sheet.cut(leafed, Blend.lit(door, 0.25), 0.35, 14)
    sheet.cut(ellipse(1362, 480, 10), GOLD)
    if stage.likely(0.7):
        rooms.window(sheet, stage.mood, rng, 150, 140, 280, 280, False)
    rooms.plant(sheet, rng, 1480, 830, 250)
    home = rng.choice((looks.elder(rng), looks.anyone(rng), looks.elder(rng)))
    person(sheet, 1085, 800, 580, replace(home, mask=True), "standing", -1, ((930, 520), None))
    bag_at = (822.0, 590.0)
    helper = replace(stage.helper(True), mask=True)
    person(sheet, 690, 890, 660, helper, "standing", 1, ((830, 560), (832, 580)))
    _groceries(stage, *bag_at)
    if stage.likely(0.8):
        nurse = looks.nurse(rng, True)
        tip = (520.0, 470.0)
        person(sheet, 385, 940, 680, nurse, "standing", 1, (None, tip))
        sheet.cut(ribbon(((tip[0] - 4, tip[1] + 26), (tip[0] + 14, tip[1] - 14)), (13, 12)), WHITE)
        sheet.cut(
            ribbon(((tip[0], tip[1] - 20), (tip[0] + 62, tip[1] - 26)), (19, 17)),
            Blend.lit(mix(BLUE, WHITE, 0.2), 0.2),
            0.25,
            4,
        )
    else:
        kits.carton(sheet, 430, 930, 230, WOOD, "heart")
        kits.sack(sheet, 300, 945, 170)


def _groceries(stage: Stage, x: float, y: float) -> None:
    sheet, rng = stage.sheet, stage.rng
    for angle in (-20, 2, 24):
        sheet.cut(
            leaf(x + angle, y + 40, 100, angle), Blend.lit(mix(SAGE, PINE, 0.4), 0.25), 0.2, 3
        )
    sheet.cut(ellipse(x - 40, y + 32, 28), Blend.lit(RED, 0.25))
    sheet.cut(ellipse(x + 44, y + 30, 26), Blend.lit(OCHRE, 0.25))
    colour = rng.choice((CREAM, WOOD, mix(FROST, WHITE, 0.3)))
    body = poly((x - 80, y + 34), (x + 80, y + 34), (x + 70, y + 176), (x - 70, y + 176))
    sheet.cut(body, Blend.lit(colour, 0.25), 0.35, 8)
    sheet.cut(heart(x, y + 108, 50), RED)


def law_book(stage: Stage) -> None:
    """An open book under a lamp; people read it together."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    indoors(stage, 760, window=stage.sort(90, 1170), things=False)
    rooms.shelf(sheet, rng, 560, 110, 480, 3)
    rooms.lamp(sheet, 800, stage.near(240, 20), 190, rng.choice((PINE, RED, OCHRE, LAKE)))
    readers = stage.sort(1, 2, 2, 3)
    xs = {1: (800,), 2: (520, 1080), 3: (400, 800, 1200)}[readers]
    for x in xs:
        look = rng.choice((looks.anyone(rng), looks.elder(rng), looks.anyone(rng)))
        inward = 0 if x == 800 else (1 if x < 800 else -1)
        hands = ((x + inward * 100 + 78, 735.0), (x + inward * 100 - 78, 740.0))
        person(sheet, x, 1080, 740, look, view="front", hands=hands)
    rooms.table(sheet, 800, 770, 1500, 300, mix(WOOD, BARK, 0.15 + 0.2 * mood.dark))
    props.book(sheet, 800, 930, 400, mix(PAPER, WHITE, 0.6))
    sheet.tint(ellipse(800, 800, 420, 130), (255, 240, 200), 0.3, 60)
    spots = [(330.0, 850.0), (1275.0, 860.0)]
    rng.shuffle(spots)
    props.cup(sheet, *spots[0], 70, rng.choice((WHITE, SAGE, GOLD, ROSE)))
    if stage.likely(0.5):
        _vase(stage, *spots[1])
    else:
        _scales(sheet, spots[1][0], spots[1][1] + 10)


def _scales(sheet: Sheet, x: float, y: float) -> None:
    """A pair of scales in balance, a heart in one pan and a leaf in the other."""
    brass = mix(GOLD, OCHRE, 0.4)
    sheet.cut(ribbon(((x, y), (x, y - 250)), (8, 6)), Blend.lit(brass, 0.25), 0.3, 6)
    sheet.cut(ribbon(((x - 60, y), (x + 60, y)), (14, 14)), Blend.lit(brass, 0.25), 0.3, 6)
    sheet.cut(ribbon(((x - 100, y - 232), (x, y - 244), (x + 100, y - 232)), (6, 8, 6)), brass)
    for side, sign in ((-1, heart(x - 100, y - 142, 40)), (1, leaf(x + 100, y - 122, 52, 20))):
        px = x + side * 100
        for dx in (-44, 44):
            sheet.line(((px, y - 232), (px + dx, y - 120)), brass, 3)
        sheet.cut(sign, RED if side < 0 else PINE)
        pan = ribbon(((px - 48, y - 118), (px, y - 106), (px + 48, y - 118)), (5, 14, 5))
        sheet.cut(pan, Blend.lit(brass, 0.25), 0.3, 5)
