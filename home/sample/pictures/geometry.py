"""Shapes: smooth outlines, limbs and signs as polygons, in the units of the drawing (1600 x 1000).

Every function gives a `Shape`, a union of polygons and discs, which a `Sheet` paints.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """A union of polygons and discs (x, y, radius)."""

    polygons: tuple[tuple[Point, ...], ...] = ()
    discs: tuple[tuple[float, float, float], ...] = ()

    def __add__(self, other: Shape) -> Shape:
        return Shape(self.polygons + other.polygons, self.discs + other.discs)

    def moved(self, dx: float, dy: float) -> Shape:
        """The same shape elsewhere."""
        return Shape(
            tuple(tuple((x + dx, y + dy) for x, y in points) for points in self.polygons),
            tuple((x + dx, y + dy, r) for x, y, r in self.discs),
        )

    def placed(self, x: float, y: float, scale: float = 1, angle: float = 0) -> Shape:
        """The shape scaled and turned (degrees, clockwise) about its origin, then moved."""
        cos, sin = math.cos(math.radians(angle)) * scale, math.sin(math.radians(angle)) * scale

        def put(px: float, py: float) -> Point:
            return x + px * cos - py * sin, y + px * sin + py * cos

        return Shape(
            tuple(tuple(put(*point) for point in points) for points in self.polygons),
            tuple((*put(px, py), r * abs(scale)) for px, py, r in self.discs),
        )

    def bounds(self) -> Box:
        """Left, top, right and bottom."""
        xs = [x for points in self.polygons for x, _ in points]
        ys = [y for points in self.polygons for _, y in points]
        for x, y, r in self.discs:
            xs += [x - r, x + r]
            ys += [y - r, y + r]
        return min(xs), min(ys), max(xs), max(ys)


def union(shapes: Iterable[Shape]) -> Shape:
    """All the shapes as one."""
    whole = Shape()
    for shape in shapes:
        whole += shape
    return whole


def spline(points: Sequence[Point], closed: bool = False, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b = points[max(i - 1, 0)], points[i]
            c, d = points[i + 1], points[min(i + 2, count - 1)]
        for step in range(steps):
            t = step / steps
            curve.append((_blend(a[0], b[0], c[0], d[0], t), _blend(a[1], b[1], c[1], d[1], t)))
    if not closed:
        curve.append(points[-1])
    return curve


def _blend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def poly(*points: Point) -> Shape:
    """A polygon with straight sides."""
    return Shape((tuple(points),))


def blob(*points: Point, steps: int = 10) -> Shape:
    """A smooth closed outline through the points."""
    return Shape((tuple(spline(points, closed=True, steps=steps)),))


def ellipse(x: float, y: float, rx: float, ry: float | None = None, angle: float = 0) -> Shape:
    """An ellipse about (x, y), turned by `angle` degrees."""
    if ry is None:
        return Shape((), ((x, y, rx),))
    turns = [math.tau * i / 48 for i in range(48)]
    outline = Shape((tuple((rx * math.cos(t), ry * math.sin(t)) for t in turns),))
    return outline.placed(x, y, 1, angle)


def rect(x: float, y: float, w: float, h: float, r: float = 0) -> Shape:
    """A rectangle with rounded corners."""
    if r <= 0:
        return poly((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    r = min(r, w / 2, h / 2)
    corners = ((x + w - r, y + r, 270), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90))
    points = [
        (cx + r * math.cos(math.radians(a + d)), cy + r * math.sin(math.radians(a + d)))
        for cx, cy, a in (*corners, (x + r, y + r, 180))
        for d in range(0, 91, 10)
    ]
    return poly(*points)


def ribbon(points: Sequence[Point], widths: Sequence[float], flat: bool = False) -> Shape:
    """A curved band through the points, `widths` being half its breadth at each of them.

    It is a union of quadrilaterals and discs, so that a sharp bend leaves no hole;
    with `flat` the ends are cut square.
    """
    line = spline(points, steps=8)
    breadth = [y for _, y in spline([(0.0, w) for w in widths], steps=8)]
    sides = [_normal(line, i) for i in range(len(line))]
    polygons = []
    for i in range(len(line) - 1):
        (x, y), (u, v) = line[i], line[i + 1]
        (nx, ny), (mx, my) = sides[i], sides[i + 1]
        w, z = breadth[i], breadth[i + 1]
        polygons.append(
            (
                (x + nx * w, y + ny * w),
                (u + mx * z, v + my * z),
                (u - mx * z, v - my * z),
                (x - nx * w, y - ny * w),
            )
        )
    discs = () if flat else tuple((*point, w) for point, w in zip(line, breadth, strict=True))
    return Shape(tuple(polygons), discs)


def _normal(line: Sequence[Point], i: int) -> Point:
    (x, y), (u, v) = line[max(i - 1, 0)], line[min(i + 1, len(line) - 1)]
    length = math.hypot(u - x, v - y) or 1
    return -(v - y) / length, (u - x) / length


def joint(root: Point, tip: Point, upper: float, lower: float, side: float) -> Point:
    """Where the knee or elbow lies between root and tip; `side` (+1 or -1) chooses the bend."""
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    reach = math.hypot(dx, dy) or 1
    along = min((upper**2 - lower**2 + reach**2) / (2 * reach), reach * 0.7)
    out = math.sqrt(max(upper**2 - along**2, 0)) * side if reach < upper + lower else 0
    return root[0] + (dx * along - dy * out) / reach, root[1] + (dy * along + dx * out) / reach


def toward(root: Point, tip: Point, length: float) -> Point:
    """`tip`, or the point nearest to it that is at most `length` from root."""
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    far = math.hypot(dx, dy) or 1
    ratio = min(1, length / far)
    return root[0] + dx * ratio, root[1] + dy * ratio


def heart(x: float, y: float, size: float, angle: float = 0) -> Shape:
    """A heart, `size` high and wide, about (x, y)."""
    turns = [math.tau * i / 60 for i in range(60)]
    points = [
        (
            16 * math.sin(t) ** 3 / 34,
            (-13 * math.cos(t) + 5 * math.cos(2 * t) + 2 * math.cos(3 * t) + math.cos(4 * t)) / 34,
        )
        for t in turns
    ]
    return poly(*points).placed(x, y, size, angle)


def drop(x: float, y: float, size: float) -> Shape:
    """A drop that stands on its round end."""
    outline = ((0, -0.62), (0.17, -0.28), (0.33, 0.06), (0.27, 0.37), (0, 0.5))
    left = tuple((-px, py) for px, py in outline[-2:0:-1])
    return blob(*outline, *left).placed(x, y, size)


def leaf(x: float, y: float, size: float, angle: float = 0) -> Shape:
    """A pointed leaf that grows upward from (x, y)."""
    right = ((0.0, 0.0), (0.22, -0.3), (0.2, -0.65), (0.0, -1.0))
    left = tuple((-px, py) for px, py in right[2:0:-1])
    return blob(*right, *left).placed(x, y, size, angle)
