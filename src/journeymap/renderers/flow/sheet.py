"""What the rows of a flow share: the steps, the traffic, and how large cards, ways and labels are."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from journeymap.renderers.flow.plan import CARD, Extent, Room
from journeymap.renderers.flow.traffic import Traffic, Way
from journeymap.renderers.lengths import length_words, likely
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step
from journeymap.scene.text import Style
from journeymap.scene.theme import mixed

EXCEPTION = (7.0, 5.0)
"""The dashes of a way that is an exception."""
NAME = Style(13, weight=500)
SIDE = 10.0
ENTRY = Style(11.5, weight=600)
EXIT = Style(11.5, weight=600)
LOAD = Style(12, weight=600)
WAIT = Style(11)
CONDITION = Style(11, italic=True)
CLOCK = 15.0
"""The room of the clock before a wait."""

LABEL_CLEAR = 1.5
"""Between a way and the words over and under it."""

_LEAST_GAP, _MOST_GAP = 80.0, 128.0
_LABEL_SIDE = 6.0
_WIDEST, _NARROWEST = 16.0, 1.5


@frozen(kw_only=True)
class Sheet:
    """What all rows share."""

    drawing: Drawing
    steps: Mapping[str, Step]
    traffic: Traffic
    gap: float
    """Between two cards that stand side by side."""

    @property
    def colour(self) -> str:
        """Of the ways: dark enough to be seen, light enough to let the words be read first."""
        return mixed(self.drawing.theme.stage, 0.55, self.drawing.theme.band)

    def width(self, load: float | None) -> float:
        """How wide a way with that load is drawn: in proportion, but never so thin that it is not seen."""
        heaviest = max((way.load or 0.0 for way in self.traffic.ways), default=0.0)
        if self.traffic.measured == "nothing" or not heaviest:
            return 2.0
        return max(_WIDEST * (load or 0.0) / heaviest, _NARROWEST)

    def label(self, way: Way, *, wide: bool) -> tuple[tuple[tuple[str, ...], Style, float], ...]:
        """The parts of a way's label, each with its lines, its style and what stands before it."""
        room = self._room(wide=wide)
        measure, transition = self.drawing.measure, way.transition
        found = []
        if way.said:
            found.append((measure.wrap(way.said, room, LOAD), LOAD, 0.0))
        if transition.wait:
            found.append((measure.wrap(length_words(likely(transition.wait)), room - CLOCK, WAIT), WAIT, CLOCK))
        if transition.condition:
            found.append((measure.wrap(transition.condition, room, CONDITION), CONDITION, 0.0))
        return tuple(found)

    def extent(self, way: Way, wide: bool) -> Extent:
        """The room of a way's label: the first part stands over the way, the others under it."""
        parts = self.label(way, wide=wide)
        if not parts:
            return Extent()
        measure = self.drawing.measure
        width = max(before + measure.width(line, style) for lines, style, before in parts for line in lines)
        first, *others = (len(lines) * style.leading for lines, style, _ in parts)
        clear = self.width(way.load) / 2 + LABEL_CLEAR
        return Extent(width + 6, first + clear, sum(others) + clear)

    def room(self, step: Step) -> Room:
        """What a step takes: its card, over it who comes in, under it who leaves."""
        half = self.card_height(step) / 2
        return Room(half + (20.0 if step.about in self.traffic.entries else 4.0), half + self.under(step))

    def card_height(self, step: Step) -> float:
        """The height of a step's card."""
        return 34 + len(self.drawing.measure.wrap(step.name, CARD - 2 * SIDE, NAME)) * NAME.leading + 8

    def exit_lines(self, step: Step) -> tuple[str, ...]:
        """What stands under a card: who leaves there, who does the step again."""
        words = [self.traffic.again.get(step.about, ""), self.traffic.exits.get(step.about, ("", None))[0]]
        return tuple(line for said in words if said for line in self.drawing.measure.wrap(said, CARD - 26, EXIT))

    def under(self, step: Step) -> float:
        """The height of what stands under a card."""
        lines = self.exit_lines(step)
        return 10 + len(lines) * EXIT.leading if lines else 0.0

    def _room(self, *, wide: bool) -> float:
        return (CARD if wide else self.gap) - 2 * _LABEL_SIDE


def gap_of(drawing: Drawing, traffic: Traffic) -> float:
    """Between two cards, so that the labels of most ways stand there unbroken."""
    measure = drawing.measure
    widths = [0.0]
    for way in traffic.ways:
        widths.append(measure.width(way.said, LOAD))
        if way.transition.wait:
            widths.append(CLOCK + measure.width(length_words(likely(way.transition.wait)), WAIT))
        widths.append(measure.longest_word(way.transition.condition, CONDITION))
    return min(max(max(widths) + 2 * _LABEL_SIDE + 4, _LEAST_GAP), _MOST_GAP)
