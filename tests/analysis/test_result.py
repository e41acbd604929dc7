"""What every answer does: explain, become data, become rows, refuse under strict."""

from __future__ import annotations

import json
import math
import pickle
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from attrs import frozen
from attrs.exceptions import FrozenInstanceError

from journeymap.analysis.cautions import caution
from journeymap.analysis.intervals import Interval
from journeymap.analysis.result import Result, amount, duration_text, percent, sealed
from journeymap.errors import AnalysisError, DoubtfulAnswer


@frozen(kw_only=True)
class Row:
    name: str
    share: float | None
    interval: Interval | None = None
    tags: tuple[str, ...] = ()


@frozen(kw_only=True)
class Table(Result):
    analysis: ClassVar[str] = "table"
    subject: ClassVar[str] = "The table"
    table: ClassVar[str] = "rows"
    rows: tuple[Row, ...] = ()


def answer(**changes):
    return Table(**({"value": 0.25, "n": 40, "method": "share", "unit": "of all"} | changes))


def test_a_number_never_stands_without_its_n():
    assert answer().explain() == "The table is 0.25 of all (n = 40 values)."
    assert answer(n=None).explain() == "The table is 0.25 of all (n unknown)."
    assert str(answer()) == answer().explain()


def test_the_doubt_is_in_the_sentence():
    told = answer(interval=Interval(0.1, 0.4, 0.9), warnings=(caution("SMALL_N"), caution("NOT_CAUSAL"))).explain()
    assert (
        told
        == "The table is 0.25 of all (n = 40 values; 90 % interval 0.1 to 0.4); with care: few answers, associated, not proven to cause."
    )


def test_a_hypothesis_is_stamped():
    stamped = answer(warnings=(caution("ASSUMPTION_ONLY"),))
    assert stamped.grade == "hypothesis"
    assert stamped.explain().startswith("Hypothesis: The table")
    assert answer().grade == "firm"
    assert answer(warnings=(caution("SMALL_N"),)).grade == "with caution"


def test_unknown_is_said_with_its_reason():
    told = answer(value=None, reason="nobody was asked", warnings=(caution("ASSUMPTION_ONLY"),)).explain()
    assert told == "The table is unknown: nobody was asked; with care: a hypothesis, no evidence yet."


def test_an_answer_without_value_or_reason_is_refused():
    with pytest.raises(AnalysisError, match="neither a value nor a reason"):
        sealed(answer(value=None))
    with pytest.raises(AnalysisError, match="not a number"):
        sealed(answer(value=math.nan))


def test_strict_refuses_warnings_and_lets_firm_answers_pass():
    assert sealed(answer(), strict=True).value == 0.25
    doubtful = answer(warnings=(caution("SMALL_N", "4 answers"), caution("PEEKING")))
    with pytest.raises(DoubtfulAnswer, match=r"table: 4 answers; .* \[SMALL_N\]; .* \[PEEKING\]; look at it with strict=False") as caught:
        sealed(doubtful, strict=True)
    assert [code for code, _ in caught.value.warnings] == ["SMALL_N", "PEEKING"]
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


def test_one_caution_a_code_leaves():
    cautions = tuple(caution("HIDDEN_GROUPS", f"step {k}") for k in range(1000))
    left = sealed(answer(warnings=cautions)).warnings
    assert len(left) == 1
    assert left[0].text.startswith("step 0, and 999 more like this; ")


def test_the_fingerprint_follows_the_inputs():
    prints = [sealed(answer(), inputs=inputs).inputs_hash for inputs in ((1, 2), (1, 2), (2, 1))]
    assert prints[0] == prints[1] != prints[2]
    assert len(prints[0]) == 16


def test_the_data_are_json_with_everything_in():
    rows = (Row(name="a", share=None, tags=("x", "y")), Row(name="b", share=math.inf, interval=Interval(0, 1)))
    data = answer(rows=rows, missing=10, warnings=(caution("SMALL_N"),)).to_dict()
    again = json.loads(json.dumps(data, allow_nan=False))
    assert again == data
    assert again["analysis"] == "table"
    assert again["rows"][0] == {"name": "a", "share": None, "interval": None, "tags": ["x", "y"]}
    assert again["rows"][1]["share"] == "Infinity"
    assert again["missing_share"] == 0.2
    assert again["warnings"][0]["code"] == "SMALL_N"
    assert again["explanation"].startswith("The table is 0.25")


def test_what_json_cannot_say_is_refused():
    with pytest.raises(AnalysisError, match="a object cannot stand in an answer"):
        answer(rows=(object(),)).to_dict()


def test_rows_are_flat_and_even():
    rows = (Row(name="a", share=None, tags=("x", "y")), Row(name="b", share=0.5, interval=Interval(0, 1)))
    assert answer(rows=rows).to_rows() == [
        {
            "name": "a",
            "share": None,
            "interval_low": None,
            "interval_high": None,
            "interval_level": None,
            "interval_method": None,
            "tags": "x, y",
        },
        {"name": "b", "share": 0.5, "interval_low": 0, "interval_high": 1, "interval_level": 0.95, "interval_method": "", "tags": ""},
    ]
    assert Table(value=1, method="m").to_rows() == []


def test_an_answer_without_a_table_is_one_row():
    (row,) = Result(value=1.5, n=3, method="m", warnings=(caution("SMALL_N"),)).to_rows()
    assert row["value"] == 1.5
    assert row["n"] == 3
    assert row["warnings"] == "SMALL_N"


def test_answers_are_frozen_hashable_and_survive_pickle():
    found = sealed(answer(rows=(Row(name="a", share=1.0),)), inputs=1)
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    with pytest.raises(FrozenInstanceError):
        found.value = 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (15.0, "15"),
        (-1.5, "−1.5"),
        (12345.678, "12,346"),
        (0.00012, "1.2e−04"),
        (math.inf, "infinite"),
        (None, "unknown"),
    ],
)
def test_amounts_have_no_false_precision(value, text):
    assert amount(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.356, "36 %"), (0.0567, "5.7 %"), (0.00567, "0.567 %"), (0.9975, "99.8 %"), (None, "unknown")],
)
def test_shares_are_said_in_per_cent(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(0), "P0D"),
        (timedelta(days=3), "P3D"),
        (timedelta(hours=26, seconds=1.5), "P1DT2H1.5S"),
        (timedelta(minutes=-5), "-PT5M"),
        (timedelta(microseconds=1), "PT0.000001S"),
    ],
)
def test_lengths_of_time_are_iso(length, text):
    assert duration_text(length) == text


def test_times_are_iso_in_data():
    @frozen(kw_only=True)
    class When(Result):
        day: date
        time: datetime
        wait: timedelta

    data = When(value=1, method="m", day=date(2026, 1, 9), time=datetime(2026, 1, 9, 16, tzinfo=UTC), wait=timedelta(days=2)).to_dict()
    assert (data["day"], data["time"], data["wait"]) == ("2026-01-09", "2026-01-09T16:00:00+00:00", "P2D")
