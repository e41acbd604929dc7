"""What a lane is: the finer plug-in of the swimlane, a function from one column to the cell that is drawn there.

A lane measures first and draws later, because all cells of a lane share the height of the tallest. So it returns a
`Cell`: how high it has to be, and how to draw it once its box is known. About fifteen lines make a lane:

    @jm.lane("owners")
    def owners(step: Step, pen: Pen) -> Cell | None:
        \"\"\"Who answers for the step\"\"\"
        if not step.owner:
            return None
        return pen.note(step.owner)

The lane's title is its name; the first line of its docstring stands under it. A lane in which no column has a cell is not
drawn at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import field, frozen

from journeymap.renderers.steps import Note, Step
from journeymap.scene.shapes import Box, Shape, Text
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block
from journeymap.scene.theme import Theme

__all__ = ["Cell", "Lane", "LaneFunction", "Note", "Pen", "Step", "as_lane"]

BODY = Style(13)
SMALL = Style(11)
SIDE = 10.0
"""Between a card's edge and its text: wide enough to absorb the widest fallback font."""


@frozen(kw_only=True)
class Cell:
    """What a lane shows of one step: how high it is, and how it is drawn in a box at least that high."""

    height: float
    draw: Callable[[Box], Sequence[Shape]]
    label: str = ""
    """What a screen reader says of it."""
    cards: int = 1
    """How many cards stand under one another in it."""


@frozen(kw_only=True)
class Pen:
    """What a lane draws with: the theme, the measured font, the icons, and how wide a card is."""

    theme: Theme
    measure: Measure
    symbols: Symbols
    width: float
    """Of a card, in px: one column, or a whole stage for what is said of the stage."""
    body: Style = BODY
    """How the text of a tinted card is set: larger on a slide."""

    def text(self, words: str | Sequence[str], box: Box, style: Style = BODY, *, fill: str | None = None) -> Text:
        """The words wrapped in the box, from its top."""
        return text_block(words, box=box, style=style, fill=fill or self.theme.ink, measure=self.measure)

    def wrap(self, words: str, style: Style = BODY, *, width: float | None = None) -> tuple[str, ...]:
        """The words in lines that fit a card between its paddings, or the width given."""
        return self.measure.wrap(words, self.width - 2 * SIDE if width is None else width, style)

    def note(self, words: str, *, style: Style = BODY, fill: str | None = None) -> Cell:
        """A cell of plain text."""
        lines = self.wrap(words, style)

        def draw(box: Box) -> list[Shape]:
            room = Box(x=box.x + SIDE, y=box.y, width=box.width - 2 * SIDE, height=box.height)
            return [text_block(lines, box=room, style=style, fill=fill or self.theme.ink, measure=self.measure, lines_given=True)]

        return Cell(height=len(lines) * style.leading, draw=draw, label=words)


LaneFunction = Callable[[Step, Pen], Cell | None]


@frozen(kw_only=True)
class Lane:
    """A lane with its heading: what a swimlane makes of a plain function, or what is registered in place of one."""

    name: str
    title: str
    caption: str
    icon: str | None
    cell: LaneFunction = field(repr=False)
    line_above: str = ""
    """The blueprint line that stands over this lane, by its name."""
    equal: bool = False
    """Whether all cards get the height of the tallest, where no column has several."""

    @property
    def summary(self) -> str:
        """The line that a listing shows."""
        return f"{self.title}: {self.caption[:1].lower()}{self.caption[1:]}"


def as_lane(name: str, function: Lane | LaneFunction) -> Lane:
    """A lane of a plain function: the name in words is its title, the docstring's first line its caption."""
    if isinstance(function, Lane):
        return function
    caption = (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")
    return Lane(name=name, title=name.replace("-", " ").capitalize(), caption=caption, icon=None, cell=function)
