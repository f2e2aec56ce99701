"""Puts the drawn pictures into the image library, each with its alternative text."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from zlib import crc32

from django.core.files.images import ImageFile

from branches.models import Branch, BranchImage
from home.sample.drawing import draw_jpeg
from home.sample.workers import drawing_pool

CREDIT = "本站绘制"


@dataclass(frozen=True)
class Order:
    """A picture that a piece asks for. `key` names it for ever, and seeds the drawing."""

    key: str
    motif: str
    alt: str
    season: str


class Studio:
    """Draws on all cores, ahead of those who ask."""

    def __init__(self, pool: ProcessPoolExecutor, orders: list[Order]) -> None:
        self.drawings: dict[Order, Future[bytes]] = {
            order: pool.submit(draw_jpeg, order.motif, crc32(order.key.encode()), order.season)
            for order in orders
        }

    def deliver(self, order: Order, branch: Branch) -> BranchImage:
        """The picture, in the collection of `branch`. KeyError if it was not ordered."""
        drawing = self.drawings.pop(order).result()
        return BranchImage.objects.create(
            title=order.alt[:255],
            description=order.alt[:255],
            credit=CREDIT,
            collection=branch.media_collection,
            file=ImageFile(BytesIO(drawing), name=f"{order.motif}.jpg"),
        )


@contextmanager
def open_studio(orders: list[Order]) -> Iterator[Studio]:
    """A studio that draws `orders`, each once. Closed, it drops what nobody fetched."""
    with drawing_pool() as pool:
        try:
            yield Studio(pool, list(dict.fromkeys(orders)))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
