"""Text put in its place: blocks of lines in a box, and single lines centred on a height."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from journeymap.scene.measure import Measure, Style
from journeymap.scene.shapes import Anchor, Box, Text

__all__ = ["Measure", "Style", "reads_from_right", "text_block", "text_line"]

_MIRRORED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


def text_block(
    text: str | Sequence[str],
    *,
    box: Box,
    style: Style,
    fill: str,
    measure: Measure,
    anchor: Anchor = "start",
    halo: str | None = None,
    about: str | None = None,
    title: str | None = None,
    link: str | None = None,
    max_lines: int | None = None,
    lines_given: bool = False,
) -> Text:
    """Text from the upper edge of ``box`` downwards, wrapped to its width; the box of the result is as high as its lines.

    A sequence of lines, or the lines of a text where ``lines_given``, stay as they are. Where ``max_lines`` cut text
    off, the whole of it becomes the title. Text that is read from right to left starts at the right edge.
    """
    if isinstance(text, str) and not lines_given:
        lines: tuple[str, ...] = measure.wrap(text, box.width, style, max_lines=max_lines)
        if title is None and len(lines) == max_lines and lines != measure.wrap(text, box.width, style):
            title = text
    else:
        lines = tuple(text.splitlines() if isinstance(text, str) else text)
    rtl = reads_from_right(lines)
    side = _MIRRORED[anchor] if rtl else anchor
    return Text(
        lines=lines,
        x=_anchored(box.x, box.width, side),
        y=box.y + (style.leading + measure.ascent(style) - measure.descent(style)) / 2,
        box=Box(x=box.x, y=box.y, width=box.width, height=len(lines) * style.leading),
        size=style.size,
        fill=fill,
        weight=400 if style.italic else style.weight,
        italic=style.italic,
        anchor=side,
        leading=style.leading,
        halo=halo,
        rtl=rtl,
        about=about,
        title=title,
        link=link,
    )


def text_line(
    text: str,
    *,
    x: float,
    middle: float,
    style: Style,
    fill: str,
    measure: Measure,
    anchor: Anchor = "start",
    room: float | None = None,
    halo: str | None = None,
    about: str | None = None,
    title: str | None = None,
    link: str | None = None,
) -> Text:
    """One line whose capitals are centred on the height ``middle``, shortened with an ellipsis where it exceeds ``room``.

    ``x`` is the anchor as in a text that is read from left to right; the other kind takes the same room.
    """
    line = measure.line(text, style, room=room)
    if title is None and line != measure.line(text, style):
        title = text
    width = measure.width(line, style)
    rtl = reads_from_right([line])
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    side = _MIRRORED[anchor] if rtl else anchor
    baseline = middle + measure.cap_height(style) / 2
    top = baseline - (style.leading + measure.ascent(style) - measure.descent(style)) / 2
    return Text(
        lines=(line,),
        x=_anchored(left, width, side),
        y=baseline,
        box=Box(x=left, y=top, width=width, height=style.leading),
        size=style.size,
        fill=fill,
        weight=400 if style.italic else style.weight,
        italic=style.italic,
        anchor=side,
        leading=style.leading,
        halo=halo,
        rtl=rtl,
        about=about,
        title=title,
        link=link,
    )


def reads_from_right(lines: Sequence[str]) -> bool:
    """Whether the first letter that has a direction is of a script that is written from right to left.

    >>> reads_from_right(["12 שקל"]), reads_from_right(["Café"])
    (True, False)
    """
    for line in lines:
        for character in line:
            direction = unicodedata.bidirectional(character)
            if direction in {"L", "R", "AL"}:
                return direction != "L"
    return False


def _anchored(left: float, width: float, side: Anchor) -> float:
    return left + {"start": 0.0, "middle": 0.5, "end": 1.0}[side] * width
