"""The emotion plot: the curve meets the faces, numbers keep clear of it, moments and lows are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.model import Scale
from journeymap.renderers.emotion_plot import FACE, PlotPoint, emotion_axis, emotion_plot, lowest_points
from journeymap.scene.curve import monotone_segments
from journeymap.scene.shapes import Box, Circle, CurveTo, Group, Line, MoveTo, Path, Shape, Text, Use
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style
from journeymap.scene.theme import LIGHT

COLUMN = 136.0
BOX = Box(x=216, y=100, width=5 * COLUMN, height=192)


def points(*valences: float | None, moments: Sequence[int] = (), scale: Scale | None = None) -> list[PlotPoint]:
    printed = scale or Scale()
    return [
        PlotPoint(
            x=BOX.x + COLUMN * (place + 0.5),
            valence=valence,
            text="" if valence is None else printed.print(valence),
            about=f"step-{place}",
            label=f"Step {place}",
            moment=place in moments,
        )
        for place, valence in enumerate(valences)
    ]


def plot(steps: Sequence[PlotPoint], *, drop_from: float | None = None, notes: dict[str, str] | None = None) -> tuple[Shape, ...]:
    box = Box(x=BOX.x, y=BOX.y, width=max(COLUMN * len(steps), COLUMN), height=BOX.height)
    return emotion_plot(steps, box=box, theme=LIGHT, symbols=Symbols(), measure=Measure(), drop_from=drop_from, notes=notes)


def of_role(shapes: Sequence[Shape], role: str) -> list[Path]:
    return [shape for shape in shapes if isinstance(shape, Path) and shape.role == role]


def groups(shapes: Sequence[Shape]) -> list[Group]:
    return [shape for shape in shapes if isinstance(shape, Group) and shape.role == "point"]


def texts(group: Group) -> list[Text]:
    return [shape for shape in group.shapes if isinstance(shape, Text)]


def height(valence: float) -> float:
    return BOX.y + (2 - valence) * 48


def knots(path: Path) -> list[tuple[float, float]]:
    return [(step.x, step.y) for step in path.steps if isinstance(step, MoveTo | CurveTo)]


def test_the_curve_meets_every_face() -> None:
    steps = points(1, 2, -2, 0, -0.5)
    shapes = plot(steps)
    (curve,) = of_role(shapes, "emotion-curve")
    expected = [(step.x, height(step.valence or 0)) for step in steps]
    assert knots(curve) == expected
    faces = [shape for group in groups(shapes) for shape in group.shapes if isinstance(shape, Use)]
    assert [(face.x, face.y) for face in faces] == expected
    assert [face.symbol.split("-")[1] for face in faces] == ["4", "5", "1", "3", "2"]


def test_a_point_tells_what_it_is_about() -> None:
    first = groups(plot(points(1, -1)))[0]
    assert (first.about, first.label, first.role) == ("step-0", "Step 0", "point")


def test_positive_numbers_stand_above_the_others_below() -> None:
    sides = [texts(group)[0].box.y < height(valence) for group, valence in zip(groups(plot(points(1, 0, -1))), (1, 0, -1), strict=True)]
    assert sides == [True, False, False]


def test_the_number_of_a_moment_of_truth_always_stands_below() -> None:
    group = groups(plot(points(0, 2, 0, moments=[1])))[1]
    assert texts(group)[0].box.y > height(2) + FACE


def test_not_even_a_steep_curve_lifts_the_number_of_a_moment_of_truth() -> None:
    words = Scale.words("awful", "bad", "so-so", "good", "quite overwhelming")
    group = groups(plot(points(-2, 2, -2, moments=[1], scale=words)))[1]
    assert texts(group)[0].box.y > height(2) + FACE


def test_a_moment_of_truth_has_a_ring_and_a_line_that_drops_to_it() -> None:
    shapes = plot(points(0, 1, -1, moments=[1]), drop_from=40.0)
    (drop,) = [shape for shape in shapes if isinstance(shape, Line) and shape.x1 == shape.x2]
    ring = next(shape for shape in groups(shapes)[1].shapes if isinstance(shape, Circle))
    assert ring.paint.stroke == LIGHT.truth
    assert (drop.x1, drop.y1, drop.y2) == (ring.x, 40.0, ring.y - ring.radius)
    assert drop.paint.dash


def test_without_a_place_to_drop_from_there_is_no_line() -> None:
    assert not [shape for shape in plot(points(0, 1, moments=[1])) if isinstance(shape, Line) and shape.x1 == shape.x2]


def test_an_unknown_emotion_leaves_a_gap_bridged_by_a_dashed_line() -> None:
    shapes = plot(points(1, 2, None, -1, 0))
    (curve,) = of_role(shapes, "emotion-curve")
    (gap,) = of_role(shapes, "emotion-gap")
    assert [type(step) for step in curve.steps] == [MoveTo, CurveTo, MoveTo, CurveTo]
    assert gap.paint.dash
    assert [x for x, _ in knots(gap)] == [BOX.x + COLUMN * 1.5, BOX.x + COLUMN * 3.5]
    assert len(groups(shapes)) == 4


def test_the_curve_meets_a_point_that_stands_alone_too() -> None:
    shapes = plot(points(-2, None, 2, -2, None, 1, None, 0))
    (curve,) = of_role(shapes, "emotion-curve")
    ends = knots(curve)
    for place, valence in ((0, -2), (5, 1), (7, 0)):
        x = BOX.x + COLUMN * (place + 0.5)
        around = [(left, right) for (left, y), (right, _) in pairwise(ends) if y == height(valence) and left < x < right < left + 2 * FACE]
        assert len(around) == 1
    assert [x for x, _ in ends] == sorted(x for x, _ in ends)


def test_no_area_claims_what_lies_in_a_gap() -> None:
    areas = of_role(plot(points(1, None, 1)), "emotion-area")
    assert areas == []


@pytest.mark.parametrize("valences", [(), (None,), (None, None)])
def test_nothing_known_leaves_only_the_rules(valences: tuple[None, ...]) -> None:
    assert all(isinstance(shape, Line) for shape in plot(points(*valences)))


def test_one_point_is_a_face_without_a_curve() -> None:
    shapes = plot(points(1))
    assert of_role(shapes, "emotion-curve") == []
    assert len(groups(shapes)) == 1


def test_the_lowest_point_is_named_under_its_number() -> None:
    lowest = [group for group in groups(plot(points(1, -2, 0))) if len(texts(group)) == 2]
    assert [group.about for group in lowest] == ["step-1"]
    number, note = texts(lowest[0])
    assert note.lines == ("Lowest point",)
    assert note.fill == LIGHT.pain
    assert note.box.y > number.box.y


def test_a_lowest_point_above_neutral_is_named_under_its_face() -> None:
    group = groups(plot(points(2, 0.5, 2)))[1]
    number, note = texts(group)
    assert number.box.y < height(0.5) < note.box.y


@pytest.mark.parametrize(
    ("valences", "named"),
    [
        ((1, -2, 0, -2), ["step-1", "step-3"]),
        ((-2, 1, -2, 1, -2), ["step-0", "step-2", "step-4"]),
        ((-2, 1, -2, 1, -2, 1, -2), ["step-0"]),
        ((1, 1, 1), []),
        ((1,), []),
        ((None, None), []),
        ((), []),
    ],
)
def test_which_points_are_lowest(valences: tuple[float | None, ...], named: list[str]) -> None:
    assert list(lowest_points(points(*valences))) == named


def test_a_system_of_several_names_only_the_lows_of_the_whole_map() -> None:
    named = [group.about for group in groups(plot(points(1, 0), notes={"elsewhere": "Lowest point"})) if len(texts(group)) > 1]
    assert named == []


def test_a_wide_label_makes_way_for_a_steep_curve() -> None:
    words = Scale.words("terrible", "disappointing", "acceptable", "pleasing", "wonderful")
    steps = points(-2, 0, 2, 0, -2, scale=words)
    for group, valence in zip(groups(plot(steps)), (-2, 0, 2, 0, -2), strict=True):
        assert clear_of_curve(texts(group)[0], steps), valence


VALENCES = st.one_of(st.none(), st.integers(-4, 4).map(lambda half: half / 2), st.floats(-2, 2).map(lambda v: round(v, 1)))


@settings(max_examples=60, deadline=None)
@given(st.lists(VALENCES, max_size=12), st.sets(st.integers(0, 11)))
def test_numbers_keep_clear_of_the_curve_and_of_each_other(valences: list[float | None], moments: set[int]) -> None:
    steps = points(*valences, moments=sorted(moments))
    numbers = [texts(group)[0] for group in groups(plot(steps))]
    for number in numbers:
        assert clear_of_curve(number, steps)
    for one, other in pairwise(map(measured, numbers)):
        assert one.right <= other.x or one.bottom <= other.y or other.bottom <= one.y


@settings(max_examples=60, deadline=None)
@given(st.lists(VALENCES, max_size=12), st.sets(st.integers(0, 11)))
def test_everything_stays_in_the_room_that_the_plot_asks_for(valences: list[float | None], moments: set[int]) -> None:
    steps = points(*valences, moments=sorted(moments))
    for group in groups(plot(steps, drop_from=BOX.y - 40)):
        for top, bottom in extents(group):
            assert BOX.y - 42 <= top
            assert bottom <= BOX.bottom + 58


def test_the_axis_names_the_levels_from_below_and_ends_where_asked() -> None:
    shapes = emotion_axis(right=200, box=BOX, labels=["1", "2", "3", "4", "5"], theme=LIGHT, symbols=Symbols(), measure=Measure())
    labels = [shape for shape in shapes if isinstance(shape, Text)]
    faces = [shape for shape in shapes if isinstance(shape, Use)]
    assert [label.lines for label in labels] == [("1",), ("2",), ("3",), ("4",), ("5",)]
    assert [face.y for face in faces] == [BOX.bottom - 48 * place for place in range(5)]
    assert all(label.box.right == pytest.approx(200) for label in labels)
    assert all(face.x + 9 < label.box.x for face, label in zip(faces, labels, strict=True))


def clear_of_curve(text: Text, steps: Sequence[PlotPoint]) -> bool:
    """Whether no piece of the curve or of its bridges runs through the digits of a label."""
    known = [(step.x, height(step.valence)) for step in steps if step.valence is not None]
    ink = measured(text)
    for segment in monotone_segments(known):
        for part in range(101):
            x = segment.x0 + (segment.x3 - segment.x0) * part / 100
            if ink.x <= x <= ink.right and ink.y <= segment.y(x) <= ink.bottom:
                return False
    return True


def measured(text: Text) -> Box:
    """The box of the digits alone: as wide as they are, from the baseline up to about the height of a capital."""
    cap = text.size * 0.73
    width = Measure().width(text.lines[0], Style(text.size, weight=text.weight))
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return Box(x=left, y=text.y - cap, width=width, height=cap)


def extents(group: Group) -> Iterator[tuple[float, float]]:
    for shape in group.shapes:
        if isinstance(shape, Circle):
            yield shape.y - shape.radius - shape.paint.width / 2, shape.y + shape.radius + shape.paint.width / 2
        elif isinstance(shape, Text):
            yield measured(shape).y, measured(shape).bottom
