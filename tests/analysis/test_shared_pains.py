"""M2: what hurts in several journeys, and the few fixes for it."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import shared_pains
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Opportunity, PainPoint, Persona, Stage, Touchpoint

DATA = {"loan": ["wait", "form"], "card": ["wait", "fee"], "help": ["wait", "form", "rude"]}


def test_pains_of_most_journeys_come_first():
    found = shared_pains(DATA)
    assert [(pain.id, len(pain.journeys)) for pain in found.pains] == [("wait", 3), ("form", 2), ("fee", 1), ("rude", 1)]
    assert (found.value, found.n) == (2, 4)
    assert [pain.id for pain in found.shared] == ["wait", "form"]
    assert found.unfixed == ("fee", "form", "rude", "wait")
    assert (found.fixes, found.covered, found.bound) == ((), 0, None)
    assert "2 of 4 pains hurt in more than one journey, most of all 'wait' in 3" in found.explain()


def test_fixes_are_chosen_by_what_they_add():
    fixes = {"tracker": ["wait"], "prefill": ["form", "fee"], "both": ["wait", "fee"], "training": ["rude"]}
    found = shared_pains(DATA, fixes=fixes)
    assert [(fix.id, fix.eases) for fix in found.fixes] == [("both", ("fee", "wait")), ("prefill", ("form",))]
    assert [fix.covered for fix in found.fixes] == [pytest.approx(4 / 7), pytest.approx(6 / 7)]
    assert found.covered == pytest.approx(6 / 7)
    assert found.bound == pytest.approx(1 + math.log(5.6 / 1.6))
    assert [fix.id for fix in shared_pains(DATA, fixes=fixes, cut=1).fixes] == ["both", "prefill", "training"]
    assert shared_pains(DATA, fixes=fixes, cut=0).fixes == ()


def test_weights_decide():
    found = shared_pains(DATA, fixes={"tracker": ["wait"], "training": ["rude"]}, weights={"rude": 50})
    assert [fix.id for fix in found.fixes] == ["training"]


def test_where_nothing_helps_it_stops():
    found = shared_pains(DATA, fixes={"training": ["rude"]})
    assert [fix.id for fix in found.fixes] == ["training"]
    assert found.covered == pytest.approx(1 / 7)
    assert found.unfixed == ("fee", "form", "wait")


def test_maps_bring_pains_personas_and_opportunities():
    def journey(name, *pains, **more):
        return Journey(name, [Stage("S", [Touchpoint("A", pains=pains)])], personas=[Persona("Maya"), Persona("Tom")], **more)

    one = journey(
        "One", PainPoint("Slow", severity=4, frequency=0.5, persona="maya"), opportunities=[Opportunity("Faster", addresses=["slow"])]
    )
    two = journey("Two", PainPoint("Slow", severity=2, frequency=0.5), PainPoint("Dear"))
    found = shared_pains([one, two])
    slow, dear = found.pains
    assert (slow.journeys, slow.personas, slow.weight, slow.fixes) == (("one", "two"), ("maya", "tom"), 3, ("faster",))
    assert (dear.weight, dear.fixes) == (1, ())
    assert [fix.id for fix in found.fixes] == ["faster"]
    assert found.covered == 0.75
    with pytest.raises(AnalysisError, match="two journeys have the id 'one'"):
        shared_pains([one, one])
    with pytest.raises(AnalysisError, match="maps bring their own"):
        shared_pains([one], fixes={})


def test_what_is_no_portfolio_is_told():
    with pytest.raises(NotEnoughData, match="0 journeys have no pain points"):
        shared_pains([])
    with pytest.raises(AnalysisError, match="is no portfolio"):
        shared_pains(Journey("J"))
    with pytest.raises(AnalysisError, match="3 is no journey"):
        shared_pains([3])
    with pytest.raises(AnalysisError, match="loan: 'wait' is no list of pains"):
        shared_pains({"loan": "wait"})
    with pytest.raises(AnalysisError, match="fixes: no journey has the pain 'fees'"):
        shared_pains(DATA, fixes={"x": ["fees"]})


fixes = st.dictionaries(st.sampled_from("ABCDEF"), st.sets(st.sampled_from("vwxyz"), min_size=1), min_size=1)


@given(fixes)
def test_the_greedy_set_keeps_its_bound(given_fixes):
    """Against the smallest set of all, found by trying each."""
    pains = sorted(set().union(*given_fixes.values()))
    found = shared_pains({"j": pains}, fixes=given_fixes, cut=1)
    assert found.covered == pytest.approx(1)
    smallest = next(
        k for k in range(1, len(given_fixes) + 1) for some in combinations(given_fixes.values(), k) if set().union(*some) == set(pains)
    )
    assert smallest <= len(found.fixes) <= smallest * found.bound + 1e-9
