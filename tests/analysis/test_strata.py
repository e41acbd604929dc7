"""What hides behind a total."""

from __future__ import annotations

import pytest

from journeymap.analysis import Share
from journeymap.analysis.intervals import chi_square_p
from journeymap.analysis.strata import mix_shift, pooled, simpson, standardised
from journeymap.errors import AnalysisError, NotEnoughData

# Charig et al. (1986): kidney stones, open surgery against percutaneous, small and large stones.
STONES = {"small": (Share(81, 87), Share(234, 270)), "large": (Share(192, 263), Share(55, 80))}


def test_the_kidney_stones():
    assert [share.value for share in pooled(STONES)] == pytest.approx([273 / 350, 289 / 350])
    same_mix = standardised(STONES)
    assert same_mix.first == pytest.approx((81 / 87 * 357 + 192 / 263 * 343) / 700)
    assert same_mix.difference > 0
    (found,) = simpson(STONES)
    assert found.code == "SIMPSON"
    assert "the total goes from 83 % to 78 %, but 2 of 2 groups go the other way; with the same mix it would be 78 % to 83 %" in found.text


def test_groups_that_agree_or_say_nothing_are_fine():
    assert simpson({"a": (Share(6, 10), Share(5, 10)), "b": (Share(7, 10), Share(5, 10))}) == ()
    assert simpson({"a": (Share(5, 10), Share(5, 10))}) == ()
    assert simpson({"a": (Share(0, 0), Share(5, 10))}) == ()
    assert standardised({"a": (Share(0, 0), Share(5, 10))}) is None


@pytest.mark.parametrize(
    ("value", "df", "p"),
    [(1, 3, 0.80125195690120073), (5, 4, 0.28729749518364578), (10.5, 7, 0.1619644930794282), (30, 12, 0.0027924293), (0, 3, 1), (0, 2, 1)],
)
def test_chi_square_agrees_with_scipy(value, df, p):
    assert chi_square_p(value, df) == pytest.approx(p, abs=1e-7)


def test_another_mix_is_seen():
    assert len(mix_shift({"a": (30, 55), "b": (50, 25), "c": (20, 20)})) == 1
    assert mix_shift({"a": (50, 52), "b": (50, 48)}) == ()
    assert mix_shift({"a": (50, 10)}) == ()
    assert mix_shift({"a": (50, 50), "b": (0, 0)}) == ()
    with pytest.raises(NotEnoughData):
        mix_shift({"a": (5, 0), "b": (5, 0)})


@pytest.mark.parametrize("bad", [(5, 4), (-1, 4), (True, 4), (1, float("inf")), ("1", 2)])
def test_a_share_is_a_count_of_a_count(bad):
    with pytest.raises(AnalysisError):
        Share(*bad)


def test_a_share_of_nobody_has_no_value():
    assert Share(0, 0).value is None
    assert Share(3, 10).failures == 7
