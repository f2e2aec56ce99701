"""What people wear: a `Look` for each walk of life, put together by chance from few colours."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from .palette import (
    BLUE,
    BRICK,
    COATS,
    CREAM,
    GREYS,
    HAIRS,
    INK,
    LAKE,
    MINT,
    RED,
    ROSE,
    SHIRTS,
    SKINS,
    SLATE,
    STRAW,
    TROUSERS,
    WHITE,
    Colour,
    mix,
    paint,
)


@dataclass(frozen=True)
class Look:
    """A person's colours and clothes.

    `length` is how far the upper garment reaches below the hips (0 to 1, 1 being the knee),
    `padding` how thick it is, `vest` the colour of a sleeveless vest over it.
    """

    skin: Colour
    hair: Colour
    cut: str = "short"
    hat: str = ""
    hat_colour: Colour = RED
    top: Colour = BLUE
    bottom: Colour = INK
    shoes: Colour = INK
    length: float = 0.12
    padding: float = 0
    skirt: Colour | None = None
    vest: Colour | None = None
    apron: Colour | None = None
    scarf: Colour | None = None
    gloves: Colour | None = None
    bare: bool = False
    mask: bool = False
    child: bool = False
    old: bool = False
    badge: bool = False


def anyone(rng: random.Random, winter: bool = False) -> Look:
    """A grown-up dressed for the season, outdoors in winter."""
    woman = rng.random() < 0.5
    look = Look(
        skin=rng.choice(SKINS),
        hair=rng.choice(HAIRS),
        cut=rng.choice(("bob", "tail", "bun", "long") if woman else ("short", "crop", "short")),
        top=rng.choice(SHIRTS),
        bottom=rng.choice(TROUSERS),
        shoes=rng.choice((INK, BRICK, SLATE)),
    )
    if winter:
        return wrapped(look, rng)
    if woman and rng.random() < 0.35:
        return replace(look, skirt=rng.choice(COATS), length=0.05, bare=rng.random() < 0.4)
    return replace(look, bare=rng.random() < 0.35)


def wrapped(look: Look, rng: random.Random) -> Look:
    """The same person in a padded coat, scarf and hat."""
    coat = rng.choice(COATS)
    hat = rng.choice(("beanie", "pompom", "ushanka", "hood", "beanie"))
    return replace(
        look,
        top=coat,
        hat=hat,
        hat_colour=coat if hat == "hood" else _other(rng, coat),
        scarf=_other(rng, coat) if rng.random() < 0.8 else None,
        gloves=_other(rng, coat),
        length=rng.choice((0.3, 0.55, 0.8)),
        padding=0.014,
        skirt=None,
        bare=False,
        shoes=rng.choice((BRICK, INK, paint("7A5A44"))),
    )


def _other(rng: random.Random, colour: Colour) -> Colour:
    return rng.choice([c for c in (*COATS, CREAM, STRAW) if c != colour])


def elder(rng: random.Random, winter: bool = False) -> Look:
    """An old person: grey hair, a knitted waistcoat or a padded jacket."""
    look = anyone(rng, winter)
    woman = look.cut in {"bob", "tail", "bun", "long"}
    look = replace(
        look,
        hair=rng.choice(GREYS),
        cut=rng.choice(("bun", "bob")) if woman else "crop",
        old=True,
        skirt=None,
        bare=False,
    )
    if winter:
        return replace(look, hat=rng.choice(("kerchief", "beanie") if woman else ("ushanka",)))
    vest = rng.choice((BRICK, LAKE, paint("7C6A86"), paint("6E7F63")))
    return replace(look, vest=vest, length=0.15)


def child(rng: random.Random, winter: bool = False) -> Look:
    """A child of primary-school age."""
    look = replace(anyone(rng, winter), child=True, bare=not winter and rng.random() < 0.6)
    cut = rng.choice(("pigtails", "bob", "short", "crop", "tail"))
    return replace(look, cut=cut, skirt=None, length=min(look.length, 0.3))


def pupil(rng: random.Random, colour: Colour) -> Look:
    """A child in the track suit of its school."""
    return replace(child(rng), top=colour, bottom=mix(colour, INK, 0.45), bare=False, length=0.1)


def volunteer(rng: random.Random, winter: bool = False) -> Look:
    """A helper in a plain red vest with a small heart."""
    look = anyone(rng, winter)
    coat = rng.choice([c for c in (*SHIRTS, SLATE) if c not in (RED, ROSE)])
    if winter:
        coat = rng.choice((SLATE, LAKE, CREAM, paint("4B5D6E")))
    return replace(look, top=coat, vest=RED, badge=True, skirt=None, length=0.16, bare=False)


def nurse(rng: random.Random, mask: bool = False) -> Look:
    """A nurse or doctor in a white or pale coat."""
    look = anyone(rng)
    cap = rng.choice(("cap", "cap", ""))
    return replace(
        look,
        top=rng.choice((WHITE, WHITE, mix(MINT, WHITE, 0.3), mix(BLUE, WHITE, 0.45))),
        bottom=rng.choice((mix(BLUE, WHITE, 0.3), SLATE)),
        shoes=WHITE,
        hat=cap,
        hat_colour=mix(BLUE, WHITE, 0.35),
        cut="bun" if look.cut in {"long", "tail"} else look.cut,
        length=0.85,
        skirt=None,
        bare=False,
        mask=mask,
    )


def farmer(rng: random.Random) -> Look:
    """Someone who works in the fields, in a straw hat."""
    look = replace(anyone(rng), hat="straw", hat_colour=STRAW, skirt=None)
    return replace(look, shoes=paint("4F5A4A"), scarf=WHITE if rng.random() < 0.4 else None)


def rescuer(rng: random.Random) -> Look:
    """A rescuer in a helmet and a life vest."""
    look = anyone(rng)
    return replace(
        look,
        hat="helmet",
        hat_colour=rng.choice((RED, WHITE)),
        top=rng.choice((NAVY_SUIT, SLATE)),
        bottom=NAVY_SUIT,
        vest=paint("E08A2E"),
        length=0.1,
        skirt=None,
        bare=False,
    )


def hanbok(rng: random.Random) -> Look:
    """A Korean-Chinese woman in a short jacket and a wide, high skirt."""
    look = anyone(rng)
    colours = rng.choice(((CREAM, RED), (MINT, ROSE), (STRAW, LAKE), (ROSE, NAVY_SUIT)))
    return replace(look, cut="bun", top=colours[0], skirt=colours[1], length=0, bare=False)


NAVY_SUIT: Colour = paint("2F4860")
