"""The look: light, within the content security policy, and in colours that everybody can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.SITE_DIR) / "static"
ROOT = Path(settings.ROOT_DIR)
STYLES = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
KILOBYTE = 1024

# Weight


def test_styles_weigh_at_most_thirty_kilobytes() -> None:
    assert 0 < sum(path.stat().st_size for path in STYLES) <= 30 * KILOBYTE


def test_scripts_weigh_at_most_fifteen_kilobytes() -> None:
    assert 0 < sum(path.stat().st_size for path in SCRIPTS) <= 15 * KILOBYTE


def test_styles_fetch_nothing() -> None:
    for path in STYLES:
        assert not re.search(r"@import|url\(", path.read_text()), path.name


# Templates keep to the policy that public pages are sent with: nothing inline, nobody else's

PUBLIC_TEMPLATES = [
    path
    for folder in ("site/templates", "home", "stories", "search", "branches")
    for path in (ROOT / folder).rglob("*.html")
    if not {"admin", "wagtailadmin"} & set(path.parts)
]
FORBIDDEN = re.compile(
    r"""<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:\ssrc=|ld\+json))|\ssrc="(?:https?:)?//"""
)


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_have_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text()) == []


# Contrast: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

AA, AAA, SHAPE = 4.5, 7.0, 3.0
GROUNDS = ("ground", "tint", "notice")
#: What is read or seen on what, and how well it must stand out.
PAIRS = [
    *(("ink", ground, AAA) for ground in GROUNDS),
    *(("quiet", ground, AA) for ground in GROUNDS),
    *(("accent", ground, AA) for ground in GROUNDS),
    *(("edge", ground, SHAPE) for ground in GROUNDS),
    *(("focus", ground, SHAPE) for ground in GROUNDS),
    ("accent-ink", "accent", AA),
    ("ground", "ink", AAA),
]
SCHEMES = ("light", "dark", "light, high contrast", "dark, high contrast")


def palettes() -> dict[str, dict[str, str]]:
    """The colours of each scheme by their role, as tokens.css lays them one over the other."""
    text = (STATIC / "css/tokens.css").read_text()
    blocks = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))
        for block in re.findall(r"\{([^{}]*)\}", text)
    ]
    light, dark, light_high, dark_high = (colours for colours in blocks if "ground" in colours)
    layers = (light,), (light, dark), (light, light_high), (light, dark, light_high, dark_high)
    merged = ({k: v for layer in stack for k, v in layer.items()} for stack in layers)
    return dict(zip(SCHEMES, merged, strict=True))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_stand_out(scheme: str, front: str, back: str, least: float) -> None:
    colours = palettes()[scheme]
    assert contrast(colours[front], colours[back]) >= least
