"""H1: what a map rests on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import evidence_coverage
from journeymap.errors import AnalysisError
from journeymap.model import Evidence, Journey, Metric, Opportunity, PainPoint, Persona, Source, Stage, Touchpoint

SIX = {
    "ad": ["web analytics"],
    "site": ["web analytics", "survey"],
    "chat": [],
    "quote": ["interview", "survey", "web analytics"],
    "sign": ["workshop opinion"],
    "onboard": ["interview", "interview"],
}
KINDS = {"interview": "qual", "survey": "quant", "web analytics": "behaviour", "workshop opinion": "assumption"}


def test_six_steps_as_published():
    found = evidence_coverage(SIX, kinds=KINDS)
    assert found.value == found.coverage == pytest.approx(5 / 6, abs=1e-9)
    assert found.empirical_coverage == pytest.approx(4 / 6, abs=1e-9)
    assert found.triangulated_share == pytest.approx(2 / 6, abs=1e-9)
    assert found.no_evidence == ("chat",)
    assert found.assumption_only == ("sign",)
    assert found.single_method == ("ad", "onboard")
    assert found.triangulated == ("quote", "site")
    assert found.n == 6
    assert found.explain() == (
        "83 % of the steps have evidence, 67 % from customers and 33 % by two or more methods; still to be asked: chat, sign (n = 6 steps)."
    )


def test_two_interviews_are_one_method_and_an_assumption_is_none():
    found = evidence_coverage({"a": ["interview", "interview"], "b": ["interview", "assumption"], "c": ["workshop", "assumption"]})
    assert found.single_method == ("a", "b")
    assert found.assumption_only == ("c",)
    assert found.triangulated == ()


SOURCES = [
    Source("Interviews", kind="interview", date=date(2025, 1, 1)),
    Source("More interviews", kind="interview", date=date(2025, 6, 1)),
    Source("Survey", kind="survey", date=date(2023, 1, 1)),
    Source("Workshop", kind="workshop"),
    Source("Unused", kind="survey", weight=0),
    Source("Of no kind"),
]


def mapped(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], sources=SOURCES, updated=date(2025, 9, 1), **more)


def test_a_map_has_the_kinds_of_its_sources_as_methods():
    found = evidence_coverage(
        mapped(
            Touchpoint("A", evidence=["interviews", "more-interviews"]),
            Touchpoint("B", evidence=["interviews"], pains=[PainPoint("P", evidence=["survey"])]),
            Touchpoint("C", evidence=["workshop", "of-no-kind"]),
            Touchpoint("D", evidence=["unused", Evidence("survey", weight=0)]),
        )
    )
    assert (found.single_method, found.triangulated, found.assumption_only, found.no_evidence) == (("a",), ("b",), ("c",), ("d",))
    assert found.claims[1].methods == ("interview", "survey")
    assert found.claims[1].sources == ("interviews", "survey")


def test_every_kind_of_claim_is_listed():
    journey = mapped(
        Touchpoint("A", evidence=["survey"], pains=[PainPoint("P")], opportunities=[Opportunity("O")], metrics=[Metric("M")]),
        personas=[Persona("Maya", evidence=["interviews"])],
    )
    found = evidence_coverage(journey)
    kinds = [(claim.kind, claim.grounding) for claim in found.claims]
    assert kinds == [
        ("touchpoint", "single method"),
        ("pain point", "no evidence"),
        ("opportunity", "no evidence"),
        ("persona", "single method"),
        ("metric", "no evidence"),
    ]
    assert found.assumption_share == 3 / 5
    assert found.value == 1


def test_a_stage_without_touchpoints_is_a_step():
    journey = Journey("J", [Stage("S", evidence=["survey"]), Stage("T", [Touchpoint("A")])], sources=SOURCES)
    found = evidence_coverage(journey)
    assert (found.single_method, found.no_evidence, found.n) == (("s",), ("a",), 2)


def test_old_evidence_is_stale_and_undated_is_unknown():
    undated = Source("Undated", kind="review")
    journey = Journey(
        "J",
        [
            Stage(
                "S",
                [
                    Touchpoint("Old", evidence=["survey"]),
                    Touchpoint("New", evidence=["survey", "interviews"]),
                    Touchpoint("Who knows", evidence=["survey", "undated"]),
                ],
            )
        ],
        sources=[*SOURCES, undated],
        updated=date(2025, 9, 1),
    )
    found = evidence_coverage(journey)
    assert [claim.stale for claim in found.claims] == [True, False, None]
    assert found.stale == ("old",)
    assert evidence_coverage(journey, half_life_days=5_000).stale == ()


@pytest.mark.parametrize(
    ("stated", "scores", "contradicted"),
    [
        (None, {"interviews": -1, "survey": 1}, True),
        (None, {"interviews": -0.4, "survey": 0.6}, False),  # a point apart is near
        (None, {"interviews": 0, "survey": 2}, False),  # neutral contradicts nothing
        (1, {"survey": -1}, True),
        (-1, {"survey": -2}, False),
        (1, {}, False),
    ],
)
def test_voices_on_both_sides_of_neutral_contradict(stated, scores, contradicted):
    step = Touchpoint("A", emotion=stated, evidence=[Evidence(source, score=score) for source, score in scores.items()])
    assert evidence_coverage(mapped(step)).contradicted == (("a",) if contradicted else ())


def test_the_scores_of_one_source_are_one_voice():
    step = Touchpoint("A", evidence=[Evidence("interviews", score=-1), Evidence("interviews", score=2)])
    assert evidence_coverage(mapped(step)).contradicted == ()


def test_no_steps_have_no_share():
    found = evidence_coverage(Journey("J"))
    assert (found.value, found.empirical_coverage, found.assumption_share) == (None, None, None)
    assert found.reason == "the map has no steps"
    assert evidence_coverage({}).value is None


def test_what_is_no_evidence_by_step_is_refused():
    with pytest.raises(AnalysisError, match="'survey' is no list of methods; put it in"):
        evidence_coverage({"a": "survey"})
    with pytest.raises(AnalysisError, match="is no evidence by step"):
        evidence_coverage(["survey"])


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.lists(st.sampled_from(["survey", "interview", "assumption"]), max_size=4))
)
def test_the_shares_are_nested_and_the_lists_are_the_steps(data):
    found = evidence_coverage(data)
    listed = (*found.no_evidence, *found.assumption_only, *found.single_method, *found.triangulated)
    assert sorted(listed) == sorted(data)
    assert found.triangulated == tuple(sorted(step for step, methods in data.items() if {"survey", "interview"} <= set(methods)))
    if data:
        assert 0 <= found.triangulated_share <= found.empirical_coverage <= found.value <= 1


def test_rows_are_the_claims():
    assert [row["id"] for row in evidence_coverage(SIX).to_rows()] == list(SIX)
