"""Which scene draws which motif, and in which seasons it can be."""

from __future__ import annotations

from . import giving, helping, land, learning, streets, town, visiting, waters
from .stage import Scene

ALL = ("winter", "spring", "summer", "autumn")
MILD = ("spring", "summer", "autumn")
DRY = ("spring", "summer-day", "summer-dusk", "autumn")
SUMMER = ("summer-day", "summer-dusk", "spring-day")
COLD = ("winter",)
FLOOD = ("summer-rain", "summer-day", "summer-dusk", "autumn-day")

SCENES: dict[str, tuple[Scene, tuple[str, ...]]] = {
    "cpr-class": (learning.cpr_class, ALL),
    "aed": (learning.aed, ALL),
    "lecture": (learning.lecture, ALL),
    "school-youth": (learning.school_youth, ALL),
    "hand-washing": (learning.hand_washing, ALL),
    "blood-donation": (giving.blood_donation, ALL),
    "stem-cell": (giving.stem_cell, ALL),
    "hospital": (giving.hospital, ALL),
    "epidemic-care": (giving.epidemic_care, ALL),
    "law-book": (giving.law_book, ALL),
    "relief-tent": (helping.relief_tent, ALL),
    "flood-rescue": (helping.flood_rescue, FLOOD),
    "snow-visit": (visiting.snow_visit, COLD),
    "elderly-visit": (visiting.elderly_visit, ALL),
    "gift-packing": (visiting.gift_packing, ALL),
    "volunteers": (helping.volunteers, ALL),
    "village": (land.village, ALL),
    "mountain-lake": (waters.mountain_lake, ALL),
    "rice-field": (land.rice_field, MILD),
    "winter-river": (waters.winter_river, COLD),
    "train": (land.railway, ALL),
    "water-safety": (waters.water_safety, SUMMER),
    "memorial-garden": (land.memorial_garden, ALL),
    "factory": (town.factory, ALL),
    "community-hall": (town.community_hall, ALL),
    "notice-board": (town.notice_board, ALL),
    "service-station": (town.service_station, ALL),
    "marathon-aid": (streets.marathon_aid, DRY),
    "bicycle": (streets.bicycle, ALL),
    "kitchen": (streets.kitchen, ALL),
}
