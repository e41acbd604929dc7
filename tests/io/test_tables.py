import copy
import datetime as dt
import pickle

import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.io.tables.layout import TABLES
from journeymap.testing.strategies import journeys

OTHERS = [name for name in TABLES if name != "touchpoints"]


class Capsule:
    """Nothing but the Arrow capsule."""

    def __init__(self, frame):
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema=None):
        return self._frame.__arrow_c_stream__(requested_schema)


def there_and_back(journey, form):
    return jm.from_table(form(jm.table(journey)), tables={name: form(jm.table(journey, name)) for name in OTHERS})


def refused(frame, **options):
    with pytest.raises(jm.DocumentError) as caught:
        jm.from_table(frame, **options)
    return str(caught.value).split("\n")[1:]


FORMS = {
    "tables": lambda table: table,
    "rows": jm.Table.to_rows,
    "columns": lambda table: {name: [row[name] for row in table.to_rows()] for name in table.columns},
    "pandas": jm.Table.to_pandas,
    "polars": jm.Table.to_polars,
    "narwhals": lambda table: nw.from_native(table.to_polars()),
    "arrow": Capsule,
}


@pytest.mark.parametrize("form", FORMS)
def test_tables_hold_all_of_a_journey(form, rich):
    assert there_and_back(rich, FORMS[form]) == rich


@settings(max_examples=40)
@given(journeys())
def test_tables_hold_all_of_every_journey(journey):
    assert there_and_back(journey, FORMS["rows"]) == journey


def test_columns_have_types_even_where_nothing_is_known():
    frame = jm.table(jm.Journey("x"), "metrics").to_polars()
    assert frame.shape[0] == 0
    assert frame.schema["value"] == pl.Float64
    assert frame.schema["n"] == pl.Int64
    assert frame.schema["observed"] == pl.Date
    frame = jm.table(jm.Journey("x", [jm.Stage("s", [jm.Touchpoint("t")])])).to_pandas()
    assert str(frame.dtypes["duration"]) == "timedelta64[us]"
    assert str(frame.dtypes["goal"]) == "boolean"
    assert frame["emotion"].isna().all()


def test_nulls_stay_nulls_and_zero_is_a_number():
    journey = jm.Journey("x", [jm.Stage("s", [jm.Touchpoint("a", emotion=0), jm.Touchpoint("b")])])
    assert jm.table(journey).to_polars()["emotion"].to_list() == [0.0, None]


def test_a_table_says_what_belongs_where(rich):
    rows = jm.table(rich, "pains").to_rows()
    assert [(row["stage"], row["touchpoint"], row["description"]) for row in rows] == [
        ("apply", "uploads-proof-of-income", "Five days of silence")
    ]
    step = jm.table(rich).to_rows()[1]
    assert (step["duration_low"], step["duration"]) == (dt.timedelta(minutes=5), dt.timedelta(hours=1, minutes=30))
    assert repr(jm.table(rich, "evidence")) == "<Table evidence: 2 rows of 6 columns>"


def test_a_table_can_be_sent_to_another_process(rich):
    table = jm.table(rich, "personas")
    again = pickle.loads(pickle.dumps(table))
    assert again == copy.deepcopy(table) == table
    assert hash(again) == hash(table)


def test_there_is_no_such_table(rich):
    with pytest.raises(jm.UnknownName, match="no table 'pain'; did you mean 'pains'"):
        jm.table(rich, "pain")
    with pytest.raises(jm.ModelError, match="is not a Journey"):
        jm.table("rich")
    with pytest.raises(jm.UnknownName, match="no table 'pain'"):
        jm.from_table([], tables={"pain": []})
    with pytest.raises(jm.ModelError, match="tables=3 is not a mapping"):
        jm.from_table([], tables=3)
    with pytest.raises(jm.ModelError, match="columns=3 is not a mapping"):
        jm.from_table([], columns=3)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, list], ids=["pandas", "polars", "rows"])
def test_other_peoples_columns(make):
    rows = [
        {"Phase": "Buy", "What happens": "Pays", "Mood": -1.5, "Team": "Tills", "id2": 7},
        {"Phase": "Use", "What happens": "Rides", "Mood": None, "Team": None, "id2": 8},
    ]
    journey = jm.from_table(make(rows), name="Bike", columns={"What happens": "name", "id2": None})
    assert journey.name == "Bike"
    assert [(step.name, step.emotion, step.owner) for step in journey.touchpoints] == [
        ("Pays", jm.Emotion(-1.5), "Tills"),
        ("Rides", None, ""),
    ]


def test_days_and_lengths_of_other_programs():
    frame = pd.DataFrame({"Name": ["a"], "Date": [pd.Timestamp("2026-03-01")]})
    steps = pd.DataFrame({"Stage": ["s"], "Step": ["t"], "Duration": [pd.Timedelta(minutes=90)], "Goal": [True]})
    journey = jm.from_table(steps, tables={"sources": frame})
    assert journey.sources[0].date == dt.date(2026, 3, 1)
    assert (journey.touchpoints[0].duration, journey.touchpoints[0].goal) == (dt.timedelta(minutes=90), True)


ROW = {"Stage": "Buy", "Step": "Pays"}


@pytest.mark.parametrize(
    ("frame", "problems"),
    [
        ([{**ROW, "Emotion": 7}, {"Step": "x", "Emotion": "1_0"}], ["  row 1, column 'Emotion': 7 is outside -2 to +2; convert other scales with Scale", "  row 2, column 'Emotion': '1_0' is not a number"]),
        ([{**ROW, "Emotion": float("nan")}], ["  row 1, column 'Emotion': nan is not a finite number; leave out what is unknown"]),
        ([{**ROW, "Emotion": float("inf")}], ["  row 1, column 'Emotion': inf is not a finite number; leave out what is unknown"]),
        ([{**ROW, "Emotion": 10**400}], ["  row 1, column 'Emotion': 1000000"]),
        ([{**ROW, "Notes": float("nan")}], ["  row 1, column 'Notes': nan is not a finite number; leave out what is unknown"]),
        ([{**ROW, "Notes": b"x"}], ["  row 1, column 'Notes': b'x' is not text"]),
        ([{**ROW, "Notes": ["x"]}], ["  row 1, column 'Notes': ['x'] is not text"]),
        ([{**ROW, "Notes": "\ud800"}], ["  row 1, column 'Notes': '\\ud800' has the control character U+D800; take it out"]),
        ([{**ROW, "Notes": "x" * 100_001}], ["  row 1, column 'Notes': a text of 100,001 characters is longer than 100,000; shorten it"]),
        ([{**ROW, "Duration": 5}], ["  row 1, column 'Duration': 5 has no unit; write it as 25 min, 2 h or 3 d"]),
        ([{**ROW, "Duration": dt.timedelta(-1)}], ["  row 1, column 'Duration': -1 day, 0:00:00 is negative; a length of time is 0 or more"]),
        ([{**ROW, "Id": "a"}, {"Step": "x", "Id": "a"}], ["  row 2, column 'Id': the touchpoint id 'a' is taken; give this one an id of its own, for example 'a-2'"]),
        ([{**ROW, "Stpe": 1}], ["  column 'Stpe': unknown column 'Stpe'; did you mean 'step'?"]),
        ([{**ROW, "Name": "x"}], ["  column 'Name': the column 'Name' means the same as 'Step'; keep one"]),
        ([5], ["  5, row 1 of touchpoints, is not a mapping of column names to cells"]),
        ({"a": [1], "b": []}, ["  the columns of touchpoints are not of one length"]),
        ({"a": "x"}, ["  'a' of touchpoints is not the name of a column, with a list of cells"]),
        (5, ["  what is given for touchpoints is of the type int; give a dataframe, a list of mappings, or a mapping of columns"]),
        (pd.DataFrame([["a", "b"]], columns=["Name", "Name"]), ["  the column 'Name' of touchpoints stands twice; rename one"]),
        (pd.DataFrame([["a", "b"]]), ["  the columns of touchpoints need names of text; rename them"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_row_and_column(frame, problems):
    found = refused(frame)
    assert len(found) == len(problems)
    assert all(line.startswith(problem) for line, problem in zip(found, problems, strict=True))


def test_times_of_two_clocks_are_not_mixed():
    days = [{"name": "a", "date": dt.datetime(2026, 1, 1)}, {"name": "b", "date": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}]
    assert refused([ROW], tables={"sources": days}) == [
        "  sources, row 2, column 'date': 2026-01-01T00:00:00+00:00 stands beside times without a time zone; give all one, or none"
    ]
    assert refused([ROW], tables={"sources": [{"name": "a", "date": dt.datetime(2026, 1, 1, 9)}]}) == [
        "  sources, row 1, column 'date': 2026-01-01T09:00:00 has a time of day; give the day alone"
    ]


def test_no_more_problems_than_are_wanted_and_no_more_cells():
    assert len(refused([{**ROW, "Emotion": 7}] * 500)) <= 101
    assert refused([ROW] * 100, limits=jm.io.Limits(cells=50)) == ["  there are more than 50 cells; raise the limit if this is meant"]


@pytest.mark.parametrize(
    ("missing", "extra", "call"),
    [("pandas", "pandas", "to_pandas"), ("polars", "polars", "to_polars"), ("nanoarrow", "events", "__arrow_c_stream__")],
)
def test_what_is_not_installed_is_named(missing, extra, call, monkeypatch):
    made = jm.table(jm.Journey("x"))
    monkeypatch.setitem(__import__("sys").modules, missing, None)
    with pytest.raises(jm.MissingExtra, match=rf"needs the extra '{extra}'"):
        getattr(made, call)()
    assert made.to_rows() == []
