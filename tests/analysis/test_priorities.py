"""C3: RICE and ICE."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import ice, rice
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Opportunity, Range

# A published table (unifiedproductgraph.org), everything rated 1 to 5.
TABLE = {
    "Template Library": (5, 3, 4, 1),
    "Export to PDF": (5, 2, 5, 1),
    "AI Copilot": (4, 5, 3, 2),
    "Custom Dashboards": (2, 4, 3, 4),
    "Real-time Collab": (3, 4, 2, 5),
}
RICE = {name: dict(zip(("reach", "impact", "confidence", "effort"), parts, strict=True)) for name, parts in TABLE.items()}
ICE = {name: {"impact": i, "confidence": c, "ease": 6 - e} for name, (_, i, c, e) in TABLE.items()}


def scores(found):
    return {row.id: row.value for row in found.rows}


def test_the_published_table():
    found = rice(RICE)
    assert scores(found) == {"Template Library": 60, "Export to PDF": 50, "AI Copilot": 30, "Custom Dashboards": 6, "Real-time Collab": 4.8}
    assert [row.rank for row in found.rows] == [1, 2, 3, 4, 5]
    assert list(scores(found)) == list(TABLE)
    assert found.assumptions[0] == "impact or confidence are on scales of their own, not McBride's"


def test_ice_of_the_same_table():
    found = ice(ICE)
    assert scores(found) == {"AI Copilot": 60, "Template Library": 60, "Export to PDF": 50, "Custom Dashboards": 24, "Real-time Collab": 8}
    assert [row.id for row in found.rows][:2] == ["AI Copilot", "Template Library"]
    assert [w.code for w in found.warnings] == ["ORDINAL_MATH"]


def test_without_ranges_the_doubt_is_unknown_not_zero():
    found = rice(RICE)
    assert found.draws == 0
    assert all(row.in_top is None and row.interval is None for row in found.rows)
    assert found.assumptions[-1] == "no estimate has a range: doubt unknown"


def idea(reach, impact=1, confidence=0.5, effort=1, **more):
    return {"reach": reach, "impact": impact, "confidence": confidence, "effort": effort} | more


def test_ranges_become_probabilities_of_ranks():
    # reach a ~ triangular(0, 5, 10) beats b = 5 half of the time.
    found = rice({"a": idea((0, 5, 10)), "b": idea(5.0), "c": idea(1)}, top=1, draws=20_000)
    share = {row.id: row.in_top for row in found.rows}
    assert share["a"] == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(20_000))
    assert share["a"] + share["b"] == pytest.approx(1)
    assert share["c"] < 0.05
    rows = {row.id: row for row in found.rows}
    assert rows["b"].interval is None
    # The triangular distribution has P(x < low) = 0.025 at 10 * sqrt(0.025 / 2).
    assert rows["a"].interval.low == pytest.approx(0.5 * 10 * math.sqrt(0.0125), abs=0.05)
    assert found.monte_carlo_error == pytest.approx(0.5 / math.sqrt(20_000))
    assert found == rice({"a": idea((0, 5, 10)), "b": idea(5.0), "c": idea(1)}, top=1, draws=20_000)


def test_probabilities_of_the_first_three_sum_to_three():
    ideas = {str(k): idea(Range(k, k + 2, k + 9), effort=(1, 2, 4)) for k in range(6)}
    assert sum(row.in_top for row in rice(ideas).rows) == pytest.approx(3)


@pytest.mark.parametrize("effort", [0, -1, (0, 1, 2)])
def test_effort_has_to_be_more_than_nothing(effort):
    with pytest.raises(AnalysisError, match=r"a: effort -?[01] is not above 0"):
        rice({"a": idea(5, effort=effort)})


def test_different_periods_are_refused():
    with pytest.raises(ScaleMismatch, match="'month' and 'quarter'") as caught:
        rice({"a": idea(5, period="month"), "b": idea(5, period="quarter")})
    assert caught.value.code == "SCALE_MISMATCH"
    assert rice({"a": idea(5, period="month"), "b": idea(6, period="month")}).n == 2


@pytest.mark.parametrize("bad", [{}, {"a": {"reach": 5}}, {"a": idea("5")}, {"a": idea((3, 2, 1))}])
def test_incomplete_ideas_are_refused(bad):
    with pytest.raises(AnalysisError):
        rice(bad)


def test_a_map_goes_by_the_tables():
    journey = Journey(
        "J",
        opportunities=[
            Opportunity("Tracker", reach=400, impact=5, confidence=0.8, effort=2),
            Opportunity("Chat", reach=400, impact=Range(2, 3, 4), confidence=0.5, effort=4.5),
            Opportunity("Vague", impact=3),
        ],
    )
    found = rice(journey)
    rows = {row.id: row for row in found.rows}
    assert rows["tracker"].value == 400 * 3 * 0.8 / 1
    assert rows["chat"].value == pytest.approx(400 * 1 * 0.5 / 6)
    assert 400 * 0.5 * 0.5 / 6 < rows["chat"].interval.low < rows["chat"].interval.high < 400 * 2 * 0.5 / 6
    assert (found.unscored, found.missing) == (("vague",), 1)
    assert {w.code for w in found.warnings} == {"ORDINAL_MATH", "ASSUMPTION_ONLY", "MISSING_HEAVY"}
    eased = ice(journey)
    assert scores(eased) == {"tracker": pytest.approx(5 * 0.8 * 4), "chat": pytest.approx(3 * 0.5 * 1.5)}
    assert eased.unscored == ("vague",)


def test_a_map_without_estimates_is_not_enough():
    with pytest.raises(NotEnoughData, match="none of 1 opportunities has every estimate; it needs reach, impact, confidence and effort"):
        rice(Journey("J", opportunities=[Opportunity("Vague")]))
    with pytest.raises(NotEnoughData):
        ice(Journey("J"))


def test_places_are_counted_from_one():
    with pytest.raises(AnalysisError, match="top: 0 is no number of places"):
        rice(RICE, top=0)


@given(st.dictionaries(st.text(min_size=1, max_size=2), st.tuples(*[st.floats(0.1, 100)] * 4), min_size=1, max_size=8))
def test_ranks_follow_scores_and_scaling_reach_changes_no_rank(table):
    found = rice({name: idea(*parts) for name, parts in table.items()})
    values = [row.value for row in found.rows]
    assert values == sorted(values, reverse=True)
    doubled = rice({name: idea(2 * parts[0], *parts[1:]) for name, parts in table.items()})
    assert [row.id for row in doubled.rows] == [row.id for row in found.rows]
