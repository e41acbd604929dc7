"""Older documents are read as the present form has them; newer ones are refused with a remedy."""

import pytest

import journeymap as jm
from journeymap.io.migrate import STEPS, can_migrate, migrated


def steps_were_moments(tree):
    """A step of a form that never was: stages held `moments`, and `title` was the name."""
    stages = [{("touchpoints" if key == "moments" else key): value for key, value in stage.items()} for stage in tree.get("stages", [])]
    return {"name": tree["title"], **{key: value for key, value in tree.items() if key != "title"}, "stages": stages}


@pytest.fixture
def _old_form(monkeypatch):
    monkeypatch.setitem(STEPS, 0, steps_were_moments)


OLD_YAML = "journeymap: 0\ntitle: Buy\nstages:\n  - name: Pay\n    moments:\n      - name: Pays\n        emotion: -1\n"
OLD_JSON = '{"journeymap": 0, "title": "Buy", "stages": [{"name": "Pay", "moments": [{"name": "Pays", "emotion": -1}]}]}'


@pytest.mark.usefixtures("_old_form")
@pytest.mark.parametrize(("format", "text"), [("yaml", OLD_YAML), ("json", OLD_JSON)])
def test_an_older_document_is_read_and_written_anew(format, text):
    journey = jm.loads(text, format=format)
    assert journey == jm.Journey("Buy", [jm.Stage("Pay", [jm.Touchpoint("Pays", emotion=-1)])])
    assert jm.loads(jm.dumps(journey, format=format), format=format) == journey


@pytest.mark.usefixtures("_old_form")
def test_what_is_wrong_in_it_is_told_near_its_line():
    with pytest.raises(jm.DocumentError) as caught:
        jm.loads(OLD_YAML.replace("emotion: -1", "emotion: 7").replace("title: Buy", "title: 5"), format="yaml")
    assert [(problem.line, problem.path) for problem in caught.value.problems] == [
        (1, "$.name"),
        (4, "$.stages[0].touchpoints[0].emotion"),
    ]
    with pytest.raises(jm.DocumentError, match="the anchor &a is not read"):
        jm.loads(OLD_YAML.replace("Buy", "&a Buy"), format="yaml")


def test_steps_follow_one_another():
    steps = {-1: lambda tree: {**tree, "one": 1}, 0: lambda tree: {**tree, "two": tree["one"] + 1}}
    assert can_migrate(-1, steps)
    assert not can_migrate(-2, steps)
    assert not can_migrate(1, steps)
    assert migrated({}, -1, steps) == {"one": 1, "two": 2}


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("2", "2 is not 1, the version of the form that is read here; update journeymap to read it"),
        ("0", "0 is not 1, the version of the form that is read here; write 1"),
        ("'1'", "'1' is not 1, the version of the form that is read here; write 1"),
        ("true", "true is not 1, the version of the form that is read here; write 1"),
    ],
)
def test_other_versions_are_refused_with_a_remedy(version, message):
    with pytest.raises(jm.DocumentError) as caught:
        jm.loads(f"journeymap: {version}\nname: Buy\n", format="yaml")
    assert [problem.message for problem in caught.value.problems] == [message]
