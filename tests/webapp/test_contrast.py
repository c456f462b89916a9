"""Every pair of colours that text and its ground make is told apart: 4.5 to 1, and 3 to 1 for signs and borders.

axe sees neither SVG nor words of one letter, so the pairs are computed from the file of colours itself.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webapp

TOKENS = Path(webapp.__file__).parent / "frontend" / "src" / "styles" / "_tokens.scss"
INKS = ("ink", "muted", "link", "link-hover", "link-visited")
KINDS = ("operation", "partner", "area", "theme", "commitment", "evidence", "figure")

TEXT = [
    *[(ink, ground) for ink in INKS for ground in ("ground", "page", "panel", "panel-2")],
    ("bar-ink", "bar"),
    ("bar-muted", "bar"),
    ("bar-ink", "bar-field"),
    ("bar-muted", "bar-field"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-hover"),
    ("focus-ink", "focus"),
    ("ink", "chip"),
    ("good", "panel"),
    ("bad", "panel"),
    # Words of a query on the line that the cursor is in, whose ground is less than this.
    *[(kind, "chip") for kind in ("operation", "theme", "area", "partner", "muted")],
    *[(name, f"{name}-ground") for name in ("good", "warn", "bad", "note")],
    *[("ink", f"{kind}-ground") for kind in KINDS],
    *[(kind, "panel") for kind in KINDS],
    ("cited", "cited-ground"),
    ("ink", "cited-ground"),
    ("ink", "target"),
    ("muted", "target"),
    # Zeros of a shaded table; names on a map, which have a rim of the panel's colour.
    ("muted", "shade-0"),
    ("link", "target"),
]
SIGNS = [
    ("input-border", "panel"),
    ("bar-mark", "bar"),
    ("accent", "panel"),
    *[(kind, ground) for kind in KINDS for ground in ("panel", f"{kind}-ground")],
]
LOW = {"light": 5, "dark": 4}
"""The shade from which the other ink is used (frontend.md: ink text to 4, light text to 3)."""


def palette(name: str) -> dict[str, str]:
    block = re.search(rf"@mixin {name} \{{(.*?)\n\}}", TOKENS.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    return dict(re.findall(r"--gt-([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_palettes_name_the_same_colours(scheme: str) -> None:
    assert palette(scheme).keys() == palette("light").keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_told_from_its_ground(scheme: str) -> None:
    colours = palette(scheme)
    shades = [("shade-low-ink" if n < LOW[scheme] else "shade-high-ink", f"shade-{n}") for n in range(7)]
    shades.append(("shade-4-ink", "shade-4"))
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in [*TEXT, *shades]}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_and_borders_are_told_from_their_ground(scheme: str) -> None:
    colours = palette(scheme)
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SIGNS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_every_colour_used_is_a_token() -> None:
    folder = TOKENS.parent
    loose = [
        f"{path.name}: {colour}"
        for path in folder.glob("*.scss")
        if path != TOKENS
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*[\{\"])", path.read_text(encoding="utf-8"))
    ]
    assert loose == []
