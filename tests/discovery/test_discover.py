"""Maps out of logs: what stands on them, what is left out, and that it is said."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.analysis import conversion, funnel
from journeymap.discovery.stages import proposed

DAY = 86_400
PATHS = {
    "site basket pay": 50,
    "ad site basket pay": 30,
    "ad site": 15,
    "site chat basket": 4,
    "oddity site": 1,
}


def log_of(paths=PATHS, **options):
    rows = []
    for way, (path, often) in enumerate(paths.items()):
        for nr in range(often):
            for place, what in enumerate(path.split()):
                channel = "Phone" if what == "chat" else "Web" if nr % 3 else "web"
                rows.append(
                    {"case": f"{way}-{nr}", "activity": what, "time": 1_767_225_600 + place * DAY, "channel": channel, "stars": 4 - nr % 2}
                )
    return jm.EventLog.read(rows, **options)


def ways(journey):
    return {(way.source, way.target): (way.count, way.probability, way.kind) for way in journey.transitions}


def test_everything_that_happens_is_on_the_map():
    journey = jm.discover(log_of(), rare=0, met_by=0)
    assert {step.id for step in journey.touchpoints} == {"ad", "site", "basket", "pay", "chat", "oddity"}
    assert ways(journey) == {
        ("start", "ad"): (45, 0.45, "alternative"),
        ("start", "oddity"): (1, 0.01, "alternative"),
        ("start", "site"): (54, 0.54, "main"),
        ("ad", "site"): (45, 1.0, "main"),
        ("oddity", "site"): (1, 1.0, "main"),
        ("site", "basket"): (80, 0.8, "main"),
        ("site", "chat"): (4, 0.04, "alternative"),
        ("site", "end"): (16, 0.16, "alternative"),
        ("chat", "basket"): (4, 1.0, "main"),
        ("basket", "pay"): (80, 80 / 84, "main"),
        ("basket", "end"): (4, 4 / 84, "alternative"),
        ("pay", "end"): (80, 1.0, "main"),
    }
    assert next(way for way in journey.transitions if way.target == "pay").wait == timedelta(days=1)
    assert conversion(journey.replace("pay", goal=True)).value == pytest.approx(0.8)
    assert funnel(journey, steps=["site", "basket", "pay"]).steps[2].reached == 80


def test_what_is_rare_is_left_out_and_said():
    journey = jm.discover(log_of(), rare=0.2, met_by=0.02)
    assert "oddity" not in {step.id for step in journey.touchpoints}
    assert ways(journey)["start", "site"][:2] == (55, 0.55)  # who began with the oddity begins at the site now
    assert ways(journey)["site", "basket"][:2] == (80, 80 / 84)
    assert ("site", "chat") in ways(journey)  # the only way to the chat stays
    assert ("site", "end") not in ways(journey)
    assert "1 kind of events left out: those that fewer than 2 % of customers meet" in journey.notes
    assert "2 ways left out, with 20 transitions: at each touchpoint the rarest, which together make up at most 20 %" in journey.notes
    assert len(jm.discover(log_of(), most=2).touchpoints) == 2


def test_the_log_is_the_evidence():
    journey = jm.discover(log_of(), name="Shop")
    (source,) = journey.sources
    assert (journey.name, source.name, source.n, source.kind, source.solicited) == ("Shop", "<list>", 100, "observation", False)
    assert str(source.date) == "2026-01-04"
    for step in journey.touchpoints:
        assert [item.source for item in step.evidence] == ["event-log"]
        assert step.metrics[0].value == step.metrics[0].n


def test_channels_and_scores():
    journey = jm.discover(log_of(score="stars"), scale=jm.Scale(1, 5))
    found = {step.id: step for step in journey.touchpoints}
    assert (found["chat"].channel.name, found["pay"].channel.name) == ("Phone", "Web")
    assert found["pay"].emotion.valence == pytest.approx(0.5)
    assert found["pay"].emotion.n == 80
    assert jm.discover(log_of()).touchpoints[0].emotion is None
    with pytest.raises(jm.ScaleMismatch, match="scores at '.*' go from 3 to 4, and the scale from -2 to 2"):
        jm.discover(log_of(score="stars"))
    with pytest.raises(jm.ScaleMismatch, match="the scale has words"):
        jm.discover(log_of(score="stars"), scale=jm.Scale.words("bad", "good"))
    with pytest.raises(jm.AnalysisError, match="the log has no score"):
        jm.discover(log_of(), scale=jm.Scale(1, 5))


def test_stages_that_are_given():
    plan = {"Look": ["ad", "oddity", "site"], "Ask": ["chat"], "Buy": ["basket", "pay"]}
    journey = jm.discover(log_of(), stages=plan, goal="pay", met_by=0.02)
    assert [(stage.name, [step.id for step in stage.touchpoints]) for stage in journey.stages] == [
        ("Look", ["ad", "site"]),
        ("Ask", ["chat"]),
        ("Buy", ["basket", "pay"]),
    ]
    assert [step.id for step in journey.touchpoints if step.goal] == ["pay"]
    assert "proposal" not in journey.notes
    with pytest.raises(jm.AnalysisError) as told:
        jm.discover(log_of(), stages={"Look": ["ad", "sit"], "Buy": ["ad", "pay"]})
    for wrong in ("nobody ever did 'sit'", "'ad' stands in 'Look' and in 'Buy'", "'basket' is in no stage", "'site' is in no stage"):
        assert wrong in str(told.value)


def test_stages_that_are_proposed_say_so():
    journey = jm.discover(log_of(), met_by=0)
    assert all(stage.notes.startswith("Proposed from the order in time") for stage in journey.stages)
    assert "The stages are a proposal" in journey.notes
    assert proposed({"a": 0.0, "b": 0.05, "c": 0.4, "d": 0.95, "e": 1.0}) == [("From a", ["a", "b", "c"]), ("From d", ["d", "e"])]
    assert proposed({"a": 0.5, "b": 0.5}) == [("From a", ["a", "b"])]


def test_names_that_the_model_knows_already():
    log = jm.EventLog.read([("anna", what, nr) for nr, what in enumerate(["start", "Start!", "end", "!", "a\nb", "x" * 500])])
    journey = jm.discover(log)
    assert len({step.id for step in journey.touchpoints} - {"start", "end"}) == 6
    assert jm.loads(jm.dumps(journey, format="yaml"), format="yaml") == journey


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rare": 2}, "rare"),
        ({"met_by": -1}, "met_by"),
        ({"most": 0}, "most=0 is no number"),
        ({"goal": "pya"}, "nobody ever did 'pya'; did you mean 'pay'"),
        ({"stages": {"Look": "ad"}}, "stages is a mapping"),
    ],
)
def test_options_that_make_no_sense(options, words):
    with pytest.raises(jm.AnalysisError, match=words):
        jm.discover(log_of(), **options)


def test_nothing_can_be_made_of_nothing():
    with pytest.raises(jm.NotEnoughData, match="the log has no events"):
        jm.discover(jm.EventLog.read([]))
    with pytest.raises(jm.AnalysisError, match="is no EventLog"):
        jm.discover([("anna", "ad", 5)])


@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("uvwxyz"), st.integers(0, 9)), min_size=1), st.sampled_from([0, 0.2, 0.6, 1])
)
def test_shares_add_up_and_every_touchpoint_is_reached(events, rare):
    journey = jm.discover(jm.EventLog.read(events), rare=rare)
    leaving = {}
    for way in journey.transitions:
        leaving[way.source] = leaving.get(way.source, 0) + way.probability
    assert leaving == pytest.approx(dict.fromkeys(leaving, 1.0))
    assert {way.target for way in journey.transitions if way.source != way.target} >= {step.id for step in journey.touchpoints}
    assert len(jm.render(journey, "flow").to("svg")) > 0
