"""H4: whether those who judge the same things agree."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journeymap.analysis import agreement
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Evidence, Journey, Source, Stage, Touchpoint

# Krippendorff (2011), the example with missing data.
FOUR = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}
# Shrout & Fleiss (1979): six targets, four judges.
JUDGES = {"1": [9, 6, 8, 7, 10, 6], "2": [2, 1, 4, 1, 5, 2], "3": [5, 3, 6, 2, 6, 4], "4": [8, 2, 8, 6, 9, 7]}
# Fleiss (1971): how many of 14 chose each of five categories.
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "alpha"),
    [("nominal", 0.743421052631579), ("ordinal", 0.8153875037548814), ("interval", 0.8491071428571428), ("ratio", 0.7974027747116121)],
)
def test_alpha_as_published(scale, alpha):
    found = agreement(FOUR, scale=scale)
    assert found.value == pytest.approx(alpha, abs=1e-12)
    assert (found.n, found.missing, found.judgements) == (11, 1, 40)
    assert found.interval is None  # 11 units are too few to resample


def test_two_coders_have_cohens_kappa():
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = agreement({"Ann": [one for one, _ in pairs], "Ben": [other for _, other in pairs]})
    assert found.cohen_kappa == pytest.approx(0.4, abs=1e-12)
    assert found.same == 0.7
    assert found.interval.low < found.value < found.interval.high


def test_the_same_number_of_codes_has_fleiss_kappa():
    rows = [(str(rater), str(unit), kind) for unit, counts in enumerate(FLEISS) for rater, kind in enumerate(
        [f"k{k}" for k, count in enumerate(counts) for _ in range(count)])]  # fmt: skip
    found = agreement(rows)
    assert found.fleiss_kappa == pytest.approx(0.20993070442195522, abs=1e-12)
    assert found.cohen_kappa is None
    assert agreement(FOUR).fleiss_kappa is None


def test_numbers_have_the_intraclass_correlation():
    assert agreement(JUDGES, scale="interval").icc == pytest.approx(0.289764, abs=5e-7)
    assert agreement(JUDGES).icc is None


def test_the_thresholds_speak():
    assert agreement(FOUR, scale="interval").verdict == "reliable"
    assert agreement(FOUR).verdict == "tentative"
    assert agreement(JUDGES, scale="interval").verdict == "not reliable"
    assert (
        "agree by 0.743 (1 is always, 0 as by chance), which is tentative; most disputed is '6' (A: 1, B: 2, C: 3, D: 4)"
        in agreement(FOUR).explain()
    )


def test_all_the_same_is_nothing_to_agree_on():
    found = agreement({"Ann": ["a", "a"], "Ben": ["a", "a"]})
    assert (found.value, found.cohen_kappa, found.fleiss_kappa, found.same) == (None, None, None, 1)
    assert found.reason == "all codes are the same, so chance alone would agree"


def test_units_of_one_coder_are_dropped():
    found = agreement({"Ann": {"x": "a", "y": "b", "z": "a"}, "Ben": {"x": "a", "y": "a"}})
    assert (found.n, found.missing) == (2, 1)
    assert [unit.id for unit in found.units] == ["y", "x"]
    with pytest.raises(NotEnoughData, match="no unit has codes of two among 1 coders"):
        agreement({"Ann": ["a", "b"]})
    with pytest.raises(NotEnoughData):
        agreement({"Ann": ["a", None], "Ben": [None, "b"]})


def test_ranks_of_text_need_their_order():
    data = {"Ann": ["low", "high", "mid"], "Ben": ["low", "mid", "mid"]}
    numeric = {"Ann": [1, 3, 2], "Ben": [1, 2, 2]}
    assert agreement(data, scale="ordinal", order=["low", "mid", "high"]).value == agreement(numeric, scale="ordinal").value
    with pytest.raises(AnalysisError, match="order: 'low' is not in it"):
        agreement(data, scale="ordinal", order=["mid", "high"])
    with pytest.raises(AnalysisError, match="'high' is no number; the scale 'interval' needs numbers"):
        agreement(data, scale="interval")
    with pytest.raises(AnalysisError, match="-1 is below 0; a ratio scale has a true zero"):
        agreement({"Ann": [-1, 2], "Ben": [1, 2]}, scale="ratio")


def test_wrong_forms_are_told():
    with pytest.raises(AnalysisError, match="have judged 1 to 2 units"):
        agreement({"Ann": ["a"], "Ben": ["a", "b"]})
    with pytest.raises(AnalysisError, match="Ann has judged 'x' twice"):
        agreement([("Ann", "x", "a"), ("Ann", "x", "b")])
    with pytest.raises(AnalysisError, match=r"row 0: \('Ann', 'x'\) is not \(coder, unit, code\)"):
        agreement([("Ann", "x")])
    with pytest.raises(AnalysisError, match="'ab' is no list of codes"):
        agreement({"Ann": "ab"})
    with pytest.raises(AnalysisError, match="'ab' are no codes"):
        agreement("ab")


def test_on_a_map_sources_are_the_coders():
    def step(name, **scores):
        return Touchpoint(name, evidence=[Evidence(source, score=score) for source, score in scores.items()])

    sources = [Source("survey"), Source("talks"), Source("out", weight=0)]
    journey = Journey(
        "J", [Stage("S", [step("A", survey=1, talks=2), step("B", survey=-1, talks=-2, out=2), step("C", survey=0)])], sources=sources
    )
    found = agreement(journey)
    assert found.coders == ("survey", "talks")
    assert (found.scale, found.n, found.missing) == ("interval", 2, 1)
    assert found.value == agreement({"s": [1, -1], "t": [2, -2]}, scale="interval").value
    assert {warning.code for warning in found.warnings} == {"SMALL_N"}


codings = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.sampled_from([None, 1, 2, 3]), min_size=coders, max_size=coders), min_size=1, max_size=12)
)


@given(codings)
def test_alpha_by_brute_force(units):
    """All pairs within units over all pairs whatever, counted one by one."""
    kept = [[code for code in unit if code is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    assume(kept)
    everything = [code for unit in kept for code in unit]
    data = {str(coder): [unit[coder] for unit in units] for coder in range(len(units[0]))}
    for scale, delta in (("nominal", lambda a, b: a != b), ("interval", lambda a, b: (a - b) ** 2)):
        found = agreement(data, scale=scale)
        observed = sum(2 * sum(delta(a, b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in kept) / len(everything)
        pairs = list(combinations(everything, 2))
        expected = sum(delta(a, b) for a, b in pairs) / len(pairs)
        assert found.observed == pytest.approx(observed)
        assert found.expected == pytest.approx(expected)
        assert found.value is None if expected == 0 else found.value == pytest.approx(1 - observed / expected)
        assert found.value is None or found.value <= 1


@given(codings, st.permutations([1, 2, 3]))
def test_names_may_be_exchanged(units, names):
    assume(any(sum(code is not None for code in unit) > 1 for unit in units))
    data = {str(coder): [unit[coder] for unit in units] for coder in range(len(units[0]))}
    renamed = {coder: [None if code is None else names[code - 1] for code in codes] for coder, codes in data.items()}
    one, other = agreement(data).value, agreement(renamed).value
    assert one == other if one is None else one == pytest.approx(other)
