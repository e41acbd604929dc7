"""How values look in a file: the short form where it says all, the long one where it does not; both are read."""

import json
import re
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from journeymap.io import dumps, loads
from journeymap.io.times import as_duration, duration_text
from journeymap.model import (
    Channel,
    Emotion,
    Evidence,
    Journey,
    Link,
    Metric,
    MomentOfTruth,
    Opportunity,
    Range,
    Scale,
    Source,
    Span,
    Stage,
    Touchpoint,
    Transition,
)
from journeymap.testing.strategies import texts

_OLD_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?")
"""Read as a day by YAML 1.1, and meant as one wherever a journey has such a text; here it is text."""

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def written(touchpoint):
    return json.loads(dumps(Journey("x", [Stage("s", [touchpoint])], sources=[Source("survey")])))["stages"][0]["touchpoints"][0]


def read(**fields):
    document = {"name": "x", "sources": [{"name": "survey"}], "stages": [{"name": "s", "touchpoints": [{"name": "t", **fields}]}]}
    return loads(json.dumps(document)).touchpoints[0]


@pytest.mark.parametrize(
    ("field", "value", "form"),
    [
        ("channel", Channel("Mobile app"), "Mobile app"),
        ("channel", Channel("Mobile app", id="app"), {"name": "Mobile app", "id": "app", "kind": "app"}),
        ("channel", Channel("Mobile app", kind="chat"), {"name": "Mobile app", "id": "mobile-app", "kind": "chat"}),
        ("emotion", Emotion(-2), -2),
        ("emotion", Emotion(0.5), 0.5),
        ("emotion", Emotion(1, label="glad"), {"valence": 1, "label": "glad"}),
        ("evidence", (Evidence("survey"),), ["survey"]),
        ("evidence", (Evidence("survey", score=-1),), [{"source": "survey", "score": -1}]),
        ("links", (Link("https://a.example"),), ["https://a.example"]),
        ("links", (Link("https://a.example", name="A"),), [{"url": "https://a.example", "name": "A"}]),
        ("moment", MomentOfTruth(), True),
        ("moment", MomentOfTruth("zmot"), "zmot"),
        ("moment", MomentOfTruth("zmot", weight=2), {"kind": "zmot", "weight": 2}),
        ("moment", MomentOfTruth(reason="The last one"), {"reason": "The last one"}),
        ("duration", timedelta(0), "PT0S"),
        ("duration", 3 * DAY, "P3D"),
        ("duration", timedelta(hours=1, minutes=30), "PT1H30M"),
        ("duration", timedelta(days=400, seconds=1, microseconds=250_000), "P400DT1.25S"),
        ("duration", Span(HOUR, 2 * HOUR, DAY), {"low": "PT1H", "mid": "PT2H", "high": "P1D"}),
        ("extra", {"a": "b"}, {"a": "b"}),
        ("engagement", 3.0, 3),
    ],
)
def test_short_and_long_forms(field, value, form):
    touchpoint = Touchpoint("t", **{field: value})
    assert written(touchpoint)[field] == form
    assert type(written(touchpoint)[field]) is type(form)
    assert repr(read(**{field: form})) == repr(touchpoint)


@pytest.mark.parametrize(
    ("field", "short", "long"),
    [
        ("channel", "Website", {"name": "Website"}),
        ("emotion", 1, {"valence": 1.0}),
        ("evidence", ["survey"], [{"source": "survey", "weight": 100}]),
        ("links", ["https://a.example"], [{"url": "https://a.example"}]),
        ("moment", True, {}),
        ("moment", "fmot", {"kind": "fmot"}),
        ("duration", "P1W", "PT168H"),
        ("duration", "PT90M", "PT1H30M0.000S"),
    ],
)
def test_both_forms_are_read(field, short, long):
    assert repr(read(**{field: short})) == repr(read(**{field: long}))


def test_false_is_no_moment_of_truth():
    assert read(moment=False).moment is None


@pytest.mark.parametrize(
    ("scale", "form"),
    [
        (Scale(), None),
        (Scale(1, 5), {"low": 1, "high": 5}),
        (Scale(-2, 5), {"low": -2, "high": 5}),
        (Scale(0.5, 2), {"low": 0.5, "high": 2}),
        (Scale.words("bad", "good"), {"labels": ["bad", "good"]}),
    ],
)
def test_scales(scale, form):
    text = dumps(Journey("x", scale=scale))
    assert json.loads(text).get("scale") == form
    assert loads(text).scale == scale


def test_numbers_are_as_short_as_they_may_be():
    values = [1.0, -0.0, 2.0**53, 1e16, 1e300, 0.1, 1e-9]
    journey = Journey("x", metrics=[Metric(f"m{i}", value=value) for i, value in enumerate(values)])
    for format in ("json", "yaml"):
        again = loads(dumps(journey, format=format), format=format)
        assert [metric.value for metric in again.metrics] == values
    assert [item["value"] for item in json.loads(dumps(journey))["metrics"]] == [1, 0, 2**53, 1e16, 1e300, 0.1, 1e-9]
    assert "value: 1.0e+16\n" in dumps(journey, format="yaml"), "readers of YAML 1.1 know no 1e16"


def test_the_order_is_the_models_and_defaults_are_left_out():
    journey = Journey(
        "Buy a bike",
        [Stage("Buy", [Touchpoint("Pays", emotion=-1)], goal="Own it")],
        notes="n",
        updated=date(2025, 3, 1),
        opportunities=[Opportunity("Tracker", impact=Range(1, 2, 3))],
        transitions=[Transition("start", "pays", count=3)],
    )
    assert dumps(journey, format="yaml") == (
        "journeymap: 1\n"
        "name: Buy a bike\n"
        "id: buy-a-bike\n"
        "updated: 2025-03-01\n"
        "stages:\n"
        "  - name: Buy\n"
        "    id: buy\n"
        "    goal: Own it\n"
        "    touchpoints:\n"
        "      - name: Pays\n"
        "        id: pays\n"
        "        emotion: -1\n"
        "opportunities:\n"
        "  - name: Tracker\n"
        "    id: tracker\n"
        "    impact:\n"
        "      low: 1\n"
        "      mid: 2\n"
        "      high: 3\n"
        "transitions:\n"
        "  - source: start\n"
        "    target: pays\n"
        "    count: 3\n"
        "notes: n\n"
    ).replace("notes: n\n", 'notes: "n"\n')
    assert list(json.loads(dumps(journey))) == [
        "journeymap", "name", "id", "updated", "stages", "opportunities", "transitions", "notes",
    ]  # fmt: skip


@given(st.timedeltas(timedelta(0)))
def test_every_length_of_time_comes_back_exactly(length):
    assert as_duration(duration_text(length)) == length


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain words, and 24/7: no", '"plain words, and 24/7: no"'),
        ("plain words, and (24/7) [ok] {ok} & 'ok'", "plain words, and (24/7) [ok] {ok} & 'ok'"),
        ("C:\\maps#1", "C:\\maps#1"),
        ("yes", '"yes"'),
        ("Off", '"Off"'),
        ("~", '"~"'),
        ("", None),
        ("1_000", '"1_000"'),
        ("0x1F", '"0x1F"'),
        ("12:30:45", '"12:30:45"'),
        (".inf", '".inf"'),
        ("<<", '"<<"'),
        ("2025-03-01", "2025-03-01"),
        ("- item", '"- item"'),
        ("a #b", '"a #b"'),
        ('"quoted" and #', "'\"quoted\" and #'"),
        ('\'tis "odd" #', "'''tis \"odd\" #'"),
        ("tab\there", '"tab\\there"'),
        ("Ünïcode 日本 👩‍👩‍👧", "Ünïcode 日本 👩‍👩‍👧"),
        ("two\nlines", "|-\n  two\n  lines"),
        ("two\n\n  lines\n", "|\n  two\n\n    lines"),
        ("ends \nin space", '"ends \\nin space"'),
        (" begins\nin space", '" begins\\nin space"'),
        ("ends\n\n", '"ends\\n\\n"'),
    ],
)
def test_yaml_is_plain_where_that_is_safe(text, line):
    written = dumps(Journey("x", notes=text), format="yaml").removeprefix("journeymap: 1\nname: x\nid: x\n")
    assert written == ("" if line is None else f"notes: {line}\n")
    assert loads("name: x\n" + written, format="yaml").notes == text


@given(texts())
def test_readers_of_older_yaml_read_the_same_text(text):
    assume(not _OLD_DAY.fullmatch(text))
    journey = Journey("x", notes=text, expectations=[f"{text}."], extra={text: text})
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        old = yaml.load(dumps(journey, format="yaml"), loader)
        assert old.get("notes", "") == text
        assert old["extra"] == {text: text}
        assert old["expectations"] == [f"{text}."]
