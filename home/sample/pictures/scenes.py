"""Which scene draws which motif, in which seasons, and how close one may look at it."""

from __future__ import annotations

from . import civic, giving, helping, land, learning, streets, town, visiting, waters
from .stage import Scene

ALL = ("winter", "spring", "summer", "autumn")
MILD = ("spring", "summer", "autumn")
DRY = ("spring", "summer-day", "summer-dusk", "autumn")
SUMMER = ("summer-day", "summer-dusk", "spring-day")
COLD = ("winter",)
FLOOD = ("summer-rain", "summer-day", "summer-dusk", "autumn-day")

SCENES: dict[str, tuple[Scene, tuple[str, ...], float]] = {
    "cpr-class": (learning.cpr_class, ALL, 1.3),
    "aed": (learning.aed, ALL, 1.03),
    "lecture": (learning.lecture, ALL, 1.06),
    "school-youth": (learning.school_youth, ALL, 1.25),
    "hand-washing": (learning.hand_washing, ALL, 1.1),
    "blood-donation": (giving.blood_donation, ALL, 1.25),
    "stem-cell": (giving.stem_cell, ALL, 1.12),
    "hospital": (giving.hospital, ALL, 1.08),
    "epidemic-care": (giving.epidemic_care, ALL, 1.2),
    "law-book": (giving.law_book, ALL, 1.06),
    "relief-tent": (helping.relief_tent, ALL, 1.25),
    "flood-rescue": (helping.flood_rescue, FLOOD, 1.18),
    "snow-visit": (visiting.snow_visit, COLD, 1.15),
    "elderly-visit": (visiting.elderly_visit, ALL, 1.35),
    "gift-packing": (visiting.gift_packing, ALL, 1.1),
    "volunteers": (helping.volunteers, ALL, 1.2),
    "village": (land.village, ALL, 1.25),
    "mountain-lake": (waters.mountain_lake, ALL, 1.25),
    "rice-field": (land.rice_field, MILD, 1.25),
    "winter-river": (waters.winter_river, COLD, 1.2),
    "train": (land.railway, ALL, 1.15),
    "water-safety": (waters.water_safety, SUMMER, 1.12),
    "memorial-garden": (land.memorial_garden, ALL, 1.15),
    "factory": (town.factory, ALL, 1.15),
    "community-hall": (town.community_hall, ALL, 1.12),
    "notice-board": (town.notice_board, ALL, 1.1),
    "service-station": (town.service_station, ALL, 1.1),
    "marathon-aid": (streets.marathon_aid, DRY, 1.06),
    "bicycle": (streets.bicycle, ALL, 1.15),
    "government-hall": (civic.government_hall, ALL, 1.1),
    "old-peoples-society": (civic.old_peoples_society, ALL, 1.1),
    "clinic": (civic.clinic, ALL, 1.1),
    "kitchen": (streets.kitchen, ALL, 1.1),
}
