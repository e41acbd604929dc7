"""Nothing in a file is taken for something else: not by the quick reading, and not by the careful one."""

import json

import pytest

from journeymap.errors import DocumentError
from journeymap.io import Limits, dumps, loads
from journeymap.io.codec import journey_in

VALUES = [None, True, False, 0, 1, 2, 2.5, -1, 2**60, "", "x", "1", "true", "null", "2025-03-01", "P1D", [], ["x"], [1], [None], [[]], {}, {"x": "y"}, {"x": 1}]
CAREFUL = Limits(depth=15)


def places(tree, path=()):
    """Where every value of a tree stands."""
    yield path
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def changed(tree, path, value):
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
                quick = journey_in(document)
            except Exception:  # noqa: BLE001, S112 - whatever it refuses is read again with care
                continue
            taken += 1
            assert repr(loads(text, limits=CAREFUL)) == repr(quick), (path, value)
    assert taken > 100


TEXT_FIELDS = ["name", "id", "organisation", "scenario", "owner", "version", "language", "notes"]


@pytest.mark.parametrize("value", ["1", "1.5", "true", "null", "[]", "{}"])
@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_text_is_text(field, value):
    with pytest.raises(DocumentError) as caught:
        loads('{"name": "x", "%s": %s}' % (field, value) if field != "name" else '{"name": %s}' % value)
    [problem] = caught.value.problems
    assert problem.path == f"$.{field}"
    assert "is not text" in problem.message


@pytest.mark.parametrize("value", ['"1"', "true", '"x"', "[]", "{}"])
def test_numbers_are_numbers(value):
    with pytest.raises(DocumentError, match=r"emotion: .* is not an emotion; give a number from -2 to \+2"):
        loads('{"name": "x", "stages": [{"name": "s", "emotion": %s}]}' % value.replace("{}", '"{}"'))
