"""Nothing in a file is taken for something else: not by the quick reading, and not by the careful one."""

import json

import pytest

from journeymap.errors import DocumentError
from journeymap.io import Limits, dumps, loads
from journeymap.io.codec import document_in

VALUES = [
    None, True, False, 0, 1, 2, 2.5, -1, 2**60, "", "x", "1", "true", "2025-03-01", "P1D", [], ["x"], [1], [None], {}, {"x": "y"}, {"x": 1},
]  # fmt: skip
CAREFUL = Limits(depth=15)


def places(tree, path=()):
    """Where every value of a tree stands."""
    yield path
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def changed(tree, path, value):
    """The tree with another value in that place."""
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = changed(tree[path[0]], path[1:], value)
    return copy


def test_the_quick_reading_takes_nothing_that_the_careful_one_refuses(rich):
    tree = json.loads(dumps(rich))
    taken = 0
    for path in places(tree):
        for value in VALUES:
            document = changed(tree, path, value)
            text = json.dumps(document)
            try:
                quick = document_in(document)
            except Exception:  # noqa: BLE001 - whatever it refuses is read again with care
                continue
            taken += 1
            assert repr(loads(text, limits=CAREFUL)) == repr(quick), (path, value)
    assert taken > 100


@pytest.mark.parametrize("value", ["1", "1.5", "true", "null", "[]", "{}"])
@pytest.mark.parametrize("field", ["name", "id", "organisation", "scenario", "owner", "version", "language", "notes"])
@pytest.mark.parametrize("format", ["json", "yaml"])
def test_text_is_text(format, field, value):
    document = {"name": "x", field: json.loads(value)}
    with pytest.raises(DocumentError) as caught:
        loads(json.dumps(document), format=format)
    [problem] = caught.value.problems
    assert problem.path == f"$.{field}"
    assert "is not text" in problem.message


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("satisfaction", "3", "'3' is not a number; take it out of the quotes"),
        ("satisfaction", True, "true is not a number"),
        ("satisfaction", [3], "a list is not a number"),
        ("emotion", "1", "'1' is not an emotion; give a number from -2 to +2, or a mapping with valence"),
        ("emotion", True, "true is not an emotion; give a number from -2 to +2, or a mapping with valence"),
        ("goal", 1, "1 is not true or false"),
        ("goal", "true", "'true' is not true or false"),
        ("moment", 1, "1 is not a moment of truth; give true, its kind, or a mapping with kind, reason, weight"),
        ("thoughts", "Hm", "'Hm' is not a list; put it in [ ]"),
        ("thoughts", {"Hm": 1}, "a mapping is not a list; put it in [ ]"),
        ("channel", ["Website"], "a list is not a channel; give its name, or a mapping with name"),
        ("extra", ["x"], "a list is not a mapping; put it in { }"),
        ("duration", 3, "3 is not a length of time; write it as P3D or PT1H30M; a mapping of low, mid and high may stand for it"),
        ("duration", "P1Y", "'P1Y' is not a length of time; write weeks, days, hours, minutes and seconds as P2W, P3D, PT1H30M or PT0.5S"),
        ("duration", "P99999999999D", "'P99999999999D' is too long; the longest is 999,999,999 days"),
        ("pains", [None], "null is not a pain point; leave it out"),
        ("notes", None, "null is not text; leave it out"),
    ],
)
def test_a_wrong_type_is_told_in_the_words_of_documents(field, value, message):
    document = {"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", field: value}]}]}
    for format in ("json", "yaml"):
        with pytest.raises(DocumentError) as caught:
            loads(json.dumps(document), format=format)
        assert [problem.message for problem in caught.value.problems] == [message]


@pytest.mark.parametrize(
    "day", ["2025-2-3", "2025-02-30", "20250203", "2025-02-03T00:00", "٢٠٢٥-٠٢-٠٣", " 2025-02-03", "0000-01-01", "2025-W06-1"]
)
def test_a_day_is_written_in_one_way(day):
    with pytest.raises(DocumentError, match=r"\$\.updated: .* is not (a day; write it as YYYY-MM-DD|in the calendar)"):
        loads(json.dumps({"name": "x", "updated": day}))


@pytest.mark.parametrize("null", ["null", "~", ""])
def test_what_may_be_unknown_may_be_null(null):
    assert loads(f"name: x\nupdated: {null}\nstatus: {null}\n", format="yaml") == loads('{"name": "x"}')
