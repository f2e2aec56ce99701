"""People as dignified, simplified figures: a pose gives the bones, two hands reach where told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .bones import POSES, Figure, Pose
from .garments import arm, leg, neck, scarf, torso
from .geometry import Point, ellipse
from .heads import Head
from .looks import Look
from .sheet import SHADOW, Sheet


@dataclass(frozen=True)
class Body:
    """Where the parts of a drawn person are, for scenes that attach things to them."""

    head: Point
    hands: tuple[Point, Point]
    shoulder: Point
    pelvis: Point
    radius: float


Extra = Callable[[Sheet, Body], None]


def person(
    sheet: Sheet,
    x: float,
    y: float,
    height: float,
    look: Look,
    pose: str | Pose = "standing",
    facing: int = 1,
    hands: tuple[Point | None, Point | None] = (None, None),
    view: str = "side",
    held: Extra | None = None,
    shadow: bool = True,
) -> Body:
    """Draw a person whose ground point is (x, y); `hands` (far, near) say where they reach.

    `held` draws a thing after the body and before the near arm.
    """
    figure = Figure(
        x, y, height, look, POSES[pose] if isinstance(pose, str) else pose, facing, view
    )
    ends = (figure.hand(0, hands[0]), figure.hand(1, hands[1]))
    body = Body(figure.head, ends, figure.shoulders[1], figure.pelvis, figure.radius)
    if shadow:
        spot = ellipse(x + height * 0.03, y, height * 0.2, height * 0.025)
        sheet.tint(spot, SHADOW, 0.28, height * 0.012)
    xs = [p[0] for p in (*ends, figure.head, figure.pelvis, figure.foot(0), figure.foot(1))]
    pad = height * 0.24
    top = min(figure.head[1], ends[0][1], ends[1][1]) - pad
    with sheet.layer((min(xs) - pad, top, max(xs) + pad, y + pad * 0.5), 0.2, height / 70) as part:
        _draw(part, figure, ends, body, held)
    return body


def _draw(
    sheet: Sheet, figure: Figure, ends: tuple[Point, Point], body: Body, held: Extra | None
) -> None:
    look = figure.look
    head = Head(figure.head, figure.radius, figure.tilt, figure.facing, figure.view, look)
    head.behind(sheet)
    far = 0 if figure.flat else 0.22
    if not figure.flat:
        arm(sheet, figure, 0, ends[0], far)
    leg(sheet, figure, 0, far * 0.8)
    leg(sheet, figure, 1, 0)
    torso(sheet, figure)
    neck(sheet, figure)
    head.front(sheet)
    scarf(sheet, figure)
    if figure.flat:
        if held and figure.view == "back":
            held(sheet, body)
        arm(sheet, figure, 0, ends[0], 0)
    if held and figure.view != "back":
        held(sheet, body)
    arm(sheet, figure, 1, ends[1], 0)
