"""Whatever the map: every question is answered, or says why not; and every answer explains itself and becomes data."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from journeymap import analysis
from journeymap.analysis import Result
from journeymap.errors import AnalysisError, MissingExtra
from journeymap.model import Journey
from journeymap.testing import strategies

QUESTIONS = {
    "before_after": {},
    "ces": {},
    "clv": {"discount": 0.1, "first_margin": "now"},
    "control_chart": {},
    "csat": {},
    "duration_weighted": {},
    "emotion_by_persona": {},
    "emotion_curve": {},
    "ice": {},
    "impact_effort": {},
    "importance_performance": {},
    "improvement_value": {"volume": 1000, "value_each": 5},
    "kano": {},
    "nps": {},
    "opportunity_score": {},
    "pareto": {},
    "peak_end": {},
    "peaks_and_valleys": {},
    "rice": {},
    "roadmap": {"capacity": 3},
    "sample_size": {"effect": 0.05},
    "sequential_looks": {},
    "volatility": {},
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_map_is_not_enough(question):
    with pytest.raises(AnalysisError) as caught:
        getattr(analysis, question)(Journey("Empty"), **QUESTIONS[question])
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.code) == (type(caught.value), str(caught.value), caught.value.code)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(journey=strategies.journeys())
def test_every_map_gives_an_answer_or_a_reason(journey):
    for question, more in QUESTIONS.items():
        ask = getattr(analysis, question)
        try:
            found = ask(journey, **more)
        except AnalysisError:
            continue
        check_answer(question, found)
        assert ask(journey, **more) == found


def check_answer(question, found):
    assert isinstance(found, Result)
    assert found.analysis == question
    assert (found.value is None) == bool(found.reason)
    told = found.explain()
    assert told.endswith(".")
    assert "nan" not in told.lower().split()
    data = found.to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    rows = found.to_rows()
    assert all(row.keys() == rows[0].keys() for row in rows)
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_argument_is_positional_and_the_rest_are_named(question):
    import inspect

    first, *others = inspect.signature(getattr(analysis, question)).parameters.values()
    assert first.name in {"data", "first"}
    completing = others[1:] if others[0].name in {"after", "durations"} else others
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in completing)
    assert others[-1].name == "strict"
    assert "?" in (getattr(analysis, question).__doc__ or "").split("\n")[0]


def test_nothing_here_needs_scipy_but_what_says_so(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "scipy.special", None)
    assert analysis.peak_end([1, 2]).value == 2
    assert analysis.csat([4, 5]).value == 100
    with pytest.raises(MissingExtra):
        analysis.emotion_by_persona({"Maya": {"A": [1, 2]}})
