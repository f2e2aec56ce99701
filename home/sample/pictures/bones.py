"""The bones of a person: poses, and where head, hands, knees and elbows come to lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .geometry import Point, joint, toward
from .looks import Look

Feet = tuple[Point, Point]


@dataclass(frozen=True)
class Pose:
    """Bones in units of the height, x forward and y up; angles in degrees, forward positive."""

    pelvis: Point = (0, 0.49)
    lean: float = 1
    feet: Feet = ((-0.045, 0), (0.055, 0))
    nod: float = 0


POSES = {
    "standing": Pose(),
    "walking": Pose((0, 0.478), 5, ((-0.15, 0.02), (0.14, 0))),
    "running": Pose((0, 0.49), 13, ((-0.3, 0.16), (0.17, 0.02))),
    "kneeling": Pose((-0.07, 0.24), 30, ((-0.25, 0.02), (-0.21, 0.02)), 16),
    "crouching": Pose((-0.06, 0.26), 20, ((-0.27, 0.02), (0.16, 0)), 12),
    "sitting": Pose((0, 0.27), 3, ((0.2, 0), (0.26, 0))),
    "bending": Pose((-0.08, 0.47), 46, ((-0.06, 0), (0.07, 0)), 8),
    "leaning": Pose((-0.03, 0.485), 18, ((-0.06, 0), (0.06, 0)), 12),
    "reclining": Pose((0, 0.27), -48, ((0.46, 0.17), (0.47, 0.2)), 22),
    "lying": Pose((0, 0.09), -84, ((0.47, 0.05), (0.48, 0.06)), 4),
    "floor": Pose((-0.05, 0.1), 6, ((0.24, 0.02), (0.18, 0.02))),
}


class Figure:
    """One person, worked out before being drawn."""

    def __init__(
        self, x: float, y: float, height: float, look: Look, pose: Pose, facing: int, view: str
    ) -> None:
        self.x, self.y, self.facing, self.view, self.look = x, y, facing, view, look
        self.h, self.pose = height, pose
        self.flat = view != "side"
        lean = math.radians(pose.lean + (7 if look.old and not self.flat else 0))
        self.lean = lean
        torso = 0.29 if look.child else 0.315
        px, py = pose.pelvis
        if look.child:
            py *= 0.93
        self.pelvis = self.at(px, py)
        self.neck = self.at(px + math.sin(lean) * torso, py + math.cos(lean) * torso)
        tilt = lean * 0.55 + math.radians(pose.nod)
        self.radius = height * (0.088 if look.child else 0.068)
        rise = self.radius / height * 1.42
        self.head = self.shift(self.neck, math.sin(tilt) * rise + 0.008, math.cos(tilt) * rise)
        self.tilt = math.degrees(tilt)
        wide = 0.098 if self.flat else 0.03
        along = self.shift(self.neck, -math.sin(lean) * 0.05, -math.cos(lean) * 0.05)
        self.shoulders = (self.shift(along, wide, 0.006), self.shift(along, -wide, -0.006))
        hip = 0.05 if self.flat else 0.022
        self.hips = (self.shift(self.pelvis, hip, 0), self.shift(self.pelvis, -hip, 0))

    def at(self, x: float, y: float) -> Point:
        return self.x + x * self.h * self.facing, self.y - y * self.h

    def shift(self, point: Point, x: float, y: float) -> Point:
        return point[0] + x * self.h * self.facing, point[1] - y * self.h

    def foot(self, index: int) -> Point:
        """Where a foot stands; seen from the front, under its own hip."""
        x, y = self.pose.feet[index]
        return self.at((0.062 if index == 0 else -0.062) if self.flat else x, y)

    def hand(self, index: int, wanted: Point | None) -> Point:
        """Where a hand really gets to; hanging down if nothing is wanted of it."""
        root = self.shoulders[index]
        if wanted is None:
            side = (1 if index == 0 else -1) * (0.045 if self.flat else 0.012)
            wanted = self.shift(root, side + (0 if self.flat else 0.025), -0.345)
        return toward(root, wanted, self.h * 0.352)

    def elbow(self, index: int, hand: Point) -> Point:
        root, length = self.shoulders[index], self.h * 0.178
        options = [joint(root, hand, length, length, side) for side in (1, -1)]
        out = self.facing * (1 if index == 0 else -1) if self.flat else -self.facing
        return max(options, key=lambda p: p[1] + 0.8 * out * p[0])

    def knee(self, index: int, foot: Point) -> Point:
        root, length = self.hips[index], self.h * (0.22 if self.look.child else 0.236)
        if self.flat and self.pose.pelvis[1] > 0.4:
            return between(root, foot, 0.5)
        options = [joint(root, foot, length, length * 0.97, side) for side in (1, -1)]
        return max(options, key=lambda p: self.facing * p[0])


def between(a: Point, b: Point, part: float) -> Point:
    """The point that lies `part` of the way from a to b."""
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
