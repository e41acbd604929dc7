"""The schema of documents: whatever is read without an error is valid, and mistakes that it can see are not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import journeymap as jm
from journeymap.io.codec import tree_of
from journeymap.io.schema import json_schema, schema_text
from journeymap.testing.strategies import atlases, journeys

ROOT = Path(__file__).parents[2]
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def mistakes(text):
    return [error.message for error in VALIDATOR.iter_errors(json.loads(text))]


def documented(node, path=""):
    for name, each in node.get("properties", {}).items():
        yield f"{path}.{name}", each


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_published_file_is_the_schema():
    published = (ROOT / "docs" / "journeymap.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "write it anew: journeymap schema -o docs/journeymap.schema.json"


def test_every_key_is_explained():
    nodes = {**SCHEMA["$defs"], "a journey": SCHEMA["else"], "an atlas": SCHEMA["then"]}
    keys = [found for name, node in nodes.items() if name != "Span" for found in documented(node, name)]
    assert len(keys) > 150
    assert [path for path, node in keys if not node["description"].endswith((".", ")", "?"))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_valid(path):
    assert mistakes(jm.dumps(jm.read(path))) == []


def test_a_rich_journey_is_valid(rich):
    assert mistakes(jm.dumps(rich)) == []


@given(journey=journeys())
def test_every_journey_is_valid(journey):
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(json.dumps(tree_of(journey))))] == []


@given(atlas=atlases(max_journeys=2))
def test_every_atlas_is_valid(atlas):
    assert mistakes(jm.dumps(atlas)) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "x"}',
        '{"journeymap": 1, "name": "x", "status": null, "stages": []}',
        '{"name": "x", "stages": [{"name": "s", "emotion": -1.5, "touchpoints": [{"name": "t", "moment": false, "channel": "Phone"}]}]}',
        '{"name": "x", "updated": "2026-02-28", "review_every": "P90D"}',
        '{"name": "x", "journeys": [{"name": "y"}], "links": []}',
        '{"name": "x", "updated": "2024-02-29", "sources": [{"name": "s", "url": ""}]}',
        '{"name": "x", "updated": "2000-02-29", "sources": [{"name": "s", "url": "HTTPS://example.org/a?b=c#d"}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "links": ["mailto:ann@example.org"]}]}]}',
    ],
)
def test_what_is_read_is_valid(text):
    jm.io.loads_document(text)
    assert mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '"x"',
        '{"name": " "}',
        '{"name": 5}',
        '{"nam": "x"}',
        '{"journeymap": 2, "name": "x"}',
        '{"name": "x", "id": "two words"}',
        '{"name": "x", "kind": "past-state"}',
        '{"name": "x", "updated": "1 March"}',
        '{"name": "x", "updated": "2026-02-29"}',
        '{"name": "x", "updated": "1900-02-29"}',
        '{"name": "x", "updated": "2026-04-31"}',
        '{"name": "x", "updated": "2026-13-01"}',
        '{"name": "x", "updated": "0000-02-29"}',
        '{"name": "x", "sources": [{"name": "s", "url": "ftp://example.org/report.pdf"}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "links": ["ftp://example.org"]}]}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "links": [{"url": ""}]}]}]}',
        '{"name": "x", "review_every": "P1M"}',
        '{"name": "x", "language": "english please"}',
        '{"name": "x", "extra": {"a": 1}}',
        '{"name": "x", "expectations": [""]}',
        '{"name": "x", "stages": {}}',
        '{"name": "x", "stages": [{"name": "s", "emotion": 3}]}',
        '{"name": "x", "stages": [{"name": "s", "emotion": "glad"}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "engagement": 0.5}]}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "goal": "yes"}]}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "moment": "mot"}]}]}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "channel": {"name": "c", "kind": "pigeon"}}]}]}',
        '{"name": "x", "stages": [{"name": "s", "pains": [{"description": "p", "severity": 5}]}]}',
        '{"name": "x", "stages": [{"name": "s", "opportunities": [{"name": "p", "impact": 6}]}]}',
        '{"name": "x", "metrics": [{"name": "m", "n": -1}]}',
        '{"name": "x", "transitions": [{"source": "start"}]}',
        '{"name": "x", "journeys": [{"journeymap": 1, "name": "y"}]}',
        '{"name": "x", "journeys": [], "stages": []}',
        '{"name": "x", "links": [{"source": "a", "target": "b", "kind": "maybe"}]}',
    ],
)
def test_mistakes_are_seen_here_and_there(text):
    assert mistakes(text) != []
    with pytest.raises(jm.DocumentError):
        jm.io.loads_document(text)


@given(st.dates())
def test_every_day_of_the_calendar_is_valid(day):
    assert mistakes(json.dumps({"name": "x", "updated": day.isoformat()})) == []


def test_whoever_changes_what_is_given_changes_no_schema():
    json_schema()["$defs"].clear()
    assert json_schema() == SCHEMA
