"""Scenes of learning: resuscitation, the defibrillator, lectures, school, clean hands."""

from __future__ import annotations

from dataclasses import replace

from . import kits, looks, props, rooms, trees
from .bones import Pose, between
from .buildings import block
from .geometry import Point, drop, ellipse, heart, leaf, poly, rect, ribbon
from .palette import (
    BLUE,
    CREAM,
    FROST,
    GOLD,
    INK,
    LAKE,
    MINT,
    NAVY,
    OCHRE,
    PINE,
    RED,
    SAGE,
    SLATE,
    STONE,
    WHITE,
    WOOD,
    mix,
)
from .people import Body, person
from .sheet import SHADOW, Blend
from .stage import Stage, indoors, outdoors, wall_things


def cpr_class(stage: Stage) -> None:
    """Learners stand round two who practise resuscitation on the floor."""
    sheet, rng = stage.sheet, stage.rng
    if stage.mood.winter or stage.likely(0.5):
        indoors(stage, 650, window=stage.sort(130, 1130))
        wall_things(stage, 620, 150)
    else:
        outdoors(stage, 430)
        for x in (140.0, 1440.0):
            trees.tree(sheet, stage.mood, rng, x, stage.near(640, 20), stage.near(480, 50))
    count = stage.sort(3, 4, 5)
    for i in range(count):
        x = 800 + (i - (count - 1) / 2) * stage.near(245, 15)
        look = rng.choice((stage.helper(True), looks.anyone(rng), looks.anyone(rng)))
        y, h = stage.near(725, 10), stage.near(440, 20)
        hold = stage.gesture(x, y, h)
        person(
            sheet,
            x,
            y,
            h,
            look,
            view=stage.rng.choice(("front", "front", "side")),
            facing=1 if x < 800 else -1,
            hands=hold,
        )
    if stage.likely(0.75):
        mate = ((1216.0, 800.0), (1226.0, 812.0))
        person(sheet, 1350, 868, 560, stage.helper(True), "kneeling", -1, mate)
    _resuscitation(stage, 880, 905)
    if stage.likely(0.7):
        kits.bag(sheet, stage.sort(190, 1490), 935, 150)


def _resuscitation(stage: Stage, x: float, ground: float) -> None:
    """Chest compressions: the casualty lies flat on the back, the rescuer kneels beside.

    Seen across the casualty: shoulders right above the hands, arms straight and upright, one
    hand on the other in the middle of the chest.
    """
    sheet, rng, h = stage.sheet, stage.rng, 640.0
    middle: Point = (x - h * 0.165, ground - h * 0.2)
    rescuer = replace(looks.anyone(rng), skirt=None, scarf=None)
    over = Pose((0, 0.21), 0, ((0.06, 0), (-0.06, 0)))
    person(sheet, middle[0], ground - 34, h, rescuer, over, 1, (middle, middle), "front")
    sheet.cut(rect(x - 370, ground - 4, 740, 16, 8), Blend.lit(PINE, 0.2), 0.3, 8)
    lies = replace(looks.anyone(rng), skirt=None, scarf=None, cut="crop", bare=False)
    flat = Pose((0, 0.1), -88, ((0.46, 0.04), (0.47, 0.045)), -6)
    beside: Point = (x + h * 0.14, ground - h * 0.05)
    person(sheet, x, ground, h, lies, flat, 1, (beside, beside))
    for turn, dy in ((-14, 8), (14, -8)):
        palm = ellipse(middle[0], middle[1] + dy, h * 0.044, h * 0.024, turn)
        sheet.cut(palm, Blend.lit(rescuer.gloves or rescuer.skin, 0.12), 0.3, 5)


def aed(stage: Stage) -> None:
    """A wall box with a heart on it; someone opens it and takes the device out."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 790, True, stage.sort(60, 90), things=False)
    if stage.likely(0.6):
        rooms.plant(sheet, rng, 1480, 860, 330)
    x, y, w, h = 900, 210, 250, 310
    frame = rng.choice((WHITE, mix(PINE, WHITE, 0.1), OCHRE, mix(RED, WHITE, 0.05)))
    sheet.cut(heart(x + w / 2, y - 84, 100), RED, 0.22, 6)
    sheet.cut(rect(x - 16, y - 16, w + 32, h + 32, 18), Blend.lit(frame, 0.2), 0.35, 14)
    sheet.cut(rect(x, y, w, h, 8), Blend.down(mix(SLATE, WHITE, 0.25), mix(SLATE, WHITE, 0.5)))
    device = rng.choice((OCHRE, RED, LAKE))
    sheet.cut(rect(x + 42, y + 96, w - 84, 180, 22), Blend.lit(device, 0.25), 0.4, 10)
    sheet.cut(rect(x + 92, y + 74, w - 184, 40, 14), mix(device, INK, 0.35))
    sheet.cut(rect(x + 64, y + 130, w - 128, 104, 12), mix(WHITE, FROST, 0.5))
    sheet.cut(heart(x + w / 2, y + 184, 66), RED)
    spark = ((6, -26), (-13, 3), (-1, 3), (-6, 24), (13, -5), (1, -5))
    bolt = poly(*spark).placed(x + w / 2, y + 184, 0.72)
    sheet.cut(bolt, WHITE)
    door = poly(
        (x + w + 2, y - 6), (x + w + 150, y - 46), (x + w + 150, y + h + 44), (x + w + 2, y + h + 6)
    )
    sheet.cut(door, Blend.across(mix(frame, SHADOW, 0.08), mix(frame, WHITE, 0.2)), 0.3, 12)
    glass = poly(
        (x + w + 22, y + 22),
        (x + w + 130, y - 4),
        (x + w + 130, y + h + 4),
        (x + w + 22, y + h - 22),
    )
    sheet.cut(glass, Blend.lit(mix(FROST, LAKE, 0.15), 0.2))
    if stage.likely(0.65):
        other = rng.choice((looks.anyone(rng), looks.elder(rng), stage.helper(True)))
        person(sheet, stage.near(330, 40), 850, 590, other, rng.choice(("running", "walking")), 1)
    look = rng.choice((looks.anyone(rng), stage.helper(True), looks.nurse(rng)))
    person(sheet, 706, 950, 740, look, "leaning", 1, ((x + 60, y + 240), (x + 54, y + 262)))


def lecture(stage: Stage) -> None:
    """Someone explains with a picture on a screen; the listeners' backs are in front."""
    sheet, rng = stage.sheet, stage.rng
    side = stage.sort(-1, 1)
    indoors(stage, 720, window=70 if side < 0 else 1230, things=False)
    x = 560 if side < 0 else 420
    dark = rng.choice((mix(PINE, INK, 0.2), mix(NAVY, INK, 0.2), WHITE, mix(FROST, WHITE, 0.5)))
    rooms.board(sheet, x, 120, 640, 400, dark)
    _diagram(stage, x + 320, 320)
    at = x - 60 if side > 0 else x + 720
    look = rng.choice((stage.helper(True), looks.nurse(rng), looks.anyone(rng)))
    hand = (at + side * 150, 330)
    person(sheet, at, 800, 560, look, "standing", side, (hand, None), rng.choice(("side", "front")))
    rooms.table(sheet, 800 - side * 30, 690, 330, 120, mix(WOOD, CREAM, 0.2))
    kits.bag(sheet, 760 - side * 40, 680, 100, rng.choice((RED, PINE, OCHRE)))
    if stage.likely(0.6):
        props.cup(sheet, 880 - side * 20, 680, 42)
    for row, (y, h, n) in enumerate(((1130, 520, 6), (1260, 600, 5))):
        for i in range(n):
            px = 800 + (i - (n - 1) / 2) * (290 if row == 0 else 340) + stage.near(0, 18)
            guest = rng.choice((looks.anyone(rng), looks.anyone(rng), looks.elder(rng)))
            person(sheet, px, y + stage.near(0, 12), h, guest, view="back")


def _diagram(stage: Stage, x: float, y: float) -> None:
    """Signs without words: a heart with rings, a drop, leaves or bars."""
    sheet, rng = stage.sheet, stage.rng
    kind = stage.sort(0, 1, 2)
    if kind == 0:
        for r in (150, 118, 86):
            sheet.tint(ellipse(x, y, r), mix(RED, WHITE, 0.4), 0.22)
        sheet.cut(heart(x, y + 4, 110), RED, 0.3, 6)
    elif kind == 1:
        for i, colour in enumerate((BLUE, RED, OCHRE)):
            sheet.cut(drop(x - 170 + i * 170, y, 170), Blend.lit(colour, 0.25), 0.3, 6)
    else:
        for i in range(5):
            sheet.cut(
                leaf(x, y + 130, 240 - abs(i - 2) * 30, (i - 2) * 34),
                Blend.lit(mix(SAGE, rng.choice((PINE, GOLD)), 0.3), 0.25),
                0.3,
                6,
            )
        sheet.cut(heart(x, y + 110, 80), RED, 0.3, 5)


def school_youth(stage: Stage) -> None:
    """Pupils bandage an arm in the school yard while their friends watch."""
    sheet, rng, mood = stage.sheet, stage.rng, stage.mood
    suit = rng.choice((LAKE, PINE, NAVY, mix(LAKE, WHITE, 0.2), (112, 92, 128)))
    if mood.winter or stage.likely(0.35):
        indoors(stage, 640, window=stage.sort(110, 1160))
        rooms.board(sheet, 560, 130, 480, 270, mix(PINE, INK, 0.25))
        sheet.cut(heart(800, 265, 120), mix(WHITE, SAGE, 0.2))
    else:
        outdoors(stage, 450, wood=0)
        block(sheet, mood, rng, 380, 520, 420, 3)
        block(sheet, mood, rng, 790, 520, 420, 3)
        for x in (200.0, 1380.0):
            trees.tree(sheet, mood, rng, x, 620, stage.near(440, 40))
    for i in range(stage.sort(3, 4, 5)):
        x = stage.near(340 + i * 240, 20)
        person(
            sheet,
            x,
            stage.near(735, 12),
            stage.near(350, 20),
            looks.pupil(rng, suit),
            view=rng.choice(("front", "front", "side")),
            facing=1 if x < 800 else -1,
        )
    if stage.likely(0.8):
        person(
            sheet,
            stage.sort(420, 1190),
            845,
            560,
            rng.choice((stage.helper(True), looks.anyone(rng))),
            view="front",
        )
    body = person(sheet, 960, 905, 430, looks.pupil(rng, suit), "standing", -1, (None, (770, 690)))
    spot = _bandage(stage, body)
    hands = ((spot[0] - 4, spot[1] - 24), (spot[0] - 16, spot[1] + 30))
    person(sheet, 655, 905, 445, looks.pupil(rng, suit), "leaning", 1, hands)
    kits.bag(sheet, stage.sort(380, 1220), 945, 140, rng.choice((RED, PINE)))


def _bandage(stage: Stage, body: Body) -> Point:
    """A bandage round the forearm of the near arm; gives its middle."""
    sheet = stage.sheet
    hand, root = body.hands[1], body.shoulder
    near, far = between(root, hand, 0.52), between(root, hand, 0.84)
    size = body.radius * 0.5
    sheet.cut(ribbon((near, far), (size, size * 0.86), flat=True), Blend.lit(WHITE, 0.2), 0.3, 4)
    for k in range(1, 4):
        x, y = between(near, far, k / 4)
        sheet.line(((x - 5, y - size), (x + 5, y + size)), mix(STONE, WHITE, 0.35), 2.4)
    return between(near, far, 0.5)


def hand_washing(stage: Stage) -> None:
    """Children wash their hands at a row of taps."""
    sheet, rng = stage.sheet, stage.rng
    indoors(stage, 900, True, stage.sort(90, 1150), things=False)
    count = stage.sort(2, 3)
    tile = mix(rng.choice((FROST, MINT, CREAM)), WHITE, 0.3)
    for i in range(10):
        for k in range(2):
            sheet.cut(rect(i * 162 - 5, 500 + k * 96, 154, 88, 5), Blend.lit(tile, 0.1))
    spots = [800 + (i - (count - 1) / 2) * 380 for i in range(count)]
    for x in spots:
        look = looks.child(rng) if stage.likely(0.8) else looks.anyone(rng)
        h = 800 if look.child else 900
        hands = ((x + 30, 706.0), (x - 30, 706.0))
        person(sheet, x, 1115, h, look, view="front", hands=hands)
    basin = mix(WHITE, FROST, 0.3)
    for x in spots:
        props.tap(sheet, x, 640, 84, 140)
        props.bubbles(sheet, rng, x, 745, 80, 16)
    sheet.cut(rect(110, 770, 1380, 300, 46), Blend.lit(basin, 0.25), 0.4, 16)
    sheet.cut(rect(96, 752, 1408, 52, 26), Blend.lit(mix(basin, WHITE, 0.5), 0.16), 0.3, 8)
    for x in spots:
        sheet.cut(ellipse(x, 777, 120, 13), mix(SLATE, FROST, 0.5))
        props.bubbles(sheet, rng, x, 780, 90, 9)
    for i, x in enumerate((spots[0] + 190, spots[-1] - 190 if count > 2 else 320)):
        bottle = rect(x - 22, 670, 44, 86, 12)
        sheet.cut(bottle, Blend.lit((OCHRE, PINE)[i], 0.25), 0.3, 5)
        sheet.cut(rect(x - 8, 648, 16, 26, 4), WHITE)
