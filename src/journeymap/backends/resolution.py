"""How many dots a picture has."""

from __future__ import annotations

import math
from collections.abc import Sequence

from journeymap.backends.checked import GAP
from journeymap.errors import RenderError, shown
from journeymap.scene.scene import Scene

MOST_PIXELS = 300_000_000
"""What a png may hold; while it is drawn, each takes about 10 bytes."""

LEAST_DPI = 10
"""Below it a whole map would be a few specks."""

PX_PER_INCH = 96.0
_LONGEST_SIDE = 2**23
"""What matplotlib draws on."""


def size_in_dots(sheets: Sequence[Scene], dpi: object) -> tuple[int, int, float]:
    """Width and height of the scenes under one another, and the dots of a px; RenderError if they are too few or too many."""
    if not (isinstance(dpi, int | float) and 0 < dpi < math.inf):
        raise RenderError(f"dpi {shown(dpi)} is not a number above 0; 200 is sharp on paper")
    if dpi < LEAST_DPI:
        raise RenderError(f"dpi {shown(dpi)} is below {LEAST_DPI}, at which nothing can be told apart; 96 suits a screen")
    scale = dpi / PX_PER_INCH
    width = math.ceil(max(scene.width for scene in sheets) * scale)
    height = math.ceil((sum(scene.height for scene in sheets) + GAP * (len(sheets) - 1)) * scale)
    if width * height > MOST_PIXELS or max(width, height) >= _LONGEST_SIDE:
        most = int(dpi * min(math.sqrt(MOST_PIXELS / (width * height)), _LONGEST_SIDE / max(width, height)))
        remedy = f"use dpi={most} or less, or svg or pdf" if most >= LEAST_DPI else "use svg or pdf"
        raise RenderError(f"a png of {width:,} x {height:,} dots is too large; {remedy}")
    return width, height, scale
