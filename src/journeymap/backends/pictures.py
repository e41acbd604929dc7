"""Embedded pictures as dots, for backends that have to draw them themselves."""

from __future__ import annotations

import io
import re

from PIL import Image as Raster

from journeymap.errors import RenderError, shown
from journeymap.scene.shapes import Box, Image

MOST_PIXELS = 30_000_000
"""What an embedded picture may hold: more than any camera makes, and no bomb."""


def dots_of(image: Image) -> Raster.Image:
    """The picture with its transparency; RenderError if its data is broken or too large."""
    try:
        with Raster.open(io.BytesIO(image.data), formats=("PNG", "JPEG")) as found:
            if found.width * found.height <= MOST_PIXELS:
                return found.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Raster.DecompressionBombError, Raster.DecompressionBombWarning) as error:
        titled = f" {shown(image.title)}" if image.title else ""
        problem = re.sub(r"<[^<>]* object at 0x\w+>", "the data", str(error))
        raise RenderError(f"an embedded picture{titled} cannot be read: {problem}; embed a whole png or jpeg file") from error
    raise RenderError(f"an embedded picture of {found.width:,} x {found.height:,} dots is too large; make it smaller")


def place_of(image: Image, width: float, height: float) -> Box:
    """Where a picture of these proportions stands: as large as fits into its box, in the middle of it."""
    box = image.box
    grow = min(box.width / width, box.height / height)
    left = box.centre - width * grow / 2
    return Box(x=left, y=box.y + (box.height - height * grow) / 2, width=width * grow, height=height * grow)
