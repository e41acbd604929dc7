"""Maps at the edge of what numbers can hold: an answer or a reason, never somebody else's error."""

from journeymap import analysis
from journeymap.model import END, Journey, Stage, Touchpoint, Transition


def test_a_way_out_too_narrow_for_numbers_is_a_loop_for_ever():
    ways = [Transition("a", "b", probability=1.0), Transition("b", "a", probability=1.0), Transition("b", END, probability=1e-300)]
    journey = Journey("Loop", [Stage("S", [Touchpoint("A", emotion=1), Touchpoint("B", emotion=-1)])], transitions=ways)
    assert analysis.emotion_curve(journey).value is not None
