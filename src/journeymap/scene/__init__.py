"""Pictures as values: shapes on a sheet, the text on them measured, wrapped and put in its place, and how it all looks.

A renderer makes a `Scene`, a backend draws it. Between them stands nothing but these values, so that no two backends can
disagree about where something is.

>>> from journeymap.scene import LIGHT, Box, Measure, Style, text_block
>>> box = Box(x=0, y=0, width=90, height=0)
>>> text = text_block("Checks the terms", box=box, style=Style(13), fill=LIGHT.ink, measure=Measure())
>>> text.lines, text.box.height
(('Checks the', 'terms'), 34.84)
"""

from journeymap.scene.branding import brand
from journeymap.scene.curve import Areas, Segment, areas, curve_steps, monotone_segments
from journeymap.scene.fonts import FAMILY, FontFace, font_faces, font_file
from journeymap.scene.icons import channel_icon
from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import (
    Anchor,
    Box,
    Circle,
    Close,
    CurveTo,
    Dash,
    Group,
    Image,
    Line,
    LineTo,
    MoveTo,
    Paint,
    Path,
    Rect,
    Shape,
    Step,
    Text,
    Use,
    Weight,
)
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, reads_from_right, text_block, text_line
from journeymap.scene.theme import DARK, HIGH_CONTRAST, LIGHT, PRINT, Theme, contrast

__all__ = [
    "DARK",
    "FAMILY",
    "HIGH_CONTRAST",
    "LIGHT",
    "PRINT",
    "Anchor",
    "Areas",
    "Box",
    "Circle",
    "Close",
    "CurveTo",
    "Dash",
    "FontFace",
    "Group",
    "Image",
    "Line",
    "LineTo",
    "Measure",
    "MoveTo",
    "Paint",
    "Path",
    "Rect",
    "Scene",
    "Segment",
    "Shape",
    "Step",
    "Style",
    "Symbol",
    "Symbols",
    "Text",
    "Theme",
    "Use",
    "Weight",
    "areas",
    "brand",
    "channel_icon",
    "contrast",
    "curve_steps",
    "font_faces",
    "font_file",
    "monotone_segments",
    "reads_from_right",
    "text_block",
    "text_line",
]
