"""Heads: hair, hats and scarves, seen from the side, the front or behind, without features."""

from __future__ import annotations

from .geometry import Point, Shape, blob, ellipse, ribbon
from .looks import Look
from .palette import FROST, INK, WHITE, Colour, mix
from .sheet import Blend, Sheet

_FACE = {
    "side": (
        *((-0.1, -1.12), (0.62, -0.9), (0.88, -0.35), (0.95, -0.02), (1.08, 0.2), (0.92, 0.36)),
        *((0.9, 0.6), (0.74, 0.93), (0.3, 1.06), (-0.3, 0.8), (-0.85, 0.35), (-0.85, -0.6)),
    ),
    "front": (
        *((0, -1.12), (0.7, -0.85), (0.93, -0.1), (0.82, 0.5), (0.42, 1.0), (0, 1.1)),
        *((-0.42, 1.0), (-0.82, 0.5), (-0.93, -0.1), (-0.7, -0.85)),
    ),
}
_CAP = {
    "side": (
        *((0.72, -0.95), (0.3, -1.32), (-0.4, -1.32), (-0.98, -0.9), (-1.1, -0.2), (-0.95, 0.45)),
        *((-0.55, 0.62), (-0.42, 0.2), (-0.3, -0.2), (0.05, -0.35), (0.28, -0.62)),
    ),
    "front": (
        *((0, -1.34), (0.78, -1.1), (1.08, -0.35), (1.0, 0.2), (0.86, 0.05), (0.72, -0.5)),
        *((0.1, -0.62), (-0.5, -0.72), (-0.8, -0.4), (-0.86, 0.05), (-1.0, 0.2), (-1.08, -0.35)),
        (-0.78, -1.1),
    ),
    "back": (
        *((0, -1.32), (0.8, -1.08), (1.08, -0.3), (0.98, 0.45), (0.5, 0.85), (0, 0.92)),
        *((-0.5, 0.85), (-0.98, 0.45), (-1.08, -0.3), (-0.8, -1.08)),
    ),
}
_LONG = {
    "bob": (
        *((0.1, -1.3), (-0.7, -1.22), (-1.15, -0.4), (-1.18, 0.6), (-0.85, 1.05), (-0.3, 0.95)),
        *((-0.2, 0.2), (0.3, -0.6)),
    ),
    "long": (
        *((0.1, -1.3), (-0.7, -1.22), (-1.18, -0.3), (-1.3, 1.0), (-1.15, 2.0), (-0.6, 2.1)),
        *((-0.25, 1.2), (-0.2, 0.2), (0.3, -0.6)),
    ),
}


class Head:
    """Where a head is and how it is turned; `facing` is +1 (right) or -1 (left)."""

    def __init__(
        self, centre: Point, radius: float, tilt: float, facing: int, view: str, look: Look
    ) -> None:
        self.centre, self.radius, self.tilt = centre, radius, tilt
        self.facing, self.view, self.look = facing, view, look

    def put(self, shape: Shape) -> Shape:
        """A shape in units of the head's radius, facing right, brought to its place."""
        flipped = Shape(
            tuple(tuple((x * self.facing, y) for x, y in points) for points in shape.polygons),
            tuple((x * self.facing, y, r) for x, y, r in shape.discs),
        )
        return flipped.placed(*self.centre, self.radius, self.tilt * self.facing)

    def behind(self, sheet: Sheet) -> None:
        """What hangs behind the body: long hair, a hood."""
        look, hair = self.look, Blend.lit(self.look.hair, 0.15)
        if look.hat in {"hood", "ushanka"} or self.view == "back":
            return
        if look.cut in {"bob", "long"}:
            if self.view == "side":
                sheet.cut(self.put(blob(*_LONG[look.cut])), hair)
            else:
                low = 0.95 if look.cut == "bob" else 1.9
                sheet.cut(
                    self.put(
                        blob(
                            (0, -1.2),
                            (1.1, -0.5),
                            (1.12, low),
                            (0, low * 0.9),
                            (-1.12, low),
                            (-1.1, -0.5),
                        )
                    ),
                    hair,
                )

    def front(self, sheet: Sheet) -> None:
        """Face, hair and hat."""
        look, side = self.look, self.view == "side"
        if self.view != "back":
            face = self.put(blob(*_FACE[self.view]))
            sheet.cut(face, Blend.lit(look.skin, 0.16), 0.22, self.radius * 0.35)
            self._features(sheet)
        self._hair(sheet)
        if side and look.hat not in {"hood", "ushanka", "kerchief"}:
            ear = self.put(ellipse(-0.18, 0.12, 0.19, 0.26))
            sheet.cut(ear, mix(look.skin, (150, 70, 50), 0.14))
        if look.mask and self.view != "back":
            self._mask(sheet)
        if look.hat:
            getattr(self, f"_{look.hat}")(sheet)

    def _features(self, sheet: Sheet) -> None:
        look = self.look
        warm = mix(look.skin, (205, 80, 60), 0.55)
        spots = [(0.42, 0.38)] if self.view == "side" else [(0.5, 0.32), (-0.5, 0.32)]
        for x, y in spots:
            sheet.tint(self.put(ellipse(x, y, 0.3, 0.22)), warm, 0.4, self.radius * 0.1)
        dark = mix(look.skin, INK, 0.72)
        brows = [(0.5, 0.78)] if self.view == "side" else [(0.2, 0.5), (-0.5, -0.2)]
        for a, b in brows:
            eye = ((a, 0.02), ((a + b) / 2, 0.09), (b, 0.02))
            sheet.cut(self.put(ribbon(eye, (0.035, 0.05, 0.035))), dark)

    def _hair(self, sheet: Sheet) -> None:
        look, view = self.look, self.view
        hair = Blend.lit(look.hair, 0.15)
        if look.cut == "bun":
            x, y = (-1.12, -0.72) if view == "side" else (0.0, -1.35)
            sheet.cut(self.put(ellipse(x, y, 0.48)), hair)
        cap = self.put(blob(*_CAP[view]))
        sheet.cut(cap, hair)
        if view == "back" and look.cut in {"long", "bob"}:
            low = 1.2 if look.cut == "bob" else 2.0
            sheet.cut(
                self.put(
                    blob(
                        (0, -0.9),
                        (1.0, -0.4),
                        (1.05, low),
                        (0, low + 0.1),
                        (-1.05, low),
                        (-1.0, -0.4),
                    )
                ),
                hair,
            )
        if look.cut == "tail" and view != "front":
            tail = ((-0.9, -0.6), (-1.5, -0.3), (-1.55, 0.6), (-1.3, 1.2))
            if view == "back":
                tail = ((0, -0.7), (0.1, 0.1), (0.05, 0.9), (0, 1.5))
            sheet.cut(self.put(ribbon(tail, (0.22, 0.32, 0.26, 0.06))), hair)
        if look.cut == "pigtails":
            sides = (-0.75,) if view == "side" else (-1.0, 1.0)
            for x in sides:
                out = x * 1.35
                plait = ((x, 0.3), (out, 0.6), (out, 1.3))
                sheet.cut(self.put(ribbon(plait, (0.2, 0.28, 0.08))), hair)
                sheet.cut(self.put(ellipse(out * 0.93, 0.45, 0.15)), look.hat_colour)

    def _mask(self, sheet: Sheet) -> None:
        if self.view == "side":
            shape = blob(
                (0.2, 0.2), (0.7, 0.08), (1.12, 0.22), (1.0, 0.75), (0.5, 1.02), (0.2, 0.7)
            )
            sheet.cut(self.put(ribbon(((0.3, 0.3), (-0.15, 0.12)), (0.03, 0.03))), FROST)
        else:
            shape = blob((0, 0.12), (0.7, 0.25), (0.66, 0.7), (0, 1.06), (-0.66, 0.7), (-0.7, 0.25))
        sheet.cut(self.put(shape), Blend.down(WHITE, FROST))

    def _dome(self, low: float, wide: float = 1.14) -> Shape:
        top = -1.52
        return blob(
            (0, top),
            (wide * 0.75, top * 0.8),
            (wide, low),
            (wide * 0.5, low + 0.1),
            (-wide * 0.5, low + 0.1),
            (-wide, low),
            (-wide * 0.75, top * 0.8),
        )

    def _brim(self, y: float, wide: float, thick: float) -> Shape:
        return ribbon(((-wide, y + 0.06), (0, y + 0.02), (wide, y - 0.02)), (thick,) * 3)

    def _knit(self, sheet: Sheet, colour: Colour) -> None:
        sheet.cut(self.put(self._dome(-0.5)), Blend.lit(colour, 0.22), 0.2, self.radius * 0.2)
        sheet.cut(self.put(self._brim(-0.5, 1.0, 0.24)), mix(colour, WHITE, 0.22))

    def _beanie(self, sheet: Sheet) -> None:
        self._knit(sheet, self.look.hat_colour)

    def _pompom(self, sheet: Sheet) -> None:
        sheet.cut(self.put(ellipse(-0.1, -1.68, 0.4)), mix(self.look.hat_colour, WHITE, 0.55))
        self._knit(sheet, self.look.hat_colour)

    def _ushanka(self, sheet: Sheet) -> None:
        fur = (120, 92, 70)
        sheet.cut(self.put(self._dome(-0.45)), Blend.lit(self.look.hat_colour, 0.25))
        flaps = (-0.3,) if self.view == "side" else (-0.98, 0.98)
        for x in flaps:
            sheet.cut(self.put(ribbon(((x, -0.4), (x, 0.3), (x, 0.72)), (0.34, 0.4, 0.26))), fur)
        sheet.cut(self.put(self._brim(-0.62, 0.98, 0.32)), mix(fur, WHITE, 0.14))

    def _hood(self, sheet: Sheet) -> None:
        colour, fur = self.look.hat_colour, (226, 214, 196)
        if self.view == "side":
            shape = blob(
                (0.55, -1.2),
                (-0.3, -1.55),
                (-1.25, -0.9),
                (-1.3, 0.3),
                (-0.8, 1.15),
                (0.25, 1.1),
                (0.05, 0.3),
                (0.2, -0.6),
            )
            sheet.cut(self.put(shape), Blend.lit(colour, 0.25), 0.2, self.radius * 0.2)
            edge = ((0.62, -1.22), (0.26, -0.6), (0.12, 0.2), (0.32, 1.12))
            sheet.cut(self.put(ribbon(edge, (0.16, 0.2, 0.2, 0.16))), fur)
            return
        if self.view == "back":
            sheet.cut(self.put(ellipse(0, -0.15, 1.3, 1.4)), Blend.lit(colour, 0.25))
            return
        ring = [(0, -1.35), (1.02, -0.9), (1.2, 0), (0.85, 0.9), (0, 1.32)]
        loop = ring + [(-x, y) for x, y in ring[-2:0:-1]] + [ring[0]]
        sheet.cut(self.put(ribbon(loop, [0.3] * len(loop))), Blend.lit(colour, 0.25))
        inner = [(x * 0.86, y * 0.88) for x, y in loop]
        sheet.cut(self.put(ribbon(inner, [0.15] * len(loop))), fur)

    def _kerchief(self, sheet: Sheet) -> None:
        colour = Blend.lit(self.look.hat_colour, 0.2)
        if self.view == "side":
            shape = blob(
                (0.68, -1.05),
                (0.1, -1.4),
                (-0.8, -1.2),
                (-1.2, -0.3),
                (-1.1, 0.8),
                (-0.2, 1.15),
                (0.5, 1.1),
                (0.05, 0.4),
                (0.1, -0.5),
            )
            sheet.cut(self.put(shape), colour)
            return
        shape = blob(
            (0, -1.4),
            (0.9, -1.05),
            (1.15, 0),
            (0.9, 1.0),
            (0.3, 1.25),
            (0.78, 0.4),
            (0.72, -0.4),
            (0, -0.75),
            (-0.72, -0.4),
            (-0.78, 0.4),
            (-0.3, 1.25),
            (-0.9, 1.0),
            (-1.15, 0),
            (-0.9, -1.05),
        )
        sheet.cut(self.put(shape), colour)

    def _straw(self, sheet: Sheet) -> None:
        colour = self.look.hat_colour
        sheet.cut(self.put(self._dome(-0.55, 1.0)), Blend.lit(colour, 0.25))
        sheet.cut(self.put(self._brim(-0.6, 1.9, 0.17)), Blend.lit(colour, 0.2), 0.3, 4)
        sheet.cut(self.put(self._brim(-0.82, 0.9, 0.09)), (170, 92, 66))

    def _cap(self, sheet: Sheet) -> None:
        sheet.cut(self.put(self._dome(-0.55, 1.16)), Blend.lit(self.look.hat_colour, 0.15))

    def _helmet(self, sheet: Sheet) -> None:
        colour = self.look.hat_colour
        sheet.cut(self.put(self._dome(-0.4, 1.18)), Blend.lit(colour, 0.25))
        sheet.cut(self.put(self._brim(-0.42, 1.2, 0.1)), mix(colour, INK, 0.3))

    def _peak(self, sheet: Sheet) -> None:
        colour = self.look.hat_colour
        sheet.cut(self.put(self._dome(-0.55, 1.12)), Blend.lit(colour, 0.25))
        peak = ((0.3, -0.52), (1.0, -0.5), (1.6, -0.36))
        if self.view != "side":
            peak = ((-0.8, -0.42), (0, -0.34), (0.8, -0.42))
        if self.view != "back":
            sheet.cut(self.put(ribbon(peak, (0.12, 0.13, 0.08))), mix(colour, INK, 0.25))
