"""The sheet that pictures are cut and glued on: painting, shadows, light and grain.

Drawing happens in units of a 1600 x 1000 picture at twice the wanted resolution;
`finish` samples it down. Light falls from the upper left, so paper casts its shadow
to the lower right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from .geometry import Box, Point, Shape
from .palette import Colour, mix

WIDTH, HEIGHT = 1600, 1000
FINE = 2
SHADOW: Colour = (38, 46, 66)


@dataclass(frozen=True)
class Blend:
    """A fill that runs between the colours of the four corners of a shape."""

    corners: tuple[Colour, Colour, Colour, Colour]

    @classmethod
    def down(cls, top: Colour, bottom: Colour) -> Blend:
        return cls((top, top, bottom, bottom))

    @classmethod
    def across(cls, left: Colour, right: Colour) -> Blend:
        return cls((left, right, left, right))

    @classmethod
    def lit(cls, colour: Colour, depth: float = 0.12) -> Blend:
        """One colour, a little lighter to the upper left and darker to the lower right."""
        dark = mix(colour, SHADOW, depth)
        half = mix(colour, SHADOW, depth * 0.45)
        return cls((mix(colour, (255, 246, 228), depth * 0.9), colour, half, dark))

    def image(self, size: tuple[int, int]) -> Image.Image:
        seed = Image.new("RGB", (2, 2))
        seed.putdata(self.corners)
        return seed.resize(size, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))


Fill = Colour | Blend


class Sheet:
    """A piece of the picture: an image, its scale and where its corner lies in the picture."""

    def __init__(self, image: Image.Image, scale: float, origin: Point = (0, 0)) -> None:
        self.image = image
        self.scale = scale
        self.origin = origin
        self._pen = ImageDraw.Draw(image)

    @classmethod
    def blank(cls, size: tuple[int, int], zoom: float = 1, focus: Point = (0.5, 0.5)) -> Sheet:
        """A sheet of the proportions of the drawing, big enough to cover `size` twice.

        With a zoom it shows only a part; `focus` (0 to 1) says where the rest is cut off.
        """
        scale = FINE * max(size[0] / WIDTH, size[1] / HEIGHT)
        image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)))
        hidden = 1 - 1 / zoom
        return cls(image, scale * zoom, (WIDTH * hidden * focus[0], HEIGHT * hidden * focus[1]))

    def cut(self, shape: Shape, fill: Fill, shadow: float = 0, lift: float = 8) -> None:
        """Glue a shape on; `shadow` (0 to 1) is how dark, `lift` how far its shadow falls."""
        if shadow:
            self._cast(shape, shadow, lift)
        if isinstance(fill, Blend):
            box, mask = self._mask(shape, 2)
            if mask is not None:
                self._paste(fill.image(mask.size), box, mask)
        else:
            self._trace(self._pen, shape, self.origin, fill)

    def tint(self, shape: Shape, colour: Colour, opacity: float, blur: float = 0) -> None:
        """Lay a see-through shape over what is there, with soft edges if `blur` is given."""
        box, mask = self._mask(shape, blur * 2.5 + 2)
        if mask is None:
            return
        if blur:
            mask = self._soften(mask, blur)
        mask = mask.point([round(value * opacity) for value in range(256)])
        self._paste(colour, box, self._inside(mask, box))

    def fade(self, shape: Shape, colour: Colour, weights: Sequence[float]) -> None:
        """Lay a colour over a shape, its strength (0 to 1) given for the four corners."""
        box, mask = self._mask(shape, 2)
        if mask is None:
            return
        seed = Image.new("L", (2, 2))
        seed.putdata([round(255 * weight) for weight in weights])
        ramp = seed.resize(mask.size, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))
        self._paste(colour, box, self._inside(ImageChops.multiply(mask, ramp), box))

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line of even breadth."""
        ox, oy = self.origin
        pixels = [((x - ox) * self.scale, (y - oy) * self.scale) for x, y in points]
        self._pen.line(pixels, fill=colour, width=max(1, round(width * self.scale)), joint="curve")

    @contextmanager
    def layer(
        self, box: Box, shadow: float = 0.3, lift: float = 8, rim: float = 0.3
    ) -> Iterator[Sheet]:
        """A transparent sheet over `box`; at the end it is glued on as one piece of paper.

        `rim` is how bright its upper left edges catch the light.
        """
        left, top, right, bottom = self._pixels(box)
        image = Image.new("RGBA", (max(right - left, 1), max(bottom - top, 1)))
        ox, oy = self.origin
        origin = (ox + left / self.scale, oy + top / self.scale)
        part = Sheet(image, self.scale, origin)
        yield part
        used = image.getbbox()
        if used is None:
            return
        image = image.crop(used)
        at = (left + used[0], top + used[1])
        alpha = image.getchannel("A")
        if rim:
            _edge(image, alpha, round(2.2 * self.scale), rim)
        if shadow:
            self._drop(alpha, at, shadow, lift)
        self.image.paste(image, at, alpha)

    def _drop(self, alpha: Image.Image, at: tuple[int, int], shadow: float, lift: float) -> None:
        pad = round(lift * 2.5 * self.scale)
        mask = Image.new("L", (alpha.width + 2 * pad, alpha.height + 2 * pad))
        shift = round(lift * 0.55 * self.scale)
        mask.paste(alpha, (pad + shift // 2, pad + shift))
        mask = self._soften(mask, lift * 0.8)
        mask = mask.point([round(value * shadow) for value in range(256)])
        self.image.paste(SHADOW, (at[0] - pad, at[1] - pad), mask)

    def _cast(self, shape: Shape, shadow: float, lift: float) -> None:
        self.tint(shape.moved(lift * 0.3, lift * 0.55), SHADOW, shadow, lift * 0.8)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        ox, oy = self.origin
        left, top = round((box[0] - ox) * self.scale), round((box[1] - oy) * self.scale)
        right, bottom = round((box[2] - ox) * self.scale), round((box[3] - oy) * self.scale)
        return (
            max(left, 0),
            max(top, 0),
            min(right, self.image.width),
            min(bottom, self.image.height),
        )

    def _mask(
        self, shape: Shape, pad: float
    ) -> tuple[tuple[int, int, int, int], Image.Image | None]:
        left, top, right, bottom = shape.bounds()
        box = self._pixels((left - pad, top - pad, right + pad, bottom + pad))
        if box[2] <= box[0] or box[3] <= box[1]:
            return box, None
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        corner = (self.origin[0] + box[0] / self.scale, self.origin[1] + box[1] / self.scale)
        self._trace(ImageDraw.Draw(mask), shape, corner, 255)
        return box, mask

    def _trace(
        self, pen: ImageDraw.ImageDraw, shape: Shape, origin: Point, fill: Colour | int
    ) -> None:
        (ox, oy), k = origin, self.scale
        for points in shape.polygons:
            pen.polygon([((x - ox) * k, (y - oy) * k) for x, y in points], fill=fill)
        for x, y, r in shape.discs:
            px, py, pr = (x - ox) * k, (y - oy) * k, r * k
            pen.ellipse((px - pr, py - pr, px + pr, py + pr), fill=fill)

    def _soften(self, mask: Image.Image, blur: float) -> Image.Image:
        """Blurred, worked out on a smaller copy because that is much quicker."""
        radius = blur * self.scale
        step = max(1, min(8, int(radius / 2)))
        small = mask.reduce(step).filter(ImageFilter.GaussianBlur(radius / step))
        return small.resize(mask.size, Image.Resampling.BILINEAR)

    def _inside(self, mask: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
        if self.image.mode != "RGBA":
            return mask
        return ImageChops.multiply(mask, self.image.crop(box).getchannel("A"))

    def _paste(
        self, fill: Colour | Image.Image, box: tuple[int, int, int, int], mask: Image.Image
    ) -> None:
        if self.image.mode == "RGBA":
            if isinstance(fill, Image.Image):
                fill = fill.convert("RGBA")
            else:
                self.image.paste((*fill, 255), box, mask)
                return
        self.image.paste(fill, box, mask)


def _edge(image: Image.Image, alpha: Image.Image, width: int, strength: float) -> None:
    """Light on the upper left edges of a piece of paper, shade on the lower right ones."""
    for shift, colour, part in ((width, (255, 244, 222), 1.0), (-width * 2, SHADOW, 0.42)):
        moved = Image.new("L", alpha.size)
        moved.paste(alpha, (shift, shift))
        edge = ImageChops.subtract(alpha, moved)
        edge = edge.point([round(value * strength * part) for value in range(256)])
        image.paste((*colour, 255), (0, 0), edge)


def finish(sheet: Sheet, size: tuple[int, int], rng: random.Random, glow: Colour) -> Image.Image:
    """The picture at its size: sampled down, cropped, lit from the upper left, with paper grain."""
    large = sheet.image.size
    whole = (max(size[0], large[0] // FINE), max(size[1], large[1] // FINE))
    image = sheet.image.resize(whole, Image.Resampling.LANCZOS)
    left, top = (whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2
    image = image.crop((left, top, left + size[0], top + size[1]))
    light = Blend((glow, (136, 134, 129), (132, 131, 129), (114, 116, 126))).image(size)
    image = ImageEnhance.Color(image).enhance(1.12)
    return ImageChops.soft_light(ImageChops.soft_light(image, light), _grain(size, rng))


def _grain(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Grey noise about 128: fine tooth and larger fibres of paper."""
    tooth = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
    small = (max(size[0] // 5, 2), max(size[1] // 5, 2))
    fibre = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    fibre = fibre.resize(size, Image.Resampling.BICUBIC)
    noise = Image.blend(tooth.filter(ImageFilter.GaussianBlur(0.5)), fibre, 0.22)
    noise = noise.point([round(128 + (value - 128) * 0.13) for value in range(256)])
    return Image.merge("RGB", (noise, noise, noise))
