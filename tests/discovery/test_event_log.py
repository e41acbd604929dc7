"""Where logs come from, what their columns mean, and what is told of events that are wrong."""

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pandas as pd
import polars as pl
import pytest

import journeymap as jm

ROWS = [
    ("anna", "ad", "2026-03-01T10:00:00"),
    ("ben", "site", "2026-03-01T10:00:00"),
    ("anna", "site", "2026-03-01T12:30:00"),
    ("anna", "buy", "2026-03-03T12:30:00"),
]
NAMED = [{"customer_id": case, "event": what, "timestamp": when} for case, what, when in ROWS]
EXPECTED = [("ad", "site", 1, timedelta(hours=2.5)), ("site", "buy", 1, timedelta(days=2))]


def csv(separator=","):
    return "\n".join(separator.join(row) for row in [("customer_id", "event", "timestamp"), *ROWS])


def moves(log):
    return [(move.source, move.target, move.count, move.median_wait) for move in log.transitions().moves]


def frame():
    return pl.DataFrame(NAMED).with_columns(pl.col("timestamp").str.to_datetime())


def written(folder, kind):
    place = folder / f"it's [a] log{kind}"
    match kind:
        case ".parquet":
            frame().write_parquet(place)
        case ".csv" | ".tsv":
            place.write_text(csv("\t" if kind == ".tsv" else ","), encoding="utf-8")
        case ".csv.gz":
            place.write_bytes(gzip.compress(csv().encode()))
        case ".jsonl":
            place.write_text("\n".join(map(json.dumps, NAMED)), encoding="utf-8")
        case ".jsonl.gz":
            place.write_bytes(gzip.compress("\n".join(map(json.dumps, NAMED)).encode()))
    return place


@pytest.mark.parametrize("kind", [".parquet", ".csv", ".tsv", ".csv.gz", ".jsonl", ".jsonl.gz"])
def test_files(tmp_path, kind):
    place = written(tmp_path, kind)
    log = jm.EventLog.read(place)
    assert moves(log) == EXPECTED
    assert log.name == place.name
    assert log.columns == {"case": "customer_id", "activity": "event", "timestamp": "timestamp"}
    assert log.notes == ("times without a zone are taken as UTC",)


@pytest.mark.parametrize(
    "source",
    [
        ROWS,
        NAMED,
        iter(ROWS),
        [(case, what, datetime.fromisoformat(when)) for case, what, when in ROWS],
        frame(),
        pd.DataFrame(NAMED),
        pd.DataFrame(NAMED).assign(timestamp=lambda table: pd.to_datetime(table["timestamp"])),
    ],
    ids=["tuples", "mappings", "iterator", "datetimes", "polars", "pandas", "pandas-times"],
)
def test_frames_and_rows(source):
    assert moves(jm.EventLog.read(source)) == EXPECTED


def test_a_duckdb_relation():
    with duckdb.connect() as connection:
        relation = connection.sql(f"SELECT * FROM (VALUES {', '.join(map(str, ROWS))}) AS t(customer_id, event, timestamp)")
        assert moves(jm.EventLog.read(relation)) == EXPECTED


def test_many_files_are_one_log_in_their_order(tmp_path):
    for number, row in enumerate([("anna", "b", 0), ("anna", "a", 0), ("anna", "c", 0)]):
        pl.DataFrame([row], schema=["case", "activity", "time"], orient="row").write_parquet(tmp_path / f"{number}.parquet")
    for source in (str(tmp_path / "*.parquet"), sorted(tmp_path.iterdir())):
        log = jm.EventLog.read(source)
        assert log.variants().variants[0].steps == ("b", "a", "c")
    assert log.name == "0.parquet and 2 more"


def test_columns_are_named_where_they_have_no_usual_name():
    rows = [{"who": "anna", 'a "b"; DROP TABLE events; --': "ad", "Wann?": "2026-03-01"}]
    log = jm.EventLog.read(rows, case="who", activity='a "b"; DROP TABLE events; --', timestamp="Wann?")
    assert (log.activities, log.events) == (("ad",), 1)
    with pytest.raises(jm.DocumentError) as told:
        jm.EventLog.read(rows, case="woh")
    assert [problem.path for problem in told.value.problems] == ["case", "activity", "timestamp"]
    assert "there is no column 'woh'; did you mean 'who'?; the columns are 'who'" in str(told.value)
    assert "no column has a usual name for it; name one with timestamp=" in str(told.value)


@pytest.mark.parametrize("name", ["row", "Row", "nr", "us", "at", "counts", "rowid", "source", "case", "select"])
def test_columns_may_have_any_name(tmp_path, name):
    rows = [{name: case, "what": what, "when": when} for case, what, when in ROWS]
    place = tmp_path / "log.parquet"
    pl.DataFrame(rows).write_parquet(place)
    for source in (rows, place):
        assert [move[:3] for move in moves(jm.EventLog.read(source, case=name, activity="what", timestamp="when"))] == [
            ("ad", "site", 1),
            ("site", "buy", 1),
        ]


def test_hostile_names_are_data():
    names = ["'; DROP TABLE activities; --", '"', "ä\u202eß\n", "{0}", "%s", "a" * 5000]
    events = [("x' OR '1'='1", name, f"2026-03-0{day}") for day, name in enumerate(names, 1)]
    log = jm.EventLog.read(events)
    assert set(log.activities) == set(names)
    assert log.funnel(names[:4]).steps[-1].reached == 1
    assert log.transitions(only=names[:3]).visits == dict.fromkeys(sorted(names[:3]), 1)
    assert log.variants().variants[0].steps == tuple(names)


def test_zones():
    rome = [("anna", "ad", "2026-03-28T12:00"), ("anna", "site", "2026-03-29T12:00")]  # the clock changes in between
    assert moves(jm.EventLog.read(rome, tz="Europe/Rome"))[0][3] == timedelta(hours=23)
    assert moves(jm.EventLog.read(rome))[0][3] == timedelta(hours=24)
    east = timezone(timedelta(hours=5))
    mixed = [("anna", "ad", datetime(2026, 3, 1, 12, tzinfo=UTC)), ("anna", "site", datetime(2026, 3, 1, 18, tzinfo=east))]
    log = jm.EventLog.read(mixed)
    assert (moves(log)[0][3], log.notes) == (timedelta(hours=1), ())
    with pytest.raises(jm.ScaleMismatch, match="1 times of the column 'timestamp' have a time zone and 1 have none"):
        jm.EventLog.read([("anna", "ad", "2026-03-01T12:00"), ("anna", "site", "2026-03-01T12:00+01:00")])
    with pytest.raises(jm.AnalysisError, match="'Mars' is no time zone"):
        jm.EventLog.read(rome, tz="Mars")


@pytest.mark.parametrize(
    ("number", "word"), [(1.7e9, "seconds"), (1.7e12, "milliseconds"), (1.7e15, "microseconds"), (1.7e18, "nanoseconds")]
)
def test_times_as_numbers(number, word):
    for when in (number, str(int(number))):
        log = jm.EventLog.read([("anna", "ad", when)])
        assert log.notes == (f"times are numbers, taken as {word} since 1970 in UTC",)
        assert log.quality().first == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_other_ways_to_write_a_time():
    rows = [("anna", "ad", "01.03.2026 10:00"), ("anna", "site", "02.03.2026 10:00")]
    assert moves(jm.EventLog.read(rows, time_format="%d.%m.%Y %H:%M")) == [("ad", "site", 1, timedelta(days=1))]
    with pytest.raises(jm.DocumentError, match=r"'01.03.2026 10:00' in the column 'timestamp' is no time in ISO 8601"):
        jm.EventLog.read(rows)


def test_what_is_left_out_is_counted_with_its_rule():
    rows = [
        *ROWS,
        (None, "ad", "2026-03-01"),
        ("", "ad", "2026-03-01"),
        ("anna", None, "2026-03-01"),
        ("ben", "ad", "yesterday"),
        ("ben", "x", None),
    ]
    quality = jm.EventLog.read(rows).quality()
    assert (quality.rows, quality.events, quality.cases, quality.missing) == (9, 4, 2, 5)
    assert quality.value == 4 / 9
    assert {finding.what: (finding.count, finding.of, finding.rule) for finding in quality.findings if finding.count} == {
        "rows without a case": (2, 9, "they are left out"),
        "rows without an activity": (1, 9, "they are left out"),
        "rows without a time that can be read": (2, 9, "they are left out"),
    }
    assert str(quality).startswith("44 % of the rows count: 4 events of 2 customers")


def test_of_a_lifecycle_what_is_complete_counts():
    rows = [
        {"case": "anna", "activity": "call", "time": f"2026-03-01T10:0{minute}", "lifecycle:transition": state}
        for minute, state in enumerate(["schedule", "start", "COMPLETE"])
    ]
    log = jm.EventLog.read(rows)
    assert (log.events, log.notes[1]) == (1, "of events with a lifecycle (lifecycle:transition) those count that are complete")
    assert next(f.count for f in log.quality().findings if "lifecycle" in f.what) == 2
    assert jm.EventLog.read(rows, lifecycle=False).events == 3
    assert jm.EventLog.read(rows[:2]).events == 2  # nothing is complete: then all count


def test_an_empty_log_has_no_answers_but_reasons():
    for empty in ([], pl.DataFrame(schema={"case": pl.String, "activity": pl.String, "time": pl.Datetime})):
        log = jm.EventLog.read(empty)
        for answer in (log.quality(), log.transitions(), log.touchpoints(), log.variants(), log.funnel(["ad", "buy"])):
            assert answer.value is None
            assert answer.reason
        assert log.funnel(["ad", "buy"], closed=False).steps[1].reached == 0


def test_far_times_and_fine_ones_are_exact():
    far = [("anna", "ad", "0001-01-01"), ("anna", "site", "9999-12-31T23:59:59.999999"), ("anna", "buy", "9999-12-31T23:59:59.999999")]
    log = jm.EventLog.read(far)
    assert log.order.width == "HUGEINT"
    assert [move.mean_wait for move in log.transitions().moves] == [
        datetime(9999, 12, 31, 23, 59, 59, 999999) - datetime(1, 1, 1),
        timedelta(0),
    ]
    assert log.funnel(["ad", "site", "buy"], window=timedelta(days=1)).steps[1].reached == 0


def test_more_activities_than_a_map_can_hold():
    log = jm.EventLog.read([("anna", f"step {number}", number) for number in range(10_000)])
    assert len(log.activities) == 10_000
    assert log.transitions().matrix.n_transitions == 10_001


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("nowhere.parquet", jm.FileError, "there is no such file"),
        ("http://example.org/log.parquet", jm.FileError, "there is no such file"),
        (".", jm.FileError, "is a folder"),
        (None, jm.AnalysisError, "is no event log"),
        ({"a": 1}, jm.AnalysisError, "is no event log"),
        (object(), jm.AnalysisError, "of the type object and no event log"),
        ([("anna", "ad")], jm.AnalysisError, "row 1"),
        ([5], jm.AnalysisError, "row 1: 5 is neither"),
    ],
)
def test_what_is_no_log(source, error, words):
    with pytest.raises(error, match=words):
        jm.EventLog.read(source)


def test_files_that_are_not_what_their_name_says(tmp_path):
    for kind in (".parquet", ".csv.gz", ".xes", ".xes.gz"):
        place = tmp_path / f"broken{kind}"
        place.write_bytes(b"\x00\x01 this is no log \xff")
        with pytest.raises(jm.DocumentError, match="broken"):
            jm.EventLog.read(place)
    other = tmp_path / "notes.txt"
    other.write_text("hello")
    with pytest.raises(jm.FileError, match="is of no kind that is read"):
        jm.EventLog.read(other)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"memory": "lots"}, "memory: 'lots' is no size"),
        ({"disk": 5}, "disk: 5 is no size"),
        ({"threads": 0}, "threads: 0 is no number of threads"),
        ({"time_format": "%Y"}, "time_format: the column 'timestamp' holds bigint, not text"),
    ],
)
def test_options_that_make_no_sense(options, words):
    with pytest.raises(jm.AnalysisError, match=words):
        jm.EventLog.read([("anna", "ad", 5)], **options)


def test_questions_that_make_no_sense():
    log = jm.EventLog.read(ROWS)
    with pytest.raises(jm.AnalysisError, match="nobody ever did 'sit'; did you mean 'site'?"):
        log.funnel(["ad", "sit"])
    with pytest.raises(jm.AnalysisError, match="'ad' is one name"):
        log.transitions(only="ad")
    with pytest.raises(jm.AnalysisError, match="top=0 is no number"):
        log.variants(top=0)
    with pytest.raises(jm.AnalysisError, match="window=5 is no length of time"):
        log.funnel(["ad"], window=5)


def test_numbers_are_told_by_their_column():
    with pytest.raises(jm.DocumentError, match="score: the column 'day' holds date, no numbers"):
        jm.EventLog.read(frame().with_columns(day=pl.col("timestamp").dt.date()), score="day")


def test_nothing_is_left_behind_on_disk():
    log = jm.EventLog.read(ROWS)
    folder = log.order.engine.folder
    assert folder.exists()
    del log
    assert not folder.exists()
