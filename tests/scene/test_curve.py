"""The curve goes through its points, never beyond them, and its areas never cross the neutral line."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.scene.curve import Point, Segment, areas, curve_steps, monotone_segments
from journeymap.scene.shapes import Close, CurveTo, LineTo, MoveTo, Step

HEIGHTS = st.one_of(st.sampled_from([0.0, 48.0, 96.0, 144.0, 192.0]), st.floats(0, 192))
NEUTRAL = 96.0


@st.composite
def points(draw: st.DrawFn, least: int = 2) -> list[Point]:
    heights = draw(st.lists(HEIGHTS, min_size=least, max_size=12))
    gaps = draw(st.lists(st.sampled_from([120.0, 136.0, 156.0, 700.0]), min_size=len(heights), max_size=len(heights)))
    return [(sum(gaps[:place]), height) for place, height in enumerate(heights)]


def samples(segment: Segment, count: int = 40) -> list[float]:
    return [segment.y(segment.x0 + (segment.x3 - segment.x0) * part / count) for part in range(count + 1)]


def outline_heights(steps: Sequence[Step], count: int = 40) -> list[float]:
    """Heights along a closed outline, curves evaluated as Bezier curves, without the code under test."""
    found: list[float] = []
    y = 0.0
    for step in steps:
        match step:
            case MoveTo(_, at) | LineTo(_, at):
                y = at
                found.append(y)
            case CurveTo(_, y1, _, y2, _, y3):
                for part in range(count + 1):
                    t = part / count
                    found.append((1 - t) ** 3 * y + 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t * t * y2 + t**3 * y3)
                y = y3
            case Close():
                pass
    return found


def signed_area(segments: Sequence[Segment]) -> float:
    return sum((s.x3 - s.x0) * ((s.y0 + s.y1 + s.y2 + s.y3) / 4 - NEUTRAL) for s in segments)


def outline_area(steps: Sequence[Step]) -> float:
    """The area under an outline's curves, exactly: a cubic's mean height is the mean of its four ordinates."""
    total, x, y = 0.0, 0.0, 0.0
    for step in steps:
        match step:
            case MoveTo(to, at) | LineTo(to, at):
                x, y = to, at
            case CurveTo(_, y1, _, y2, to, y3):
                total += (to - x) * ((y + y1 + y2 + y3) / 4 - NEUTRAL)
                x, y = to, y3
            case Close():
                pass
    return total


@given(points())
def test_it_passes_through_every_point(given_points: list[Point]) -> None:
    segments = monotone_segments(given_points)
    assert [(s.x0, s.y0) for s in segments] == given_points[:-1]
    assert [(s.x3, s.y3) for s in segments] == given_points[1:]
    for segment in segments:
        assert segment.y(segment.x0) == segment.y0
        assert segment.y(segment.x3) == segment.y3


@given(points())
def test_it_never_overshoots_and_never_turns_between_points(given_points: list[Point]) -> None:
    for segment in monotone_segments(given_points):
        heights = samples(segment)
        rising = segment.y3 >= segment.y0
        for before, after in itertools.pairwise(heights):
            assert after >= before - 1e-9 if rising else after <= before + 1e-9
        low, high = sorted((segment.y0, segment.y3))
        assert low - 1e-9 <= min(heights) <= max(heights) <= high + 1e-9


@given(points(least=3))
def test_it_has_no_kinks(given_points: list[Point]) -> None:
    segments = monotone_segments(given_points)
    for before, after in itertools.pairwise(segments):
        arriving = 3 * (before.y3 - before.y2) / (before.x3 - before.x0)
        leaving = 3 * (after.y1 - after.y0) / (after.x3 - after.x0)
        assert arriving == pytest.approx(leaving, abs=1e-9)


@given(points())
def test_it_is_flat_at_peaks_and_valleys(given_points: list[Point]) -> None:
    for before, after in zip(monotone_segments(given_points), monotone_segments(given_points)[1:], strict=False):
        if (before.y3 - before.y0) * (after.y3 - after.y0) <= 0:
            assert before.y2 == pytest.approx(before.y3, abs=1e-9)
            assert after.y1 == pytest.approx(after.y0, abs=1e-9)


@given(points())
def test_areas_never_cross_the_neutral_line(given_points: list[Point]) -> None:
    found = areas(monotone_segments(given_points), neutral=NEUTRAL)
    for outline in found.above:
        assert max(outline_heights(outline)) <= NEUTRAL + 1e-6
    for outline in found.below:
        assert min(outline_heights(outline)) >= NEUTRAL - 1e-6


@given(points())
def test_areas_leave_nothing_out(given_points: list[Point]) -> None:
    segments = monotone_segments(given_points)
    found = areas(segments, neutral=NEUTRAL)
    total = sum(outline_area(outline) for outline in (*found.above, *found.below))
    assert total == pytest.approx(signed_area(segments), abs=1e-6 * (1 + given_points[-1][0]))


@given(points())
def test_every_area_is_a_closed_outline_that_starts_and_ends_on_the_neutral_line(given_points: list[Point]) -> None:
    found = areas(monotone_segments(given_points), neutral=NEUTRAL)
    for outline in (*found.above, *found.below):
        first, last = outline[0], outline[-2]
        assert isinstance(first, MoveTo)
        assert first.y == NEUTRAL
        assert isinstance(last, LineTo | CurveTo)
        assert last.y == NEUTRAL
        assert outline[-1] == Close()


@given(points(), st.floats(0, 192))
def test_a_segment_is_cut_where_it_meets_the_level(given_points: list[Point], level: float) -> None:
    segment = monotone_segments(given_points)[0]
    assume(min(segment.y0, segment.y3) + 1e-6 < level < max(segment.y0, segment.y3) - 1e-6)
    left, right = segment.split(level)
    assert left.y3 == right.y0 == level
    assert left.x3 == right.x0
    for x in (0.1, 0.4, 0.7, 0.95):
        at = segment.x0 + x * (segment.x3 - segment.x0)
        assert (left if at <= left.x3 else right).y(at) == pytest.approx(segment.y(at), abs=1e-5)


def test_one_crossing_makes_one_area_on_either_side() -> None:
    found = areas(monotone_segments([(0, 48), (100, 144)]), neutral=NEUTRAL)
    assert len(found.above) == len(found.below) == 1
    assert isinstance(found.above[0][-2], CurveTo)
    assert found.above[0][-2].x == pytest.approx(50)


def test_touching_the_neutral_line_parts_an_area_in_two() -> None:
    found = areas(monotone_segments([(0, 48), (100, NEUTRAL), (200, 48)]), neutral=NEUTRAL)
    assert (len(found.above), len(found.below)) == (2, 0)


def test_neighbouring_segments_share_one_outline() -> None:
    found = areas(monotone_segments([(0, 48), (100, 20), (200, 48)]), neutral=NEUTRAL)
    assert len(found.above) == 1
    assert sum(isinstance(step, CurveTo) for step in found.above[0]) == 2


def test_a_flat_line_on_neutral_has_no_area() -> None:
    found = areas(monotone_segments([(0, NEUTRAL), (100, NEUTRAL)]), neutral=NEUTRAL)
    assert found.above == found.below == ()


def test_the_pen_is_lifted_over_a_gap() -> None:
    one, _, three = monotone_segments([(0, 0), (10, 5), (20, 10), (30, 5)])
    steps = curve_steps([one, three])
    assert [type(step) for step in steps] == [MoveTo, CurveTo, MoveTo, CurveTo]


@pytest.mark.parametrize("few", [[], [(0.0, 1.0)]])
def test_fewer_than_two_points_make_no_curve(few: list[Point]) -> None:
    assert monotone_segments(few) == ()


@pytest.mark.parametrize("bad", [[(0, 1), (0, 2)], [(5, 1), (4, 2)], [(0, 1), (1, float("nan"))], [(0, 1), (float("inf"), 2)]])
def test_points_that_do_not_run_from_left_to_right_are_refused(bad: list[Point]) -> None:
    with pytest.raises(RenderError, match="a curve runs from left to right; sort its points by x"):
        monotone_segments(bad)
