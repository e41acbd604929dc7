"""What has to hold between the parts of a journey, and how all that does not is told at once."""

import time

import pytest

from journeymap.errors import ModelError, Problem
from journeymap.model import (
    Activity,
    Channel,
    Evidence,
    Journey,
    Metric,
    Opportunity,
    PainPoint,
    Persona,
    Source,
    Stage,
    Touchpoint,
    Transition,
)


def problems_of(*args, **fields) -> dict[str, str]:
    with pytest.raises(ModelError) as told:
        Journey("Buy a bike", *args, **fields)
    return {problem.path: problem.message for problem in told.value.problems}


def steps(*touchpoints: Touchpoint) -> list[Stage]:
    return [Stage("Buy", touchpoints)]


def test_one_id_may_serve_several_classes():
    journey = Journey("pay", [Stage("pay", [Touchpoint("pay", pains=[PainPoint("pay")], activities=[Activity("pay", layer="support")])])])
    assert (journey.id, journey.stages[0].id, journey.touchpoints[0].id) == ("pay", "pay", "pay")


def test_every_clash_is_told_with_a_free_id():
    found = problems_of(
        [
            Stage("Buy", [Touchpoint("Pays", pains=[PainPoint("Slow")]), Touchpoint("Pays"), Touchpoint("pays!")]),
            Stage("Buy", pains=[PainPoint("slow")]),
        ],
        personas=[Persona("Maya"), Persona("maya")],
        metrics=[Metric("NPS"), Metric("nps")],
        sources=[Source("Survey"), Source("survey")],
    )
    assert found == {
        "personas[1].id": "the persona id 'maya' is taken; give this one an id of its own, for example 'maya-2'",
        "metrics[1].id": "the metric id 'nps' is taken; give this one an id of its own, for example 'nps-2'",
        "sources[1].id": "the source id 'survey' is taken; give this one an id of its own, for example 'survey-2'",
        "stages[0].touchpoints[1].id": "the touchpoint id 'pays' is taken; give this one an id of its own, for example 'pays-2'",
        "stages[0].touchpoints[2].id": "the touchpoint id 'pays' is taken; give this one an id of its own, for example 'pays-2'",
        "stages[1].id": "the stage id 'buy' is taken; give this one an id of its own, for example 'buy-2'",
        "stages[1].pains[0].id": "the pain point id 'slow' is taken; give this one an id of its own, for example 'slow-2'",
    }


def test_every_reference_to_nothing_is_told():
    claim = [Evidence("survy")]
    found = problems_of(
        [
            Stage(
                "Buy",
                [
                    Touchpoint(
                        "Pays",
                        personas=["mayaa"],
                        emotions={"jo": 1},
                        evidence=claim,
                        pains=[PainPoint("Slow", persona="jo", evidence=claim)],
                        opportunities=[Opportunity("Faster", addresses=["slwo", "slow"], requires=["plan"], evidence=claim)],
                        metrics=[Metric("NPS", evidence=claim)],
                    )
                ],
                evidence=claim,
            )
        ],
        personas=[Persona("Maya", evidence=claim)],
        sources=[Source("Survey")],
        opportunities=[Opportunity("Cheaper", requires=["fastr"])],
        transitions=[Transition("pay", "pays"), Transition("pays", "ends"), Transition("start", "pays"), Transition("pays", "end")],
    )
    step = "stages[0].touchpoints[0]"
    survey = "no source 'survy'; did you mean 'survey'?"
    assert found == {
        "personas[0].evidence[0]": survey,
        "stages[0].evidence[0]": survey,
        f"{step}.personas[0]": "no persona 'mayaa'; did you mean 'maya'?",
        f"{step}.emotions.jo": "no persona 'jo'; there are: maya",
        f"{step}.evidence[0]": survey,
        f"{step}.pains[0].persona": "no persona 'jo'; there are: maya",
        f"{step}.pains[0].evidence[0]": survey,
        f"{step}.opportunities[0].addresses[0]": "no pain point 'slwo'; did you mean 'slow'?",
        f"{step}.opportunities[0].requires[0]": "no opportunity 'plan'; there are: cheaper, faster",
        f"{step}.opportunities[0].evidence[0]": survey,
        f"{step}.metrics[0].evidence[0]": survey,
        "opportunities[0].requires[0]": "no opportunity 'fastr'; did you mean 'faster'?",
        "transitions[0].source": "no touchpoint 'pay'; did you mean 'pays'?",
        "transitions[1].target": "no touchpoint 'ends'; there are: pays",
    }


def test_clashes_and_references_are_told_together():
    found = problems_of(steps(Touchpoint("Pays"), Touchpoint("Pays", personas=["maya"])), transitions=[Transition("pays", "rides")])
    assert list(found) == ["stages[0].touchpoints[1].id", "stages[0].touchpoints[1].personas[0]", "transitions[0].target"]
    assert found["stages[0].touchpoints[1].personas[0]"] == "no persona 'maya'; the journey has no persona at all"


def test_reserved_ids():
    found = problems_of(steps(Touchpoint("Start"), Touchpoint("End")))
    assert found == {
        "stages[0].touchpoints[0].id": "'start' is reserved for where customers start; give another id",
        "stages[0].touchpoints[1].id": "'end' is reserved for where customers end; give another id",
    }


def test_one_channel_is_said_one_way():
    found = problems_of(
        steps(Touchpoint("Calls", channel="Phone"), Touchpoint("Calls back", channel="phone"), Touchpoint("Rings", channel="Phone")),
        personas=[Persona("Maya", channels=[Channel("Phone", kind="other")])],
    )
    assert found == {
        "stages[0].touchpoints[0].channel": "channel 'phone' is 'Phone' (phone) here and 'Phone' (other) at personas[0].channels[0]; "
        "say it the same way or give it another id",
        "stages[0].touchpoints[1].channel": "channel 'phone' is 'phone' (phone) here and 'Phone' (other) at personas[0].channels[0]; "
        "say it the same way or give it another id",
        "stages[0].touchpoints[2].channel": "channel 'phone' is 'Phone' (phone) here and 'Phone' (other) at personas[0].channels[0]; "
        "say it the same way or give it another id",
    }


def test_transitions_stand_once_and_share_the_whole():
    stages = steps(Touchpoint("a"), Touchpoint("b"), Touchpoint("c"))
    found = problems_of(
        stages,
        transitions=[
            Transition("a", "b", probability=0.7),
            Transition("a", "c", probability=0.4),
            Transition("a", "b", probability=0.1),
            Transition("b", "c", probability=1),
        ],
    )
    assert found == {
        "transitions[1].probability": "the ways out of 'a' sum to 1.1, more than 1; they share the whole",
        "transitions[2]": "'a' to 'b' stands already at transitions[0]; join the two",
    }
    tenths = [Transition("a", target, probability=p) for target, p in (("b", 0.7), ("c", 0.2), ("end", 0.1))]
    assert Journey("x", stages, transitions=tenths).transitions == tuple(tenths)


def test_an_error_reads_like_a_list():
    with pytest.raises(ModelError) as told:
        Journey("x", steps(Touchpoint("a", personas=["maya"])), transitions=[Transition("a", "b")])
    assert told.value.problems[0] == Problem("stages[0].touchpoints[0].personas[0]", "no persona 'maya'; the journey has no persona at all")
    assert str(told.value) == (
        "2 problems\n"
        "  stages[0].touchpoints[0].personas[0]: no persona 'maya'; the journey has no persona at all\n"
        "  transitions[0].target: no touchpoint 'b'; there are: a"
    )


def test_long_lists_of_what_there_is_are_cut():
    found = problems_of(steps(*(Touchpoint(f"Step {i}") for i in range(1200))), transitions=[Transition("qqq", "step-1")])
    listed = "step-0, step-1, step-10, step-100, step-1000, step-1001, step-1002, step-1003"
    assert found == {"transitions[0].source": f"no touchpoint 'qqq'; there are: {listed} and 1,192 more"}


def test_short_lists_of_what_there_is_are_whole():
    found = problems_of(steps(*(Touchpoint(c) for c in "hgfedcba")), transitions=[Transition("qqq", "a")])
    assert found == {"transitions[0].source": "no touchpoint 'qqq'; there are: a, b, c, d, e, f, g, h"}


def test_a_broken_import_is_refused_quickly():
    touchpoints = [Touchpoint(f"Step number {i}") for i in range(3000)]
    started = time.process_time()
    found = problems_of(steps(*touchpoints), transitions=[Transition(f"step-numbr-{i}", "end") for i in range(3000)])
    assert len(found) == 3000
    assert found["transitions[0].source"] == "no touchpoint 'step-numbr-0'; did you mean 'step-number-0'?"
    assert found["transitions[2999].source"].startswith("no touchpoint 'step-numbr-2999'; there are: step-number-0, step-number-1, ")
    assert time.process_time() - started < 20  # looking for the near one of each took minutes
