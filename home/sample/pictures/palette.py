"""Colours: the few paints of the house, and moods (season and time of day)."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


def paint(code: str) -> Colour:
    """A colour from its six hexadecimal digits."""
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """`part` (0 to 1) of b in a."""
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return red, green, blue


WHITE = paint("FBF6EC")
CREAM = paint("F3E7D3")
PAPER = paint("E9DDC8")
INK = paint("26303B")
SLATE = paint("50606E")
STONE = paint("A9A79F")
RED = paint("C4402F")
BRICK = paint("A9583F")
ROSE = paint("DDA18D")
PINE = paint("2F5D50")
SAGE = paint("7FA28B")
MINT = paint("C3D6C6")
OCHRE = paint("D0933A")
GOLD = paint("E5BC63")
STRAW = paint("EBD49A")
WOOD = paint("B07F52")
BARK = paint("6B4F3D")
BLUE = paint("A7C4D4")
LAKE = paint("4F7F96")
NAVY = paint("33506B")
SNOW = paint("F4F3EF")
FROST = paint("D3E0E9")
LAMP = paint("FFD98A")

SKINS = tuple(map(paint, ("F0C8A4", "E8B78F", "DDA57C", "CF9268")))
HAIRS = tuple(map(paint, ("262429", "33292A", "1F2530", "3D2C26")))
GREYS = tuple(map(paint, ("C9C7C3", "9C9A99", "E4E0DA")))
COATS = (RED, PINE, OCHRE, NAVY, LAKE, BRICK, paint("6F8F9F"), paint("8A6F86"), GOLD, SAGE)
SHIRTS = (WHITE, BLUE, GOLD, SAGE, ROSE, LAKE, OCHRE, MINT, paint("D9A58C"), NAVY)
TROUSERS = (INK, NAVY, SLATE, paint("4A4540"), paint("5C6B5E"), paint("3B4656"))


@dataclass(frozen=True)
class Mood:
    """A season and time of day: sky, three ranges of hills, ground, and the light on it all."""

    season: str
    time: str
    sky: tuple[Colour, Colour]
    hills: tuple[Colour, Colour, Colour]
    ground: tuple[Colour, Colour]
    sun: Colour
    glow: Colour

    @property
    def winter(self) -> bool:
        return self.season == "winter"

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.time in {"dusk", "night"}


def _mood(name: str, colours: str) -> Mood:
    season, time = name.split("-")
    a, b, c, d, e, f, g, h, i = map(paint, colours.split())
    return Mood(season, time, (a, b), (c, d, e), (f, g), h, i)


_TABLE = (
    ("winter-dawn", "86ABC6 F8DCC6 C5D0DC 9DB5C6 6F90A6 F7F2EC CBD9E5 FFEBCB B9A690"),
    ("winter-day", "8FBCD8 EAF2F2 C3D7E2 9DBDCE 6F98AD F8F6F0 CDDDE8 FFF7E2 A8A294"),
    ("winter-dusk", "46658A EFBD9B 94A3BC 6D84A2 4C6785 DFE3EC A9BACF FFD9A6 B89A84"),
    ("winter-night", "1F3450 6C8AA5 46617F 365070 2A425F B9CADB 7F9AB5 F6E7C2 8E8C98"),
    ("winter-grey", "BCC9D0 E9E8E2 CBD5DB A9BBC6 849CAA F3F2EE CFD9DF F7F3E8 94969A"),
    ("spring-day", "9CCBD6 FBF0DC C3D6C8 98BBA5 6E9C85 C9D399 97B279 FFF4D6 B0A88C"),
    ("spring-dawn", "B7C8DE FCE1D0 CFCCD6 A7B6B4 7E9F92 D6D3A2 A3B683 FFE9CC BBA492"),
    ("summer-day", "7DB9CD F5F1DC AACBB6 74A98F 457F6A A3C17C 6F9D63 FFF6D8 ACA68A"),
    ("summer-dusk", "6E8FA3 FAD7A5 B4AB9C 7F9586 527367 9FB06F 6D8A5C FFE0A0 C0A27A"),
    ("autumn-day", "A4C9D6 FCEDCB D2BF98 C09359 8D6A45 E6C67C C89F55 FFF1C9 B6A682"),
    ("autumn-dusk", "8A8FA5 F9C896 BFA08F A97658 76503F DDB068 B0824A FFD592 C29E78"),
    ("summer-rain", "6F8894 CBD3CC A3B3AE 7B958D 58766F 8FA57C 678463 E7E9DC 8C9294"),
)
MOODS = {name: _mood(name, colours) for name, colours in _TABLE}


def moods(*seasons: str) -> list[Mood]:
    """The moods of the seasons named, or the one mood where season and time are named."""
    return [mood for name, mood in MOODS.items() for s in seasons if name == s or mood.season == s]
