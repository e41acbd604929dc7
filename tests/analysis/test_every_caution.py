"""Every danger has a case here: real input on which a public function warns of it, or refuses. Nothing that is refused can be had."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from journeymap import analysis as ask
from journeymap.analysis import DANGERS, Share
from journeymap.errors import AnalysisError, DoubtfulAnswer, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Metric, Stage, Touchpoint

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "warnings.md"
FELT = Journey("Buy", [Stage("All", [Touchpoint("Sees", emotion=1), Touchpoint("Pays", emotion=-1)])])
FEW = Share(30, 100)
MORE = Share(40, 100)
ROWS = {"call": [1, 2, 3, 4, 5] * 6, "visit": [2, 1, 4, 3, 5] * 6}
OVERALL = [3, 3, 1, 5, 2] * 6
STONES = {"small": (Share(234, 270), Share(81, 87)), "large": (Share(55, 80), Share(192, 263))}  # Charig et al. (1986)

WARNED = {
    "ASSUMPTION_ONLY": lambda strict: ask.peak_end(FELT, strict=strict),
    "CENSORED": lambda strict: ask.sla_compliance([1.0] * 30, target=5, still_open=[1.0] * 8, strict=strict),
    "HIDDEN_GROUPS": lambda strict: ask.emotion_curve([[-2, -2, 2, 2] * 5], strict=strict),
    "KDA_UNSTABLE": lambda strict: ask.relative_weights(
        {name: values[:15] for name, values in ROWS.items()}, overall=OVERALL[:15], draws=100, strict=strict
    ),
    "LEXICON_UNVALIDATED": lambda strict: ask.sentiment(["I love it", "Terrible"], strict=strict),
    "MARKOV_MEMORY": lambda strict: ask.conversion(
        ask.transition_matrix([["ad", "buy"], ["ad", "leave"], ["buy"]]), goal="buy", strict=strict
    ),
    "MISSING_HEAVY": lambda strict: ask.volatility([1, None, 1, 2, 1, 2, 1, 2], strict=strict),
    "MIX_SHIFT": lambda strict: ask.nps_difference(
        [10, 9, 0] * 20, second=[10, 0, 0] * 20, mix={"old": (50, 10), "new": (10, 50)}, strict=strict
    ),
    "MULTIPLE_TESTS": lambda strict: ask.derived_importance(ROWS, overall=OVERALL, strict=strict),
    "NONRESPONSE": lambda strict: ask.csat([5, 4, 3] * 20, strict=strict),
    "NOT_CAUSAL": lambda strict: ask.shapley_weights(ROWS, overall=OVERALL, strict=strict),
    "ORDINAL_MATH": lambda strict: ask.ice({"chat": ask.IceItem(impact=5, confidence=3, ease=4)}, strict=strict),
    "PARALLEL_TRENDS": lambda strict: ask.before_after(FEW, after=MORE, control=(FEW, Share(33, 100)), strict=strict),
    "PEEKING": lambda strict: ask.before_after(FEW, after=MORE, looks=5, strict=strict),
    "REGRESSION_TO_MEAN": lambda strict: ask.before_after(FEW, after=MORE, chosen_as_worst=True, strict=strict),
    "SIMPSON": lambda strict: ask.before_after(Share(289, 350), after=Share(273, 350), strata=STONES, strict=strict),
    "SMALL_N": lambda strict: ask.csat([5, 4, 3], response_rate=0.5, strict=strict),
    "STRUCTURAL_LIFT": lambda strict: ask.removal_effects(
        {"ad": {"site": 0.5, "end": 0.5}, "site": {"buy": 0.2, "end": 0.8}}, goal="buy", strict=strict
    ),
    "SURVIVORS": lambda strict: ask.csat([5, 4, 3] * 20, started=100, strict=strict),
    "TOO_SMALL": lambda strict: ask.perception_gap({"ad": 1, "site": 2, "buy": 1}, {"ad": 2, "site": 1, "buy": 0}, strict=strict),
    "TRAP": lambda strict: ask.conversion(
        {"ad": {"form": 0.5, "buy": 0.5}, "form": {"error": 1.0}, "error": {"form": 1.0}}, goal="buy", start="ad", strict=strict
    ),
    "UNPLANNED": lambda strict: ask.before_after(FEW, after=MORE, strict=strict),
}
"""The warning, and a question that carries it."""

REFUSED = {
    "MISSING_HEAVY": lambda: ask.peak_end([1, None, None, None]),
    "PAIRED_AS_INDEPENDENT": lambda: ask.before_after({"ann": 1, "ben": 2}, after={"ann": 2, "ben": 2}),
    "ROW_SUM": lambda: ask.conversion({"ad": {"site": 0.7, "buy": 0.7}}, goal="buy"),
    "SCALE_MISMATCH": lambda: ask.nps([10, 9, 11]),
    "TARGET_LEAK": lambda: ask.churn_risk(
        {"complaints": [0, 1, 2, 3, 1, 2] * 20}, [0, 0, 1, 1, 1, 0] * 20, recorded={"complaints": "2026-04-02"}, cutoff="2026-03-31"
    ),
    "TOO_SMALL": lambda: ask.relative_weights({"call": [1, 2, 3], "visit": [2, 1, 3]}, overall=[1, 2, 3]),
}
"""The code of the error, and a question that is refused."""


def test_every_code_has_a_case():
    assert WARNED.keys() | REFUSED.keys() == set(DANGERS)


@pytest.mark.parametrize("code", WARNED)
def test_the_warning_is_there_and_strict_makes_it_an_error(code):
    found = WARNED[code](strict=False)
    assert code in [warning.code for warning in found.warnings]
    assert DANGERS[code].short in found.explain() or (code == "ASSUMPTION_ONLY" and found.explain().startswith("Hypothesis: "))
    with pytest.raises(DoubtfulAnswer) as caught:
        WARNED[code](strict=True)
    assert code in [each for each, _ in caught.value.warnings]


@pytest.mark.parametrize("code", WARNED)
def test_its_rows_become_a_frame(code):
    found = WARNED[code](strict=False)
    frame, rows = found.to_frame(), found.to_rows()
    assert len(frame) == len(rows) > 0
    assert list(frame.columns) == list(rows[0])
    assert frame.__arrow_c_stream__() is not None


@pytest.mark.parametrize("code", REFUSED)
def test_the_refusal_has_its_code(code):
    with pytest.raises(AnalysisError) as caught:
        REFUSED[code]()
    assert caught.value.code == code
    assert f"[{code}]" in str(caught.value)


# What is refused outright, each as somebody would try to get it.


def test_there_is_no_journey_score_without_its_parts():
    with pytest.raises(AttributeError):
        ask.journey_score(FELT)
    card = ask.health(FELT)
    assert len({row["check"] for row in card.to_rows()}) > 1
    assert card.unit != "points"


@pytest.mark.parametrize("mean", [7.4, {"mean": 7.4, "n": 20}, [7.4]])
def test_an_nps_cannot_come_from_a_mean(mean):
    with pytest.raises(AnalysisError):
        ask.nps(mean)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: ask.derived_importance(ROWS, overall=OVERALL),
        lambda: ask.relative_weights(ROWS, overall=OVERALL, draws=100),
        lambda: ask.shapley_weights(ROWS, overall=OVERALL),
        lambda: ask.penalty_reward({"call": [1, 3, 5] * 15}, overall=[2, 3, 4] * 15, low=2, high=4),
        lambda: ask.removal_effects({"ad": {"site": 0.5, "buy": 0.1}, "site": {"buy": 0.2}}, goal="buy"),
        lambda: ask.rule_attribution([ask.ChannelPath(["ad", "mail"], conversions=3, nulls=9)]),
        lambda: ask.shapley_attribution([ask.ChannelPath(["ad", "mail"], conversions=3, nulls=9)]),
        lambda: ask.channel_consistency({"web": [4, 5, 4, 3, 5, 4], "phone": [2, 3, 2, 1, 2, 3]}),
    ],
)
def test_what_goes_together_is_never_told_as_a_cause(answer):
    found = answer()
    assert "NOT_CAUSAL" in [warning.code for warning in found.warnings]
    told = found.explain().replace(DANGERS["NOT_CAUSAL"].short, "")
    assert not re.search(r"\b(causes?|caused|because|leads? to|drives?|thanks to|effect of|improves?)\b", told)


@pytest.mark.parametrize("compare", [lambda a, b: ask.before_after(a, after=b), lambda a, b: ask.step_difference(a, against=b)])
def test_funnels_with_different_windows_cannot_be_compared(compare):
    with pytest.raises(AnalysisError):
        compare(ask.funnel({"visit": 100, "pay": 50}), ask.funnel({"visit": 100, "pay": 60}))


def test_percentages_without_n_cannot_be_averaged():
    with pytest.raises(NotEnoughData, match="without n"):
        ask.roll_up({"loan": 0.7, "card": 0.2})
    maps = [Journey(name, metrics=[Metric("sat", kind="csat", value=31, unit="%")]) for name in ("Loan", "Card")]
    with pytest.raises(NotEnoughData, match="without n"):
        ask.roll_up(maps)


def test_five_touchpoints_have_no_significance():
    found = ask.perception_gap(dict.fromkeys("abcde", 2), {"a": 1, "b": 1.5, "c": 1, "d": 0, "e": 1.2})
    assert found.interval is None
    assert found.p_value is None
    assert found.wilcoxon_p is None
    assert "TOO_SMALL" in [warning.code for warning in found.warnings]


def test_a_missing_emotion_is_never_neutral():
    for question in (ask.peak_end, ask.volatility, ask.peaks_and_valleys):
        with pytest.raises(NotEnoughData, match="never filled in"):
            question([1, None, None, None])
        assert not {"fill", "impute", "default"} & inspect.signature(question).parameters.keys()
    assert ask.emotion_curve([1, None, 2]).points[1].valence is None
    assert ask.emotion_curve([1, None, 2, 3 - 1]).value == pytest.approx(5 / 3)


def test_a_mean_of_few_answers_is_not_ranked_as_it_stands():
    rare, common = [-2, -1, -2, -1, -2], [-1.5, -1.4, -1.6, -1.5] * 10
    found = ask.emotion_by_persona(
        {"Maya": {"rare": rare, "common": common, "good": [1, 2] * 20, "fine": [0, 1] * 20, "ok": [0, 0.5] * 20}}
    )
    cells = {cell.step: cell for cell in found.cells}
    assert cells["rare"].mean < cells["common"].mean
    assert cells["rare"].shrunk > cells["rare"].mean
    assert [cell.shrunk for cell in found.dips] == sorted(cell.shrunk for cell in found.dips)


def test_scales_are_not_mixed():
    with pytest.raises(ScaleMismatch):
        ask.rice(
            [{"name": "a", "reach": 1, "impact": 1, "confidence": 1, "effort": 1, "period": period} for period in ("month",)]
            + [{"name": "b", "reach": 1, "impact": 1, "confidence": 1, "effort": 1, "period": "year"}]
        )


# The page and the table say the same.


def test_the_page_has_every_code_with_its_words_and_no_other():
    sections = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    page = {section.split("\n", 1)[0].strip(): " ".join(section.split("\n", 1)[1].split()) for section in sections}
    assert list(page) == sorted(DANGERS)
    for code, danger in DANGERS.items():
        assert f"**{_capital(danger.short)}.**" in page[code]
        assert f"{_capital(danger.text)}." in page[code]
        assert f"{_capital(danger.remedy)}." in page[code]
        assert "*Raised:*" in page[code]
        assert "*Source:*" in page[code]


def _capital(text):
    return text[0].upper() + text[1:]
