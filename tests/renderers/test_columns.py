"""Columns: wide enough for the words, and broken into systems that lose nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.renderers.columns import GAP, MARGIN, MAX_WIDTH, column_width, systems
from journeymap.scene.text import Measure, Style

STYLE = Style(13, weight=500)
COUNTS = st.lists(st.integers(0, 60), max_size=25)
WIDTHS = st.sampled_from([120.0, 136.0, 216.0, 260.0])


def width(names: list[str], *, columns: int | None = None, **options: float) -> float:
    return column_width(names, columns=len(names) if columns is None else columns, style=STYLE, measure=Measure(), **options)


def test_short_names_have_the_narrowest_columns() -> None:
    assert width(["Pays", "Waits", "Calls", "Signs", "Asks", "Gets it"]) == 120


def test_long_names_have_wider_columns_of_a_multiple_of_eight() -> None:
    found = width(["Uploads proof of income and identity documents for every single applicant in the household"] * 8)
    assert 120 < found <= 216
    assert found % 8 == 0


def test_one_monster_word_of_many_does_not_widen_the_map() -> None:
    assert width([*["Pays at once"] * 60, "Donaudampfschifffahrtsgesellschaftskapitänswitwe"]) == 120


def test_a_plain_word_is_not_broken_to_save_some_width() -> None:
    assert width([*["Pays at once"] * 60, "Sees a recommendation"]) == 136


def test_no_word_is_too_long_for_the_widest_column() -> None:
    assert width(["Donaudampfschifffahrtsgesellschaftskapitänswitwe"] * 8) == 216


def test_a_short_map_spreads_to_the_width_that_is_wanted() -> None:
    assert width(["Pays", "Waits", "Signs", "Calls", "Asks"], wanted=1000) == 200
    assert width(["Pays"], wanted=1000) == 260
    assert width(["Pays"] * 6, wanted=2000) == 120


def test_no_steps_still_have_a_width() -> None:
    assert width([], columns=0, wanted=1000) == 120


def test_a_stage_may_ask_for_more() -> None:
    assert width(["Pays"] * 8, least=150) == 152
    assert width(["Pays"] * 8, least=900) == 216


def test_names_without_spaces_or_letters_are_measured_too() -> None:
    assert width(["", "  ", "客户在网上搜索贷款产品并比较价格"] * 3) >= 120


@given(COUNTS, WIDTHS)
def test_every_column_stands_once_and_in_order(counts: list[int], column: float) -> None:
    placed = [(part.stage, index) for system in systems(counts, column=column) for part in system.parts for index in part.indices]
    assert placed == [(stage, index) for stage, count in enumerate(counts) for index in range(max(count, 1))]


@given(COUNTS, WIDTHS)
def test_nothing_stands_beyond_the_sheet_and_stages_keep_their_distance(counts: list[int], column: float) -> None:
    for system in systems(counts, column=column):
        assert system.left == 216
        assert system.right <= MAX_WIDTH - MARGIN
        for before, after in pairwise(system.parts):
            assert after.x - before.right == GAP
            assert after.stage == before.stage + 1


@given(COUNTS, WIDTHS)
def test_a_break_inside_a_stage_never_leaves_a_column_alone(counts: list[int], column: float) -> None:
    for system in systems(counts, column=column):
        for part in system.parts:
            whole = max(counts[part.stage], 1)
            assert part.stop - part.first == whole or part.stop - part.first >= 2


@given(st.lists(st.integers(1, 8), min_size=2, max_size=20))
def test_a_new_system_begins_with_a_stage_unless_room_would_be_lost(counts: list[int]) -> None:
    column, limit = 136.0, MAX_WIDTH - MARGIN
    for before, after in pairwise(systems(counts, column=column)):
        if after.parts[0].first == 0:
            free = int((limit - before.right - GAP) // column)
            assert free <= 2 or free < counts[after.parts[0].stage]


@pytest.mark.parametrize(
    ("free", "expected"),
    [(1, [[(0, 20)], [(0, 8)]]), (2, [[(0, 20)], [(0, 8)]]), (3, [[(0, 20), (0, 3)], [(3, 8)]]), (7, [[(0, 20), (0, 6)], [(6, 8)]])],
)
def test_a_stage_is_split_where_more_than_two_columns_would_stay_empty(free: int, expected: list[list[tuple[int, int]]]) -> None:
    rows = systems([20, 8], column=100, left=0, limit=2000 + GAP + 100 * free)
    assert [[(part.first, part.stop) for part in row.parts] for row in rows] == expected


def test_the_reference_map_is_one_system() -> None:
    (only,) = systems([4, 4, 4, 4, 4], column=136)
    assert [part.x for part in only.parts] == [216, 780, 1344, 1908, 2472]
    assert only.right == 3016


def test_a_stage_longer_than_a_sheet_goes_on_in_the_next_system() -> None:
    rows = systems([50], column=136)
    assert [(part.first, part.stop, part.continued) for row in rows for part in row.parts] == [
        (0, 23, False),
        (23, 46, True),
        (46, 50, True),
    ]


@pytest.mark.parametrize("limit", [0.0, 100.0, 300.0])
def test_a_sheet_too_narrow_for_anything_still_shows_a_column_a_row(limit: float) -> None:
    rows = systems([3, 1], column=136, limit=limit)
    assert [len(part.indices) for row in rows for part in row.parts] == [1, 1, 1, 1]


def test_no_stages_have_no_systems() -> None:
    assert systems([], column=136) == ()
