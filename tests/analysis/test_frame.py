"""A table reaches dataframe libraries through the Arrow capsule."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta

import nanoarrow
import pytest

from journeymap.analysis.frame import Frame
from journeymap.analysis.result import Result
from journeymap.errors import AnalysisError, MissingExtra


def test_every_kind_of_cell_arrives():
    rows = [
        {
            "n": 1,
            "x": 1,
            "name": "a",
            "yes": True,
            "wait": timedelta(hours=1.5),
            "day": date(2020, 2, 29),
            "at": datetime(2020, 1, 1, tzinfo=UTC),
            "no": None,
        },
        {"n": None, "x": 2.5, "name": None, "yes": None, "wait": None, "day": None, "at": None, "no": None},
    ]
    frame = Frame(rows)
    back = nanoarrow.ArrayStream(frame).read_all().to_pylist()
    assert back == rows
    assert len(frame) == 2
    assert frame.columns == ("n", "x", "name", "yes", "wait", "day", "at", "no")
    assert nanoarrow.ArrayStream(frame).read_all().to_pylist() == rows


def test_an_empty_table_arrives_too():
    assert nanoarrow.ArrayStream(Frame([])).read_all().to_pylist() == []


def test_a_column_holds_one_kind():
    with pytest.raises(AnalysisError, match="the column 'a' mixes int, str"):
        Frame([{"a": 1}, {"a": "x"}]).__arrow_c_stream__()


def test_a_result_becomes_a_frame():
    frame = Result(value=0.5, n=8, method="share").to_frame()
    assert nanoarrow.ArrayStream(frame).read_all().to_pylist()[0]["value"] == 0.5


def test_without_nanoarrow_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoarrow", None)
    with pytest.raises(MissingExtra, match="extra 'events'"):
        Result(value=0.5, n=8, method="share").to_frame()
