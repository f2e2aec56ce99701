"""Limbs and clothes, drawn on the bones of a figure."""

from __future__ import annotations

import math

from .bones import Figure, between
from .geometry import Point, Shape, heart, ribbon, toward, union
from .palette import INK, WHITE, Colour, mix
from .sheet import SHADOW, Blend, Sheet


def leg(sheet: Sheet, figure: Figure, index: int, dim: float) -> None:
    look, h = figure.look, figure.h
    foot = figure.foot(index)
    ankle = figure.shift(foot, 0, 0.035)
    hip = figure.hips[index]
    ankle = toward(hip, ankle, h * 0.464)
    knee = figure.knee(index, ankle)
    bare = look.bare and look.skirt is not None
    colour = mix(look.skin if bare else look.bottom, SHADOW, dim)
    width = 0.8 if bare else 1.0
    limb = ribbon((hip, knee, ankle), (0.066 * h, 0.05 * h * width, 0.036 * h * width))
    _shoe(sheet, figure, ankle, knee, mix(look.shoes, SHADOW, dim))
    sheet.cut(limb, Blend.lit(colour, 0.16), 0.25, h * 0.012)


def _shoe(sheet: Sheet, figure: Figure, ankle: Point, knee: Point, colour: Colour) -> None:
    h = figure.h
    down = math.atan2(ankle[1] - knee[1], (ankle[0] - knee[0]) * figure.facing)
    angle = down - math.pi / 2 if not figure.flat else 0.0
    cos, sin = math.cos(angle * 0.9), math.sin(angle * 0.9)
    reach = 0.055 if not figure.flat else 0.012

    def put(x: float, y: float) -> Point:
        return (
            ankle[0] + (x * cos - y * sin) * h * figure.facing,
            ankle[1] + (x * sin + y * cos) * h,
        )

    shoe = ribbon(
        (put(-0.01, -0.01), put(0.01, 0.02), put(reach, 0.022)), (0.038 * h, 0.032 * h, 0.026 * h)
    )
    sheet.cut(shoe, Blend.lit(colour, 0.2))


def torso(sheet: Sheet, figure: Figure) -> None:
    look, h = figure.look, figure.h
    pad = look.padding
    hem = _hem(figure)
    along = (figure.pelvis, figure.neck)
    mid = between(*along, 0.4)
    chest = between(*along, 0.74)
    top = between(*along, 0.97)
    wide = (0.1, 0.094, 0.115, 0.075) if figure.flat else (0.092, 0.088, 0.098, 0.05)
    if look.child:
        wide = (wide[0], wide[1] * 1.03, wide[2] * 0.93, wide[3])
    hip, waist, bust, neck = (w * h + pad * h for w in wide)
    colour = look.top
    if look.skirt is not None:
        _skirt(sheet, figure, look.skirt)
    flare = hip * (1.12 if look.length > 0.25 else 1.03)
    shell = ribbon((hem, figure.pelvis, mid, chest, top), (flare, hip, waist, bust, neck))
    if figure.pose.pelvis[1] > 0.4:
        shell = Shape(shell.polygons, tuple(d for d in shell.discs[4:] if d[1] + d[2] < hem[1]))
    sheet.cut(shell, Blend.lit(colour, 0.2), 0.28, h * 0.014)
    if look.vest is not None:
        low = between(figure.pelvis, figure.neck, -0.04)
        vest = ribbon(
            (low, mid, chest, between(*along, 0.95)),
            (hip * 1.05, waist * 1.06, bust * 0.98, neck * 0.86),
        )
        sheet.cut(vest, Blend.lit(look.vest, 0.2))
        if figure.view == "front":
            slit = (between(*along, 0.98), mid, low)
            sheet.cut(ribbon(slit, (0.008 * h,) * 3), mix(look.vest, INK, 0.2))
    if look.badge and figure.view != "back":
        spot = figure.shift(chest, 0.045 if figure.flat else 0.05, 0.0)
        sheet.cut(heart(*spot, 0.045 * h), WHITE)
    if look.apron is not None:
        _apron(sheet, figure, hem, mid, waist)
    if look.length > 0.25 and look.vest is None and figure.view == "front":
        seam = (between(*along, 0.95), mid, hem)
        sheet.cut(ribbon(seam, (0.004 * h,) * 3), mix(colour, INK, 0.25))


def _hem(figure: Figure) -> Point:
    """The lower end of the upper garment; it follows the thighs of one who sits."""
    reach = figure.look.length * 0.24
    foot = figure.foot(1)
    knee = figure.knee(1, toward(figure.hips[1], figure.shift(foot, 0, 0.035), figure.h * 0.464))
    if figure.flat or figure.pose.pelvis[1] > 0.4:
        knee = figure.shift(figure.pelvis, 0, -0.24)
    else:
        reach = min(reach, 0.05)
    return toward(figure.pelvis, knee, max(reach, 0.035) * figure.h)


def _skirt(sheet: Sheet, figure: Figure, colour: Colour) -> None:
    h = figure.h
    foot = figure.foot(1)
    knee = figure.knee(1, figure.shift(foot, 0, 0.035))
    if figure.pose.pelvis[1] > 0.4:
        low = figure.shift(figure.pelvis, 0, -0.3)
        points = (between(figure.pelvis, figure.neck, 0.35), figure.pelvis, low)
        shape = ribbon(points, (0.08 * h, 0.115 * h, 0.17 * h), flat=True)
    else:
        points = (figure.pelvis, between(figure.pelvis, knee, 0.5), knee)
        shape = ribbon(points, (0.11 * h, 0.1 * h, 0.085 * h))
    sheet.cut(shape, Blend.lit(colour, 0.22), 0.25, h * 0.014)


def _apron(sheet: Sheet, figure: Figure, hem: Point, mid: Point, waist: float) -> None:
    h, colour = figure.h, figure.look.apron or WHITE
    ahead = 0.02 if not figure.flat else 0
    low = figure.shift(figure.pelvis, ahead, -0.18)
    chest = figure.shift(between(figure.pelvis, figure.neck, 0.66), ahead, 0)
    shape = ribbon(
        (chest, mid, figure.shift(figure.pelvis, ahead, 0), low),
        (0.05 * h, waist * 0.92, 0.098 * h, 0.1 * h),
        flat=True,
    )
    sheet.cut(shape, Blend.lit(colour, 0.16), 0.2, h * 0.01)


def neck(sheet: Sheet, figure: Figure) -> None:
    look, h = figure.look, figure.h
    root = between(figure.pelvis, figure.neck, 0.96)
    neck = ribbon((root, between(figure.neck, figure.head, 0.6)), (0.036 * h, 0.03 * h))
    sheet.cut(neck, mix(look.skin, (120, 60, 40), 0.16))
    if look.scarf is None and look.hat != "hood":
        collar = ribbon(
            (figure.shift(root, -0.036, 0.016), figure.shift(root, 0.036, 0.01)),
            (0.02 * h, 0.018 * h),
        )
        sheet.cut(collar, mix(look.vest or look.top, WHITE, 0.3))


def scarf(sheet: Sheet, figure: Figure) -> None:
    look, h = figure.look, figure.h
    if look.scarf is None:
        return
    base = between(figure.neck, figure.head, 0.16)
    tail_from = figure.shift(base, -0.03 if not figure.flat else 0.03, -0.01)
    along = between(figure.neck, figure.pelvis, 0.45)
    tail_to = figure.shift(along, -0.07 if not figure.flat else 0.05, 0)
    dark = mix(look.scarf, SHADOW, 0.14)
    if figure.view != "back" and abs(figure.pose.lean) < 16:
        tail = ribbon((tail_from, tail_to), (0.022 * h, 0.03 * h), flat=True)
        sheet.cut(tail, Blend.down(look.scarf, dark), 0.2, h * 0.01)
    loop = ribbon(
        (
            figure.shift(base, -0.05, 0.012),
            figure.shift(base, 0.0, -0.006),
            figure.shift(base, 0.05, 0.004),
        ),
        (0.03 * h, 0.034 * h, 0.03 * h),
    )
    sheet.cut(loop, Blend.lit(look.scarf, 0.15), 0.2, h * 0.01)


def arm(sheet: Sheet, figure: Figure, index: int, hand: Point, dim: float) -> None:
    look, h = figure.look, figure.h
    root = figure.shoulders[index]
    elbow = figure.elbow(index, hand)
    pad = look.padding * h * 0.8
    skin = mix(look.skin, SHADOW, dim * 0.7)
    glove = mix(look.gloves, SHADOW, dim * 0.7) if look.gloves else skin
    colour = mix(look.top, SHADOW, dim + (0.04 if index else 0))
    whole = ribbon((root, elbow, hand), (0.05 * h + pad, 0.04 * h + pad, 0.027 * h + pad * 0.5))
    palm = _hand(figure, elbow, hand)
    if not look.bare:
        sheet.cut(palm, glove)
        sheet.cut(whole, Blend.lit(colour, 0.2), 0.32, h * 0.014)
        return
    bare = ribbon((root, elbow, hand), (0.036 * h, 0.032 * h, 0.024 * h))
    sheet.cut(palm + bare, skin, 0.3, h * 0.012)
    sleeve = ribbon((root, between(root, elbow, 0.55)), (0.05 * h, 0.05 * h))
    sheet.cut(sleeve, Blend.lit(colour, 0.2), 0.2, h * 0.008)


def _hand(figure: Figure, elbow: Point, hand: Point) -> Shape:
    h = figure.h
    dx, dy = hand[0] - elbow[0], hand[1] - elbow[1]
    length = math.hypot(dx, dy) or 1
    ux, uy = dx / length * h, dy / length * h
    size = 1.12 if figure.look.gloves else 1.0
    tip = (hand[0] + ux * 0.032, hand[1] + uy * 0.032)
    turn = figure.facing
    thumb = (hand[0] + ux * 0.02 + uy * 0.03 * turn, hand[1] + uy * 0.02 - ux * 0.03 * turn)
    palm = ribbon((hand, tip), (0.026 * h * size, 0.024 * h * size))
    return union((palm, ribbon((hand, thumb), (0.014 * h * size, 0.011 * h * size))))
