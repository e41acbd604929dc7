"""H3: which questions a map can answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap import analysis
from journeymap.analysis import possible_analyses
from journeymap.analysis.needs import HOLDINGS, NEEDS, Need
from journeymap.errors import AnalysisError, NotEnoughData, UnknownName
from journeymap.model import Emotion, Evidence, Journey, Metric, Opportunity, PainPoint, Persona, Source, Stage, Touchpoint, Transition

BARE = Journey("Bare", [Stage("S", [Touchpoint("A"), Touchpoint("B")])])
RICH = Journey(
    "Rich",
    [
        Stage(
            "S",
            [
                Touchpoint(
                    "A",
                    emotion=1,
                    emotions={"maya": Emotion(1, n=40, spread=0.8)},
                    believed_emotion=2,
                    duration=timedelta(hours=1),
                    channel="Phone",
                    owner="Sales",
                    satisfaction=3,
                    importance=4,
                    pains=[PainPoint("P", severity=2, frequency=0.5)],
                    evidence=[Evidence("survey", score=1), Evidence("talks", score=0)],
                ),
                Touchpoint("B", emotion=-1, duration=timedelta(hours=1), goal=True),
            ],
        )
    ],
    personas=[Persona("Maya"), Persona("Tom")],
    sources=[Source("Survey", kind="survey", date=date(2026, 1, 1)), Source("Talks", kind="interview")],
    opportunities=[Opportunity("O", impact=3, effort=2, confidence=0.5, reach=100)],
    transitions=[
        Transition("a", "b", count=40, probability=0.4, wait=timedelta(days=1)),
        Transition("a", "end", count=60, probability=0.6),
    ],
    metrics=[
        Metric("NPS", kind="nps", value=30, n=100, observed=date(2026, 1, 1)),
        Metric("NPS", id="nps-later", kind="nps", value=35, n=100, observed=date(2026, 4, 1)),
        Metric("CSAT", kind="csat", value=80, unit="%", n=100),
        Metric("CES", kind="ces", value=70, unit="%", n=100),
        Metric("CLV", kind="clv", value=500),
        Metric("Conversion", kind="conversion", value=0.4, baseline=0.3, n=100),
    ],
)


def test_every_analysis_of_the_package_is_in_the_table_with_its_level():
    answers = [getattr(analysis, name) for name in analysis.__all__ if name[0].isupper() and not name.isupper()]
    levels = {answer.analysis: answer.data_level for answer in answers if getattr(answer, "analysis", "")}
    levels.pop("business_time", None)  # asks a calendar, not data on customers
    assert levels == {name: NEEDS[name].level for name in levels}


def test_needs_are_made_of_known_holdings():
    named = {one for need in NEEDS.values() for held in need.holdings for one in ((held,) if isinstance(held, str) else held)}
    assert named <= HOLDINGS.keys()


def test_a_bare_map_permits_little():
    found = possible_analyses(BARE)
    assert found.possible == ("complexity", "evidence_coverage", "health", "possible_analyses", "structure")
    assert found.value == 5
    assert found.n == len(NEEDS)
    assert found.impossible["peak_end"] == ("an emotion on at least 70 % of the steps",)
    assert found.impossible["conversion"] == (
        "a touchpoint that is the goal (goal=True)",
        "probabilities or counts on the transitions, or paths of single customers, or an event log",
    )


def test_a_rich_map_permits_all_that_needs_no_more_than_a_map():
    found = possible_analyses(RICH)
    beyond = {"paths", "answers", "comments", "codes", "second journey", "several journeys", "amounts"}
    lacking = {one for row in found.questions for one in beyond if HOLDINGS[one].words in " ".join(row.missing)}
    assert {row.analysis for row in found.questions if not row.possible and not row.missing} == set()
    assert all(any(HOLDINGS[one].words in words for one in beyond) for row in found.questions for words in row.missing)
    assert "answers" in lacking


def test_what_is_beside_the_map_counts():
    assert "variants" not in possible_analyses(BARE).possible
    assert "variants" in possible_analyses(BARE, also=["paths"]).possible
    assert "conformance" in possible_analyses(BARE, also=["paths"]).possible
    assert "conformance" not in possible_analyses(["paths"]).possible


def test_what_would_help_most_comes_first():
    found = possible_analyses(BARE)
    counts = [count for _, count in found.worth_adding]
    assert counts == sorted(counts, reverse=True)
    words, count = found.worth_adding[0]
    assert f"5 of {len(NEEDS)} analyses are possible with these data; {words} would make {count} more possible" in found.explain()


def test_every_possible_index_is_really_answered():
    """What it promises about a map holds: the functions answer, and those that it denies refuse."""
    for name in ("peak_end", "volatility", "pareto", "ice", "rice", "impact_effort", "nps", "csat", "ces", "emotion_by_persona"):
        assert name in possible_analyses(RICH).possible or name == "nps"
        assert name not in possible_analyses(BARE).possible
        with pytest.raises(NotEnoughData):
            getattr(analysis, name)(BARE)
        if name != "nps":  # two of them: which one is asked for has to be said
            assert getattr(analysis, name)(RICH).value is not None


def test_completeness_by_field():
    by_field = {row.field: row for row in possible_analyses(RICH).completeness}
    assert (by_field["emotion"].share, by_field["owner"].share) == (1, 0.5)
    assert by_field["owner"].lacking == ("b",)
    assert by_field["thoughts"].lacking == ("a", "b")
    assert possible_analyses(Journey("J")).completeness[0].share is None


def test_70_per_cent_is_enough_for_an_index():
    def scored(k):
        return Journey("J", [Stage("S", [Touchpoint(f"T{i}", emotion=1 if i < k else None) for i in range(10)])])

    assert "peak_end" in possible_analyses(scored(7)).possible
    assert "peak_end" not in possible_analyses(scored(6)).possible


def test_others_add_their_own(monkeypatch):
    monkeypatch.setitem(NEEDS, "my_question", Need("M", ("touchpoints",)))
    assert "my_question" in possible_analyses(BARE).possible


def test_an_unknown_kind_of_data_is_named():
    with pytest.raises(UnknownName, match="no kind of data 'path'; did you mean 'paths'"):
        possible_analyses(["path"])
    with pytest.raises(AnalysisError, match="'paths' is no list of kinds of data"):
        possible_analyses("paths")


@given(st.sets(st.sampled_from(sorted(HOLDINGS))), st.sampled_from(sorted(HOLDINGS)))
def test_more_data_never_permit_less(held, more):
    assert set(possible_analyses(held).possible) <= set(possible_analyses(held | {more}).possible)
    assert set(possible_analyses(HOLDINGS).possible) == set(NEEDS)


def test_nothing_is_promised_that_nobody_can_ask():
    assert {name for name in NEEDS if not callable(getattr(analysis, name, None))} == set()
