"""J9: looking more than once."""

from __future__ import annotations

from datetime import date

import pytest

from journeymap.analysis import sequential_looks
from journeymap.analysis.looks import inflated_alpha
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric


@pytest.mark.parametrize(
    ("looks", "alpha"), [(1, 0.05), (2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193), (20, 0.248), (50, 0.320)]
)
def test_the_published_inflation(looks, alpha):
    """Armitage, McPherson & Rowe (1969), table 2."""
    assert inflated_alpha(looks) == pytest.approx(alpha, abs=0.0006)


@pytest.mark.parametrize(("looks", "z"), [(2, 2.178), (3, 2.289), (4, 2.361), (5, 2.413), (10, 2.555)])
def test_pococks_constants(looks, z):
    """Jennison & Turnbull (2000), table 2.1."""
    found = sequential_looks(looks)
    assert [look.z for look in found.boundaries] == pytest.approx([z] * looks, abs=0.0006)


@pytest.mark.parametrize(("looks", "z"), [(2, 1.977), (3, 2.004), (4, 2.024), (5, 2.040), (10, 2.087)])
def test_obrien_and_flemings_constants(looks, z):
    """Jennison & Turnbull (2000), table 2.3: the constant times sqrt(looks / look)."""
    found = sequential_looks(looks, spending="obrien-fleming")
    assert [look.z for look in found.boundaries] == pytest.approx([z * (looks / k) ** 0.5 for k in range(1, looks + 1)], abs=0.003)


def test_one_look_is_no_peeking():
    found = sequential_looks(1)
    assert (found.value, found.boundaries[0].z) == (pytest.approx(0.05), pytest.approx(1.959964, abs=1e-6))
    assert found.warnings == ()
    assert "looks once" in found.explain()


def test_more_looks_warn_and_say_how_much():
    (warning,) = sequential_looks(5).warnings
    assert warning.code == "PEEKING"
    assert warning.text.startswith("5 looks at 0.05 make a chance finding 14 % likely; ")


@pytest.mark.parametrize("bad", [0, 51, 2.0, True, "5"])
def test_looks_are_counted(bad):
    with pytest.raises(AnalysisError, match="no number of looks"):
        sequential_looks(bad)


def test_a_map_looks_as_often_as_it_dates_a_metric():
    dated = [Metric("Conversion", id=f"c{k}", value=0.1 * k, observed=date(2026, k, 1)) for k in (1, 2, 3)]
    other = Metric("Calls", value=5, observed=date(2026, 1, 1))
    assert sequential_looks(Journey("J", metrics=dated)).n == 3
    assert sequential_looks(Journey("J", metrics=[*dated, other]), metric="Conversion").n == 3
    with pytest.raises(NotEnoughData, match="2 metrics have dated values"):
        sequential_looks(Journey("J", metrics=[*dated, other]))
    with pytest.raises(NotEnoughData, match="no metric has dated values"):
        sequential_looks(Journey("J"))
