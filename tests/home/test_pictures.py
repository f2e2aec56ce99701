"""The illustrations of the sample content: every motif draws, the same each time, and varies."""

from __future__ import annotations

import pytest
from PIL import ImageChops, ImageStat

from home.sample.pictures import MOTIFS, draw

SMALL = (160, 100)
LISTED = (
    "cpr-class",
    "aed",
    "blood-donation",
    "stem-cell",
    "relief-tent",
    "flood-rescue",
    "village",
    "snow-visit",
    "school-youth",
    "community-hall",
    "factory",
    "hospital",
    "volunteers",
    "elderly-visit",
    "gift-packing",
    "lecture",
    "notice-board",
    "mountain-lake",
    "rice-field",
    "train",
    "water-safety",
    "memorial-garden",
    "epidemic-care",
    "hand-washing",
    "bicycle",
    "kitchen",
    "law-book",
    "service-station",
    "marathon-aid",
    "winter-river",
)


def test_motifs_are_those_of_the_content_format() -> None:
    assert frozenset(LISTED) == MOTIFS


@pytest.mark.parametrize("motif", LISTED)
def test_motif_draws_a_picture_that_is_not_blank(motif: str) -> None:
    picture = draw(motif, seed=1, size=SMALL)
    assert (picture.mode, picture.size) == ("RGB", SMALL)
    assert max(ImageStat.Stat(picture).stddev) > 15
    colours = picture.getcolors(SMALL[0] * SMALL[1])
    assert colours is not None
    assert len(colours) > 500


@pytest.mark.parametrize("motif", LISTED)
def test_same_seed_gives_the_same_picture_and_another_seed_another(motif: str) -> None:
    first = draw(motif, seed=3, size=SMALL)
    assert draw(motif, seed=3, size=SMALL).tobytes() == first.tobytes()
    difference = ImageChops.difference(first, draw(motif, seed=4, size=SMALL))
    assert sum(ImageStat.Stat(difference).mean) > 15


@pytest.mark.parametrize("size", [(160, 90), (160, 120), (120, 120), (90, 160)])
def test_picture_fills_any_proportions(size: tuple[int, int]) -> None:
    picture = draw("village", seed=2, size=size)
    assert picture.size == size
    edges = [picture.getpixel((x, y)) for x in (0, size[0] - 1) for y in (0, size[1] - 1)]
    assert (0, 0, 0) not in edges


def test_unknown_motif_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown motif: spaceship"):
        draw("spaceship")


def test_a_season_is_followed_where_the_motif_has_it() -> None:
    palest = {
        season: max(
            sum(ImageStat.Stat(draw("village", seed, SMALL, season)).mean) for seed in range(4)
        )
        for season in ("winter", "summer")
    }
    assert palest["winter"] > palest["summer"]  # snow


def test_a_motif_without_the_season_keeps_to_its_own() -> None:
    river = draw("winter-river", 1, SMALL)
    assert ImageChops.difference(river, draw("winter-river", 1, SMALL, "summer")).getbbox() is None
