"""C1: the few pains that make most of the trouble."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import pareto
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, PainPoint, Source, Stage, Touchpoint, Transition

COMPLAINTS = {"slow reply": 120, "form errors": 80, "price unclear": 40, "login": 25, "delivery": 20, "app crash": 10, "other": 5}


def pain(name, severity=None, frequency=None, **more):
    return PainPoint(name, severity=severity, frequency=frequency, **more)


def codes(result):
    return {warning.code for warning in result.warnings}


def test_counted_complaints():
    found = pareto(COMPLAINTS)
    assert [row.id for row in found.rows] == list(COMPLAINTS)
    assert [row.cumulative for row in found.rows] == pytest.approx([0.4, 2 / 3, 0.8, 265 / 300, 0.95, 295 / 300, 1])
    assert found.vital_few == ("slow reply", "form errors", "price unclear")
    assert (found.value, found.n, found.vital_few_share) == (3, 7, pytest.approx(0.8))
    assert found.gini == pytest.approx(0.48095238095238096, abs=1e-12)
    assert found.warnings == ()
    assert "3 of 7 make 80 % of the trouble: 'slow reply', 'form errors', 'price unclear'" in found.explain()


def test_ties_go_by_name():
    assert [row.id for row in pareto({"b": 1, "a": 1, "c": 2}).rows] == ["c", "a", "b"]


def test_the_cut_decides_who_is_vital():
    assert pareto(COMPLAINTS, cut=0.4).vital_few == ("slow reply",)
    assert pareto(COMPLAINTS, cut=0.41).value == 2
    assert pareto(COMPLAINTS, cut=1).value == 7


def test_all_zero_is_undefined():
    found = pareto({"a": 0, "b": 0})
    assert (found.value, found.reason, found.gini, found.rows) == (None, "every score is 0", None, ())


@pytest.mark.parametrize(("data", "error"), [({"a": -1}, ScaleMismatch), ({"a": "x"}, AnalysisError), ({}, NotEnoughData)])
def test_what_is_no_count_is_refused(data, error):
    with pytest.raises(error):
        pareto(data)


def mapped(*transitions):
    stages = [
        Stage("One", [Touchpoint("A", pains=[pain("Rare and bad", 4, 0.1)]), Touchpoint("B", pains=[pain("Common and mild", 1, 0.8)])]),
        Stage("Two", [Touchpoint("C", pains=[pain("Late", 3, 0.6)])], pains=[pain("Everywhere", 2, 0.5)]),
    ]
    return Journey("J", stages, transitions=transitions)


def test_a_pain_of_a_map_is_severity_times_frequency_times_reach():
    found = pareto(mapped(Transition("a", "b", probability=0.5), Transition("a", "c", probability=0.25)))
    by_id = {row.id: row for row in found.rows}
    assert by_id["rare-and-bad"].value == pytest.approx(0.4)
    assert (by_id["common-and-mild"].reach, by_id["common-and-mild"].value) == (0.5, pytest.approx(0.4))
    assert (by_id["late"].reach, by_id["late"].value) == (0.75, pytest.approx(1.35))
    assert by_id["everywhere"].value == pytest.approx(0.75)
    assert [row.id for row in found.rows] == ["late", "everywhere", "common-and-mild", "rare-and-bad"]


def test_the_order_by_severity_multiplies_nothing():
    found = pareto(mapped())
    assert {row.id: row.by_severity for row in found.rows} == {"rare-and-bad": 1, "late": 2, "everywhere": 3, "common-and-mild": 4}
    assert codes(found) == {"ORDINAL_MATH", "ASSUMPTION_ONLY"}


def test_evidence_on_the_pain_or_its_step_grounds_it():
    steps = [
        Touchpoint("A", pains=[pain("Slow", 2, 0.5, evidence=["survey"])]),
        Touchpoint("B", pains=[pain("Dear", 2, 0.2)], evidence=["survey"]),
    ]
    assert codes(pareto(Journey("J", [Stage("S", steps)], sources=[Source("Survey", kind="survey")]))) == {"ORDINAL_MATH"}


def test_pains_without_a_score_are_listed_and_too_many_are_refused():
    pains = [pain(f"Pain {k}", 2, 0.5) for k in range(4)]
    found = pareto(Journey("J", [Stage("S", [Touchpoint("A", pains=[*pains, pain("Unknown", 3)])])]))
    assert (found.unscored, found.missing, found.n) == (("unknown",), 1, 4)
    assert "MISSING_HEAVY" in codes(found)
    with pytest.raises(NotEnoughData, match=r"2 of 6 pains \(33 %\) have no score"):
        pareto(Journey("J", [Stage("S", [Touchpoint("A", pains=[*pains, pain("Unknown", 3), pain("Too", frequency=0.1)])])]))
    with pytest.raises(NotEnoughData, match="no pain points"):
        pareto(Journey("J"))


def test_a_trap_has_no_finite_reach():
    with pytest.raises(AnalysisError, match=r"never leave.*\[TRAP\]"):
        pareto(mapped(Transition("c", "c", probability=1, kind="loop")))


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 50), min_size=1, max_size=12))
def test_shares_fall_and_sum_to_one(counts):
    found = pareto(counts)
    if sum(counts.values()) == 0:
        assert found.value is None
        return
    shares = [row.share for row in found.rows]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    vital = sum(sorted(counts.values(), reverse=True)[: int(found.value)])
    assert vital >= 0.8 * sum(counts.values()) - 1e-9
    assert vital - min(counts[name] for name in found.vital_few) < 0.8 * sum(counts.values())
    differences = sum(abs(a - b) for a in counts.values() for b in counts.values())
    assert found.gini == pytest.approx(differences / (2 * len(counts) * sum(counts.values())))
