"""The colours of the pages can be read, by day and by night."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "web" / "static" / "styles"

TEXT_ON = [
    *product(["ink", "muted", "sea"], ["paper", "ground"]),
    ("ink", "sea-soft"),
    ("sea", "sea-soft"),
    ("on-sea", "sea"),
    ("on-sea", "sea-strong"),
    *((name, f"{name}-soft") for name in ("on-time", "soon", "late", "paused", "done")),
    *((name, ground) for name in ("on-time", "soon", "late", "paused", "done") for ground in ("paper", "ground")),
]
THEMES = {"day": 0, "night": 1}


def tokens(theme: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\n\s*\}", (STYLES / "tokens.css").read_text(), re.DOTALL)
    day = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    return day if theme == "day" else day | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)

    light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_style_decides_a_colour_outside_the_tokens() -> None:
    others = [path for path in STYLES.glob("*.css") if path.name != "tokens.css"]

    found = {path.name: re.findall(r"#[0-9a-f]{3,8}\b", path.read_text()) for path in others}

    assert {name: set(colours) for name, colours in found.items() if set(colours) - {"#ffffff"}} == {}
