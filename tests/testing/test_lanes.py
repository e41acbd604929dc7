import itertools

import pytest
from attrs import evolve

from journeymap.errors import UnknownName
from journeymap.renderers.swimlane import Cell, Lane
from journeymap.scene.shapes import Box, Paint, Rect, Text
from journeymap.testing import check_lane
from journeymap.testing.journeys import empty, small


def channels(step, pen):
    """Where it happens"""
    if step.touchpoint is None or step.touchpoint.channel is None:
        return None
    return pen.note(step.touchpoint.channel.name)


def test_a_lane_that_keeps_the_rules_passes_as_a_function_a_value_and_by_name():
    check_lane(channels)
    check_lane(Lane(name="places", title="Places", caption="Where", icon=None, cell=channels))
    check_lane("thoughts")
    with pytest.raises(UnknownName, match="did you mean 'thoughts'"):
        check_lane("thougts")


counter = itertools.count()


def counting(box):
    yield Rect(box=box, paint=Paint(fill=f"#{next(counter):06X}"))


def beyond(box):
    wide = Box(x=box.x, y=box.y, width=400, height=20)
    yield Text(lines=["Written without a look at the width of a cell"], x=box.x, y=box.y + 15, box=wide, size=13, fill="#000000")


def twice(box):
    for fill in ("#000000", "#111111"):
        yield Text(lines=["Once"], x=box.x, y=box.y + 15, box=box, size=13, fill=fill)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda _: "words", "for the step 'Searches the catalogue' of 'Borrow a book': it gives a str, and not a Cell or None"),
        (lambda cell: evolve(cell, height=0), "the cell is 0 px high"),
        (lambda cell: evolve(cell, height=float("nan")), "the cell is nan px high"),
        (lambda cell: evolve(cell, label=""), "the cell has no label"),
        (lambda cell: evolve(cell, draw=lambda box: tuple(counting(box))), "draws something else when it is asked again"),
        (lambda cell: evolve(cell, draw=lambda _: ["words"]), "no backend can draw the cell: 'words' is not a shape"),
        (lambda cell: evolve(cell, draw=lambda box: tuple(beyond(box))), "in a cell of 116 x .* leaves the cell"),
        (lambda cell: evolve(cell, height=20, draw=lambda box: tuple(twice(box))), "stand on one another"),
    ],
)
def test_the_kit_finds_faults(change, message):
    def faulty(step, pen):
        cell = channels(step, pen)
        return None if cell is None else change(cell)

    with pytest.raises(AssertionError, match=message):
        check_lane(faulty, journeys=[small()])


def test_a_lane_that_draws_nothing_at_all_is_not_looked_at_in_vain():
    with pytest.raises(AssertionError, match="no cell for any step; give journeys="):
        check_lane(channels, journeys=[empty()])


def test_a_cell_knows_how_high_it_is():
    def low(step, pen):
        note = channels(step, pen)
        return note and Cell(height=4, draw=note.draw, label="Too low")

    with pytest.raises(AssertionError, match="leaves the cell"):
        check_lane(low, journeys=[small()])
