"""How much room text takes: the one measure that wrapping, sizing and shortening share, so that they never disagree."""

from __future__ import annotations

from functools import lru_cache

from attrs import Attribute, Factory, field, frozen

from journeymap.errors import RenderError, shown
from journeymap.scene.breaking import SOFT_HYPHEN, paragraphs, pieces
from journeymap.scene.fonts import cut_name
from journeymap.scene.lines import Strip, shorten
from journeymap.scene.metrics import Cut, cut
from journeymap.scene.shapes import Weight

_WIDEST = 1e9
_REMEMBERED = 300
"""The longest text whose lines are remembered, in characters."""
_TOLERANCE = 0.01  # px: a text fits into its own width, even if that was rounded on the way


def _check_size(_: Style, attribute: Attribute[float], value: float) -> None:
    if not 0 < value < _WIDEST:
        raise RenderError(f"{attribute.name}: {shown(value)} is no size of text; give px above 0")


@frozen
class Style:
    """How text is set: its size in px, the cut, and the distance of its baselines."""

    size: float = field(validator=_check_size)
    weight: Weight = 400
    """Italic ships in regular weight alone."""
    italic: bool = False
    leading: float = field(default=Factory(lambda self: round(self.size * 1.34, 2), takes_self=True), validator=_check_size)
    """From one baseline to the next, in px; 1.34 times the size unless given."""

    @property
    def cut(self) -> Cut:
        """The cut of the font that draws it."""
        return cut(cut_name(self.weight, italic=self.italic))


@frozen
class Measure:
    """The room that text takes in the fonts that ship, in px; never less than what a browser draws.

    >>> measure = Measure()
    >>> measure.wrap("Compares prices with two other lenders", 120, Style(13))
    ('Compares prices', 'with two other', 'lenders')
    >>> measure.width("lenders", Style(26)) == 2 * measure.width("lenders", Style(13))
    True
    """

    def width(self, text: str, style: Style) -> float:
        """Of one line."""
        return style.cut.length(text) * style.size / style.cut.units_per_em

    def wrap(self, text: str, width: float, style: Style, *, max_lines: int | None = None) -> tuple[str, ...]:
        """The lines of ``text`` set in that width: as few as can be, then as even as can be; never none.

        No line is wider, unless a single character is. All of the text is there, but for white space where lines break;
        only beyond ``max_lines`` it is cut off, and the last line ends with an ellipsis.
        """
        wrapped = _wrapped if len(text) <= _REMEMBERED else _wrapped.__wrapped__
        return wrapped(text, self._units(width, style), style.cut, max_lines)

    def line(self, text: str, style: Style, *, room: float | None = None) -> str:
        """The whole of ``text`` in one line; shortened with an ellipsis where it is wider than ``room``."""
        one = " ".join(filter(None, paragraphs(text))).replace(SOFT_HYPHEN, "")
        if room is None or style.cut.length(one) <= (limit := self._units(room, style)):
            return one
        return shorten(one, style.cut, limit)

    def longest_word(self, text: str, style: Style) -> float:
        """The width of the widest piece that is only cut where it is wider than its line."""
        units = (
            style.cut.word(piece) + (style.cut.hyphen(piece) if glue == SOFT_HYPHEN else 0)
            for paragraph in paragraphs(text)
            for word in paragraph.split(" ")
            for piece, glue in pieces(word)
        )
        return max(units, default=0) * style.size / style.cut.units_per_em

    def ascent(self, style: Style) -> float:
        """How far letters may reach above the baseline."""
        return style.cut.ascent * style.size / style.cut.units_per_em

    def descent(self, style: Style) -> float:
        """How far letters may reach below the baseline."""
        return style.cut.descent * style.size / style.cut.units_per_em

    def cap_height(self, style: Style) -> float:
        """How high capitals stand on the baseline."""
        return style.cut.cap_height * style.size / style.cut.units_per_em

    def _units(self, width: float, style: Style) -> float:
        return min(max(0.0, width + _TOLERANCE), _WIDEST) * style.cut.units_per_em / style.size


@lru_cache(maxsize=10_000)
def _wrapped(text: str, limit: float, cut: Cut, max_lines: int | None) -> tuple[str, ...]:
    """The lines of a text; remembered, since what is measured first is drawn later."""
    strips = [Strip(paragraph, cut, limit) for paragraph in paragraphs(text)]
    lines = [line for strip in strips for line in strip.lines()]
    if max_lines is None or len(lines) <= max_lines:
        return tuple(lines)
    cropped: list[str] = []
    for strip in strips:
        cropped += strip.first_lines(max(max_lines, 1) - len(cropped))
        if len(cropped) >= max_lines:
            break
    return (*cropped[:-1], shorten(cropped[-1], cut, limit))
