"""The one form of events and paths as plain data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Event, variants
from journeymap.analysis.paths import Path, Paths, paths_of
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Stage, Touchpoint

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def steps(data):
    return {path.case: path.steps for path in paths_of(data, question="variants").paths}


def test_all_forms_say_the_same():
    told = {"anna": ("ad", "site"), "ben": ("site",)}
    assert steps([("anna", "ad"), ("ben", "site"), ("anna", "site")]) == told
    assert steps([Event("anna", "ad"), Event("ben", "site"), Event("anna", "site")]) == told
    assert steps({"anna": ["ad", "site"], "ben": ["site"]}) == told
    assert steps(iter([("anna", "ad"), ("ben", "site"), ("anna", "site")])) == told
    assert steps([["ad", "site"], ["site"]]) == {"1": ("ad", "site"), "2": ("site",)}


def test_counted_paths_stand_for_several_customers():
    found = paths_of({("ad", "site"): 36, ("site",): 22, ("ad",): 0}, question="variants")
    assert (found.n, found.events, found.activities, found.timed) == (58, 94, ("ad", "site"), False)
    assert [path.count for path in found.paths] == [36, 22]


def test_events_are_sorted_by_time_and_ties_keep_the_order_of_rows():
    rows = [("a", "late", NOON + timedelta(hours=1)), ("a", "first of two", NOON), ("a", "second of two", NOON)]
    found = paths_of(rows, question="funnel").paths[0]
    assert found.steps == ("first of two", "second of two", "late")
    assert found.times == (NOON, NOON, NOON + timedelta(hours=1))


def test_zones_are_compared_as_moments():
    later = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=5)))
    assert paths_of([("a", "noon", NOON), ("a", "east", later)], question="funnel").paths[0].steps == ("east", "noon")


def test_times_without_zone_are_utc_and_it_says_so():
    found = paths_of([("a", "x", datetime(2026, 1, 1))], question="funnel")
    assert found.assumptions == ("times without a zone are taken as UTC",)
    assert found.paths[0].times == (datetime(2026, 1, 1, tzinfo=UTC),)


def test_times_with_and_without_zone_do_not_mix():
    with pytest.raises(ScaleMismatch, match="times with a time zone and times without are mixed") as caught:
        paths_of([("a", "x", NOON), ("a", "y", datetime(2026, 1, 1))], question="funnel")
    assert caught.value.code == "SCALE_MISMATCH"


def test_some_events_without_time_have_no_order():
    with pytest.raises(NotEnoughData, match="1 events have no time and others have one"):
        paths_of([("a", "x", NOON), ("a", "y", None)], question="funnel")


def test_what_frames_call_no_time_is_none():
    class NoTime(datetime):
        def __eq__(self, other):
            return False

        __hash__ = datetime.__hash__

    assert paths_of([("a", "x", NoTime(2026, 1, 1))], question="funnel").paths[0].times == ()


def test_channels_come_along():
    found = paths_of([("a", "y", NOON + timedelta(1), "phone"), ("a", "x", NOON, None)], question="conformance").paths[0]
    assert found.channels == (None, "phone")
    assert paths_of([("a", "x", NOON, None)], question="conformance").paths[0].channels == ()


def test_whole_numbers_may_name_cases():
    assert steps([(7, "ad"), (7, "site")]) == {"7": ("ad", "site")}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (42, "42 is no data on paths"),
        ("ad", "'ad' is no data on paths"),
        ([["ad"], ("anna", "site")], "is neither an event nor a path, or both are mixed"),
        (["ad", "site"], "'ad' is neither an event nor a path"),
        ([("anna",)], "is no event; give case and activity"),
        ([("anna", "ad", "noon")], "'noon' is no time; give a datetime"),
        ([("anna", "")], "'' is no activity"),
        ([("", "ad")], "'' is no case"),
        ([("anna", "ad", None, 7)], "7 is no channel"),
        ({"anna": "ad"}, "'ad' is no path"),
        ({("ad",): 1.5}, "1.5 is no count of customers"),
        ({("ad",): -1}, "-1 is no count of customers"),
        ({True: ["ad"]}, "True is no case"),
    ],
)
def test_what_is_no_data_is_told(data, told):
    with pytest.raises(AnalysisError, match=r"variants: .*") as caught:
        variants(data)
    assert told in str(caught.value)


def test_a_map_has_no_paths():
    with pytest.raises(NotEnoughData, match="a map does not say what single customers did"):
        variants(Journey("J", [Stage("S", [Touchpoint("a")])]))


def test_paths_go_through_as_they_are():
    found = Paths((Path(case="a", steps=("x",)),))
    assert paths_of(found, question="variants") is found


@given(st.permutations([("a", "x", NOON), ("a", "y", NOON + timedelta(1)), ("b", "x", NOON), ("b", "z", NOON + timedelta(2))]))
def test_the_order_of_rows_changes_nothing_where_times_differ(rows):
    assert steps(rows) == {"a": ("x", "y"), "b": ("x", "z")}
