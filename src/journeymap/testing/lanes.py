"""The conformance kit for lanes: whether what one draws of a step stands in its cell, and can be read aloud."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from journeymap.backends.checked import checked
from journeymap.errors import RenderError
from journeymap.model import Journey
from journeymap.plugins import LANES
from journeymap.renderers.steps import steps_by_stage
from journeymap.renderers.swimlane.lane import Cell, Lane, LaneFunction, Pen, Step, as_lane
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure
from journeymap.scene.theme import DARK, LIGHT, Theme
from journeymap.testing.journeys import sample_journeys
from journeymap.testing.renderers import faults

_WIDTHS = (116.0, 300.0)
"""Of a narrow column, and of what is said of a stage as a whole."""


def check_lane(lane: Lane | LaneFunction | str, *, journeys: Iterable[Journey] | None = None) -> None:
    """Draw every cell that a lane, given as itself or by name, has for the sample journeys; AssertionError tells what is wrong.

    For each step it has to return a `journeymap.renderers.swimlane.Cell` or None; the cell has a height, a label for those who
    hear it, and shapes that a backend draws, all words within the cell and none on others; the same step gives the same shapes
    again. ``journeys`` replaces the sample journeys, for lanes that show what those do not have: at least one step has to
    have a cell.
    """
    cell = as_lane("lane", LANES[lane] if isinstance(lane, str) else lane).cell
    drawn = 0
    for journey in sample_journeys() if journeys is None else journeys:
        for step in _steps(journey):
            where = f"for the step {step.name[:40]!r} of {journey.name!r}"
            for theme in (LIGHT, DARK):
                for width in _WIDTHS:
                    drawn += _check_cell(cell, step, theme, width, where)
    if not drawn:
        raise AssertionError("it has no cell for any step; give journeys= that have what it shows")


def _steps(journey: Journey) -> Iterator[Step]:
    for stage in steps_by_stage(journey, None):
        yield from stage.steps
        if stage.whole is not None:
            yield stage.whole


def _check_cell(lane: Callable[[Step, Pen], object], step: Step, theme: Theme, width: float, where: str) -> bool:
    """Whether there is a cell."""
    symbols = Symbols()
    pen = Pen(theme=theme, measure=Measure(), symbols=symbols, width=width)
    cell = lane(step, pen)
    if cell is None:
        return False
    if not isinstance(cell, Cell):
        raise AssertionError(f"{where}: it gives a {type(cell).__name__}, and not a Cell or None")  # noqa: TRY004 - as the other faults
    if not 0 < cell.height < math.inf:
        raise AssertionError(f"{where}: the cell is {cell.height} px high; it has to be finite and above 0")
    if not cell.label.strip():
        raise AssertionError(f"{where}: the cell has no label; say what it shows, for those who hear it")
    for higher in (0.0, 40.0):  # cells of one lane may share the height of the tallest
        box = Box(x=0, y=0, width=width, height=cell.height + higher)
        shapes: Sequence[Shape] = tuple(cell.draw(box))
        again = lane(step, pen)
        if not isinstance(again, Cell) or tuple(again.draw(box)) != shapes:
            raise AssertionError(f"{where}: it draws something else when it is asked again; take out dates, sets and counters")
        sheet = Scene(
            width=width, height=box.height, shapes=shapes, symbols=symbols.collected(), title=where, description=where, paper=theme.paper
        )
        try:
            checked([sheet])
        except RenderError as error:
            raise AssertionError(f"{where}: no backend can draw the cell: {error}") from None
        for fault in faults(sheet):
            raise AssertionError(f"{where}, in a cell of {width:g} x {box.height:g} px: {fault.replace('the paper', 'the cell')}")
    return True
