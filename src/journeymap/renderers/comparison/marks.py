"""How a step that differs is marked: by a shape, a word and a colour that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from journeymap.renderers.paper import KeyEntry
from journeymap.scene.shapes import Box, Close, Line, LineTo, MoveTo, Paint, Path, Rect, Shape, Step
from journeymap.scene.text import Measure, Style, text_block
from journeymap.scene.theme import Theme

Sign = Literal["plus", "minus", "arrow", "delta", "cross", "swap", "up", "down"]
Tone = Literal["new", "gone", "quiet"]

TAB = Style(12, weight=600, leading=16)
TAB_PAD = 5.0
_SIGN = 12.0
_INSET = 8.0


@frozen
class Mark:
    """A way in which a step differs."""

    word: str
    sign: Sign
    tone: Tone
    meaning: str
    """As the key tells it."""


ADDED = Mark("Added", "plus", "new", "Added: only in the other map")
REMOVED = Mark("Removed", "minus", "gone", "Removed: only in this map")
MOVED = Mark("Moved", "arrow", "quiet", "Moved: stands elsewhere")
CHANGED = Mark("Changed", "delta", "quiet", "Changed: says something else")

AD_HOC = Mark("Ad hoc", "plus", "new", "Ad hoc: done, and not planned")
IRREGULAR = Mark("Irregular sequence", "swap", "quiet", "Irregular sequence: done, and elsewhere in the order")
FAILED = Mark("Failed", "cross", "gone", "Failed: with a major or critical pain, or an exception behind it")
MISSING = Mark("Missing", "minus", "gone", "Missing: planned, and not done")
NOT_TAKEN = Mark("Other way", "arrow", "quiet", "Other way: planned on a way that was not taken")


def ink_of(tone: Tone, theme: Theme) -> str:
    """The colour of a mark."""
    return {"new": theme.accent, "gone": theme.pain, "quiet": theme.ink}[tone]


def tint_of(tone: Tone, theme: Theme) -> str:
    """The tint behind a mark."""
    return {"new": theme.on_accent, "gone": theme.on_pain, "quiet": theme.backstage}[tone]


def sign(name: Sign, *, x: float, middle: float, colour: str, size: float = _SIGN) -> list[Shape]:
    """The shape of a mark, in a square that begins at x."""
    half = size / 2
    left, right, top, bottom = x + 1, x + size - 1, middle - half + 1, middle + half - 1
    paint = Paint(stroke=colour, width=2)
    centre = x + half
    strokes: dict[Sign, list[tuple[float, float, float, float]]] = {
        "plus": [(left, middle, right, middle), (centre, top, centre, bottom)],
        "minus": [(left, middle, right, middle)],
        "cross": [(left, top, right, bottom), (left, bottom, right, top)],
    }
    if name in strokes:
        return [Line(x1=x1, y1=y1, x2=x2, y2=y2, paint=paint) for x1, y1, x2, y2 in strokes[name]]
    if name == "arrow":
        return _arrow(left, right, middle, 3.5, paint)
    if name == "swap":
        return [*_arrow(left, right, middle - 3, 2.5, paint), *_arrow(right, left, middle + 3, 2.5, paint)]
    foot, tip = (top, bottom) if name == "down" else (bottom, top)
    corners: list[Step] = [MoveTo(left, foot), LineTo(right, foot), LineTo(centre, tip), Close()]
    return [Path(steps=corners, paint=Paint(stroke=colour, width=1.75) if name == "delta" else Paint(fill=colour))]


def _arrow(x: float, tip: float, y: float, wing: float, paint: Paint) -> list[Shape]:
    back = tip - wing if tip > x else tip + wing
    head: list[Step] = [MoveTo(back, y - wing), LineTo(tip, y), LineTo(back, y + wing)]
    return [Line(x1=x, y1=y, x2=tip, y2=y, paint=paint), Path(steps=head, paint=paint)]


def tab_lines(mark: Mark, *, width: float, measure: Measure) -> tuple[str, ...]:
    """The word of a mark in the lines that a tab of that width has room for."""
    return measure.wrap(mark.word, width - 2 * _INSET - _SIGN - 8, TAB)


def tab(mark: Mark, *, box: Box, theme: Theme, measure: Measure) -> Sequence[Shape]:
    """The mark over a card."""
    colour = ink_of(mark.tone, theme)
    lines = tab_lines(mark, width=box.width, measure=measure)
    room = Box(x=box.x + _INSET + _SIGN + 8, y=box.y + TAB_PAD, width=box.width - 2 * _INSET - _SIGN - 8, height=0)
    return [
        Rect(box=box, paint=Paint(fill=tint_of(mark.tone, theme)), radius=6),
        *sign(mark.sign, x=box.x + _INSET, middle=box.y + TAB_PAD + TAB.leading / 2, colour=colour),
        text_block(lines, box=room, style=TAB, fill=colour, measure=measure, lines_given=True),
    ]


def key_entry(mark: Mark, theme: Theme) -> KeyEntry:
    """What a mark means."""

    def draw(x: float, middle: float) -> list[Shape]:
        frame = Rect(box=Box(x=x, y=middle - 10, width=26, height=20), paint=Paint(fill=tint_of(mark.tone, theme)), radius=5)
        return [frame, *sign(mark.sign, x=x + 7, middle=middle, colour=ink_of(mark.tone, theme))]

    return KeyEntry(text=mark.meaning, width=26, draw=draw)
