"""What a format cannot hold is told field by field, whether its author thought of it or not."""

import json

import pytest
from hypothesis import given, settings

import journeymap as jm
from journeymap.io.differences import differences
from journeymap.io.texts import available, to_bytes
from journeymap.plugins import FORMATS
from journeymap.testing.strategies import journeys

BOTH_WAYS = [name for name, each in available().items() if (each.loads or each.from_bytes) and (each.dumps or each.to_bytes)]
BIKE = jm.Journey(
    "Buy a bike",
    [
        jm.Stage(
            "Buy",
            [
                jm.Touchpoint("Test ride", channel="Shop", emotion=jm.Emotion(2, label="thrilled"), moment="fmot", extra={"a": "b"}),
                jm.Touchpoint("Pays", pains=[jm.PainPoint("No card"), jm.PainPoint("Queue")]),
            ],
        )
    ],
    transitions=[jm.Transition("test-ride", "pays", probability=0.6)],
)


def names_only(text, source="<text>"):
    name, *steps = text.splitlines()
    return jm.Journey(name, [jm.Stage("All", [jm.Touchpoint(step) for step in steps])])


@pytest.fixture
def formats():
    """Registers formats for a test."""
    added = []

    def add(name, **fields):
        FORMATS.register(name, jm.Format(summary="for a test", suffixes=(f".{name}",), **fields))
        added.append(name)

    yield add
    for name in added:
        FORMATS.unregister(name)


@pytest.fixture
def lines(formats):
    """A format of names alone, which says nothing of losses itself."""
    formats("lines", loads=names_only, dumps=lambda journey: "\n".join([journey.name, *(step.name for step in journey.touchpoints)]))
    return "lines"


def told(before, after):
    return [str(problem) for problem in differences(before, after)]


def test_reading_back_tells_what_is_lost(lines):
    report = jm.losses(BIKE, format=lines)
    assert [str(loss) for loss in report] == [
        "stages[0].name: 'Buy' becomes 'All'",
        "stages[0].id: 'buy' becomes 'all'",
        "stages[0].touchpoints[0].channel: the channel 'shop' is left out",
        "stages[0].touchpoints[0].emotion: the emotion 2.0 is left out",
        "stages[0].touchpoints[0].moment: the moment of truth 'fmot' is left out",
        "stages[0].touchpoints[0].extra.a: 'b' is left out",
        "stages[0].touchpoints[1].pains[0]: the pain point 'no-card' is left out",
        "stages[0].touchpoints[1].pains[1]: the pain point 'queue' is left out",
        "transitions[0]: the transition from 'test-ride' to 'pays' is left out",
    ]
    assert report
    assert len(report) == 9
    assert str(report).splitlines()[:2] == ["lines does not hold all of it: 9 losses", "  stages[0].name: 'Buy' becomes 'All'"]
    assert json.loads(json.dumps(report.to_dict()))["losses"][0] == {"path": "stages[0].name", "message": "'Buy' becomes 'All'"}


def test_nothing_is_lost_in_what_holds_everything(lines):
    for format in ("json", "yaml"):
        report = jm.losses(BIKE, format=format)
        assert not report
        assert str(report) == f"{format} holds all of it"
    assert not jm.losses(jm.Journey("Walk", [jm.Stage("All", [jm.Touchpoint("Walks")])]), format=lines)


def test_losses_are_told_whatever_changes():
    assert told(BIKE, BIKE) == []
    assert told(BIKE, BIKE.move("pays", before="test-ride")) == ["stages[0].touchpoints: these come in another order"]
    assert told(BIKE.replace("pays", id="till"), BIKE)[0] == "stages[0].touchpoints[1].id: 'till' becomes 'pays'"
    assert told(BIKE, BIKE.replace(owner="Shop")) == ["owner: nothing is said; 'Shop' comes in its place"]
    assert told(BIKE, BIKE.with_touchpoint(jm.Touchpoint("Leaves")))[0] == (
        "stages[0].touchpoints[2]: nothing is said; the touchpoint 'leaves' comes in its place"
    )
    assert told(BIKE, BIKE.replace("test-ride", channel=jm.Channel("Our shop", id="shop"))) == [
        "stages[0].touchpoints[0].channel.name: 'Shop' becomes 'Our shop'"
    ]
    assert told(BIKE, BIKE.replace("test-ride", goal=True)) == ["stages[0].touchpoints[0].goal: nothing is said; True comes in its place"]
    one, other = jm.Journey("x", extra={"a": "1", "b": "2"}), jm.Journey("x", extra={"b": "2", "a": "1"})
    assert told(one, other) == ["extra: these come in another order"]


@given(one=journeys(max_stages=1, max_touchpoints=2), other=journeys(max_stages=1, max_touchpoints=2))
@settings(max_examples=30)
def test_differences_are_told_exactly_where_there_are_some(one, other):
    assert told(one, one) == []
    assert bool(told(one, other)) == (repr(one) != repr(other))


def test_many_losses_are_counted(lines):
    big = jm.Journey("x", [jm.Stage("All", [jm.Touchpoint(f"t{i}", notes="n") for i in range(150)])])
    shown = str(jm.losses(big, format=lines)).splitlines()
    assert shown[0] == "lines does not hold all of it: 150 losses"
    assert shown[-1] == "  ... and 50 more"


def test_a_format_that_is_only_written_speaks_for_itself(formats):
    formats("silent", dumps=lambda journey: journey.name)
    formats("honest", dumps=lambda journey: journey.name, losses=lambda journey: [jm.Problem("stages", "only the name is kept")])
    assert [loss.message for loss in jm.losses(BIKE, format="silent")] == [
        "this format can only be written, and does not say what it leaves out"
    ]
    assert str(jm.losses(BIKE, format="honest")) == "honest does not hold all of it: 1 loss\n  stages: only the name is kept"


def test_a_format_that_does_not_read_its_own_is_told_of(formats):
    def refuse(text, source):
        raise jm.DocumentError(source, [jm.Problem("", "no")])

    formats("broken", loads=refuse, dumps=lambda journey: "x")
    with pytest.raises(jm.PluginError, match="the format 'broken' does not read what it writes"):
        jm.losses(BIKE, format="broken")
    formats("odd", loads=lambda text, source: 5, dumps=lambda journey: "x")
    with pytest.raises(jm.PluginError, match="the format 'odd' read a int, not a Journey"):
        jm.loads("x", format="odd")


def test_convert_writes_and_tells(tmp_path, lines):
    jm.write(BIKE, tmp_path / "bike.yaml")
    assert not jm.convert(tmp_path / "bike.yaml", tmp_path / "bike.json")
    assert jm.read(tmp_path / "bike.json") == BIKE
    report = jm.convert(tmp_path / "bike.json", tmp_path / "bike.lines")
    assert len(report) == 9
    assert (tmp_path / "bike.lines").read_text() == "Buy a bike\nTest ride\nPays"
    assert not jm.convert(tmp_path / "bike.lines", tmp_path / "bike.txt", from_format=lines, to_format="yaml")
    atlas = jm.Atlas("Shop", [BIKE])
    jm.write(atlas, tmp_path / "shop.yaml")
    assert not jm.convert(tmp_path / "shop.yaml", tmp_path / "shop.json")
    assert jm.read_atlas(tmp_path / "shop.json") == atlas


@pytest.mark.parametrize("name", BOTH_WAYS)
@given(journey=journeys(max_stages=2, max_touchpoints=2))
@settings(max_examples=5)
def test_every_format_holds_all_of_what_it_gave_back(name, journey):
    again = jm.loads(to_bytes(journey, format=name), format=name)
    assert not jm.losses(again, format=name)
