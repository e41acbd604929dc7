"""Where the columns of a map stand: how wide they are, and how a long map breaks into systems, like staves of music."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from attrs import field, frozen

from journeymap.errors import RenderError, shown
from journeymap.scene.text import Measure, Style

MARGIN = 48.0
"""White on every side of the sheet."""
GUTTER = 168.0
"""Left of the columns: the names of the lanes."""
GAP = 20.0
"""White between two stages."""
CARD_INSET = 4.0
"""Between the edge of a column and the card in it."""
CARD_PADDING = 10.0
"""Between the edge of a card and its text."""
MAX_WIDTH = 3400.0
"""The widest sheet; longer maps break into systems."""
SPARE = 1.12
"""How much wider a text that has no box of its own may come out in another font."""

_NARROWEST = 500.0
_NO_LIMIT = 1e9
_WIDTHS = range(120, 217, 8)
_WIDEST = 260.0
_SAMPLE = 400
_LINES = 4
_MONSTER = 132.0
"""A word wider than this may be broken, rather than widen every column for its sake."""


@frozen(kw_only=True)
class Part:
    """A stage, or as much of it as one system shows.

    >>> part = Part(stage=0, first=2, stop=4, x=216, column=136)
    >>> part.continued, part.right, [part.centre(index) for index in part.indices]
    (True, 488, [284.0, 420.0])
    """

    stage: int
    """The index of the stage in the journey."""
    first: int
    """The index, in the stage, of the first column that stands here."""
    stop: int
    """The index after the last column that stands here."""
    x: float
    column: float
    """The width of one column."""

    @property
    def indices(self) -> range:
        """The indices, in the stage, of the columns that stand here."""
        return range(self.first, self.stop)

    @property
    def continued(self) -> bool:
        """Whether the stage began in an earlier system."""
        return self.first > 0

    @property
    def width(self) -> float:
        """Of all its columns together."""
        return self.column * (self.stop - self.first)

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    def left(self, index: int) -> float:
        """The x of the left edge of the column with that index in the stage."""
        return self.x + self.column * (index - self.first)

    def centre(self, index: int) -> float:
        """The x of the middle of the column with that index in the stage."""
        return self.left(index) + self.column / 2


def _parts(values: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(values)


@frozen
class System:
    """One row of the map: the stages that stand side by side."""

    parts: tuple[Part, ...] = field(converter=_parts)

    @property
    def left(self) -> float:
        """The x where the first column begins."""
        return self.parts[0].x

    @property
    def right(self) -> float:
        """The x where the last column ends."""
        return self.parts[-1].right


def widest(max_width: float) -> float:
    """The widest that a sheet may be, as asked; infinity means that a map never breaks. RenderError if it is no such width."""
    if isinstance(max_width, bool) or not isinstance(max_width, int | float) or not max_width >= _NARROWEST:
        raise RenderError(f"max_width={shown(max_width)} is not a width; give {_NARROWEST:g} px or more, math.inf for no limit")
    return float(min(max_width, _NO_LIMIT))


def column_width(names: Sequence[str], *, columns: int, style: Style, measure: Measure, wanted: float = 0.0, least: float = 0.0) -> float:
    """The width of every column, so that the names of the steps read well on their cards.

    It is the narrowest of 120, 128 ... 216 px at which nine names of ten take at most four lines and all words stand
    unbroken, but for monsters that are no more than 2 % of all; and no less than ``least``, up to 216. A map of fewer than
    six columns may widen them to 260 px, so that all together are ``wanted`` wide.
    """
    inset = 2 * (CARD_INSET + CARD_PADDING)
    sample = names[:: math.ceil(len(names) / _SAMPLE)] if names else ()
    pieces = sorted(measure.longest_word(word, style) for name in sample for word in name.split())
    word = pieces[math.ceil(0.98 * len(pieces)) - 1] if pieces else 0.0
    word = max([word, *(piece for piece in pieces if piece <= _MONSTER)])

    def reads_well(width: int) -> bool:
        room = width - inset
        short = sum(len(measure.wrap(name, room, style)) <= _LINES for name in sample)
        return width >= least and word <= room and short >= 0.9 * len(sample)

    found = float(_WIDTHS[min(bisect_left(_WIDTHS, True, key=reads_well), len(_WIDTHS) - 1)])
    if 0 < columns < 6:
        found = max(found, min(_WIDEST, math.ceil(wanted / columns / 4) * 4.0))
    return found


def systems(
    counts: Sequence[int], *, column: float, left: float = MARGIN + GUTTER, limit: float = MAX_WIDTH - MARGIN
) -> tuple[System, ...]:
    """The stages, with ``counts`` columns each, put side by side from ``left``, none beyond ``limit``.

    A new system begins with a stage, unless that would leave more than two columns of the old one empty, or the stage is
    longer than a system: then it is split, never leaving one column alone. A stage without columns gets one.

    >>> [[(part.stage, part.first, part.stop) for part in system.parts]
    ...  for system in systems([3, 5], column=100, left=0, limit=720)]
    [[(0, 0, 3), (1, 0, 3)], [(1, 3, 5)]]
    """
    rows: list[list[Part]] = [[]]
    for stage, count in enumerate(counts):
        first, stop = 0, max(count, 1)
        while first < stop:
            row = rows[-1]
            x = row[-1].right + GAP if row else left
            free = max(int((limit - x + 1e-6) // column), 0 if row else 1)
            taken = min(free, stop - first)
            if taken < stop - first:
                if row and free <= 2:
                    rows.append([])
                    continue
                if stop - first - taken == 1 and taken > 2:
                    taken -= 1
            row.append(Part(stage=stage, first=first, stop=first + taken, x=x, column=column))
            first += taken
            if first < stop:
                rows.append([])
    return tuple(System(row) for row in rows if row)
