"""Data as analysts have them: arrays, columns, whole frames, counts of numpy, values that frames call missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from journeymap import analysis as ask
from journeymap.errors import AnalysisError, JourneyMapError, NotEnoughData
from journeymap.model import Journey, Stage, Touchpoint, Transition

SURVEY = {"call": [5, 3, 4, 2, 1, 4, 5, 2] * 15, "visit": [4, 4, 2, 1, 3, 5, 2, 3] * 15, "overall": [5, 4, 3, 1, 1, 5, 4, 2] * 15}
EVENTS = {
    "case": ["a", "a", "b", "b"],
    "activity": ["ad", "buy", "ad", "call"],
    "time": ["2026-01-01", "2026-01-03", "2026-01-01", "2026-01-02"],
}


class NAType:
    """What a data frame has where a whole number or a text is missing; it cannot be compared."""

    def __eq__(self, other: object) -> bool:
        raise TypeError("boolean value of NA is ambiguous")

    __hash__ = None  # type: ignore[assignment]  # as that of pandas


class Column(Sequence):
    """A column of a data frame that names its rows."""

    def __init__(self, values, index):
        self._values, self.index = list(values), index

    def __len__(self):
        return len(self._values)

    def __getitem__(self, place):
        return self._values[place]


class Frame:
    """As much of a data frame as pandas and polars have in common."""

    def __init__(self, columns):
        self._columns = columns

    @property
    def columns(self):
        return list(self._columns)

    def __getitem__(self, name):
        return self._columns[name]

    def __iter__(self):
        return iter(self._columns)


def rows(columns):
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize("question", [ask.derived_importance, ask.shapley_weights])
def test_a_whole_frame_of_ratings(question):
    assert question(Frame(SURVEY), "overall") == question(SURVEY, "overall")


def test_a_whole_frame_of_events():
    assert ask.variants(Frame(EVENTS)) == ask.variants(rows(EVENTS))
    assert ask.time_gaps(Frame(EVENTS)) == ask.time_gaps(rows(EVENTS))
    assert ask.funnel(Frame(EVENTS), steps=["ad", "buy"]).value == 0.5


def test_a_whole_frame_of_ideas():
    ideas = {"name": ["chat", "export"], "impact": [5, 2], "confidence": [3, 5], "ease": [4, 5]}
    assert ask.ice(Frame(ideas)) == ask.ice(rows(ideas))


def test_the_names_of_the_rows_are_kept():
    assert [row.id for row in ask.pareto(Column([3, 9], ["slow", "rude"])).rows] == ["rude", "slow"]
    assert ask.funnel(Column([100, 40], ["visit", "pay"])).value == 0.4
    assert [row.id for row in ask.pareto(Column([3, 9], [0, 1])).rows] == ["2", "1"]


@pytest.mark.parametrize("gap", [None, float("nan"), np.float32("nan"), np.float64("nan"), NAType()])
def test_whatever_says_missing_is_missing(gap):
    values = [1, -1, 2, gap, 1, 0, 1, 1, 2, 1, 1]
    assert ask.volatility(values).missing == 1
    assert ask.emotion_curve(values).points[3].valence is None
    assert ask.sla_compliance([1.0, gap, 3.0], target=2).n == 2
    assert ask.channel_mix(["web", "phone", gap, "web"]).n == 3


@pytest.mark.parametrize("values", [{1, 2}, frozenset({3}), "4", 4, None])
def test_what_has_no_order_is_no_series(values):
    with pytest.raises(AnalysisError, match="give a list"):
        ask.peak_end(values)


def test_what_is_no_number_gets_a_remedy():
    with pytest.raises(AnalysisError, match=r"answers\[1\]: 'satisfied' is not a number; give one such as 4.5, or None"):
        ask.csat([4, "satisfied"])
    with pytest.raises(AnalysisError, match="1: True is no answer"):
        ask.emotion_curve([True, False])


@pytest.mark.parametrize("question", [ask.volatility, ask.peak_end, ask.control_chart, ask.pareto])
def test_numbers_beyond_computing_are_refused(question):
    with pytest.raises(AnalysisError, match=r"1e\+308 is too large"):
        question([1e308, 0.0, 1e308])
    assert len(question([1e59, 0.0, 1e59]).explain()) < 400


def test_counts_of_numpy():
    share = ask.Share(np.int64(31), np.int64(40))
    assert type(share.successes) is int
    assert ask.csat(share).to_dict() == ask.csat(ask.Share(31, 40)).to_dict()
    assert ask.funnel([("visit", np.int64(100)), ("pay", np.int64(10))]).value == 0.1


@pytest.mark.parametrize("rate", [40, 0, -0.1, True, "0.4"])
def test_a_response_rate_is_a_share(rate):
    with pytest.raises(AnalysisError, match="response_rate"):
        ask.nps([9] * 20, response_rate=rate)


def test_days_as_text():
    assert ask.staleness({"survey": "2026-03-31"}, on=date(2026, 6, 1)) == ask.staleness({"survey": date(2026, 3, 31)}, on=date(2026, 6, 1))
    with pytest.raises(AnalysisError, match="'spring' is no date"):
        ask.staleness({"survey": "spring"})


def test_what_a_task_waits_for_is_never_overlooked():
    with pytest.raises(AnalysisError, match="'build' has 'after', which is nothing that a task has; give name, id, duration, requires"):
        ask.critical_path([{"name": "plan", "duration": 3}, {"name": "build", "duration": 5, "after": ["plan"]}])


def test_one_requirement_needs_no_list():
    ideas = {"chat": {"value": 5, "effort": 2}, "bot": {"value": 3, "effort": 2, "requires": "chat"}}
    assert {row.id: row.phase for row in ask.roadmap(ideas, capacity=2).rows} == {"chat": 1, "bot": 2}


@pytest.mark.parametrize("question", [ask.derived_importance, ask.relative_weights, ask.shapley_weights])
def test_ratings_without_an_overall_one_are_not_enough(question):
    with pytest.raises(NotEnoughData, match="what single respondents answered"):
        question(shop())
    with pytest.raises(NotEnoughData, match="no overall rating; it needs overall="):
        question({"call": [1, 2, 3], "visit": [3, 2, 1]})


@pytest.mark.parametrize(
    ("question", "data"),
    [
        (ask.emotion_by_persona, None),
        (ask.emotion_by_persona, {"Maya": [1, 2]}),
        (ask.importance_performance, {"exit": 4}),
        (ask.kano, np.ones((2, 2))),
        (ask.kano, [("like", "dislike")]),
        (ask.possible_analyses, [["paths"]]),
        (ask.removal_effects, Column([1, 2], [0, 1])),
        (lambda data: ask.similarity(data, ["ad"]), {"ad": None}),
        (lambda data: ask.similarity(data, ["ad"]), {"ad": "site"}),
    ],
)
def test_what_is_no_data_is_refused_in_our_own_words(question, data):
    with pytest.raises(JourneyMapError):
        question(data)


# What the sentences say.


def shop():
    steps = [Touchpoint("Asks in the shop", channel="Shop", emotion=2), Touchpoint("Pays online", channel="Web", emotion=-1, goal=True)]
    ways = [Transition("asks-in-the-shop", "pays-online", wait=timedelta(days=3), probability=0.4)]
    return Journey("Bike", [Stage("All", steps)], transitions=ways)


@pytest.mark.parametrize("question", [ask.friction, ask.time_gaps, ask.tornado])
def test_the_steps_of_a_map_have_names(question):
    told = question(shop()).explain()
    assert "'Asks in the shop'" in told
    assert "asks-in-the-shop" not in told


def test_one_of_a_thing_is_in_the_singular():
    assert "(1 business day)" in ask.business_time("2026-01-09", "2026-01-12").explain()
    found = ask.moments_of_truth(Journey("x", [Stage("s", [Touchpoint(n, emotion=e) for n, e in (("a", 0), ("b", 1), ("c", 0))])]))
    assert "by 1 point)" in found.explain()


def test_a_course_without_jumps_is_told_as_such():
    assert ask.volatility([1, 1, 1]).explain() == "The emotion stays the same from step to step (n = 3 steps)."
    assert "and never crosses neutral;" in ask.volatility([1, 2, 1]).explain()
    assert ask.emotion_curve([1, 1]).explain().startswith("The emotion is +1 at every step that is known,")
    assert ask.emotion_curve([1]).explain().startswith("The emotion is +1 at '1', the only step that is known,")


def test_fewer_is_not_minus_more():
    told = ask.transition_difference([["a", "b"], ["a"]] * 20, [["a", "b"]] * 20).explain()
    assert "50 percentage points fewer of the first group" in told
