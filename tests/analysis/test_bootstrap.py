"""Bootstrap intervals: textbook values, repeatability, and what has none."""

from __future__ import annotations

import numpy as np
import pytest

from journeymap.analysis.bootstrap import bca, percentile, resamples
from journeymap.errors import AnalysisError

# Efron & Tibshirani (1993), table 14.1: neurological test A of 26 children; table 14.2 has the 90 % intervals of its variance.
SPATIAL_A = np.array([48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41], dtype=float)


def variance(samples):
    return samples.var(axis=1)


def mean(samples):
    return samples.mean(axis=1)


def test_the_textbook_intervals_come_out():
    interval = bca(SPATIAL_A, variance, level=0.9, draws=20_000, seed=1)
    plain = percentile(SPATIAL_A, variance, level=0.9, draws=20_000, seed=1)
    assert interval is not None
    assert plain is not None
    # 115.8 to 259.6 and 100.8 to 233.9 in the book, from 2,000 draws; scipy with 100,000 draws: 116.2 to 262.1.
    assert (interval.low, interval.high) == pytest.approx((116.2, 262.1), abs=2.5)
    assert (plain.low, plain.high) == pytest.approx((100.8, 233.9), abs=2.5)


def test_the_same_seed_gives_the_same_bounds_and_another_moves_them_by_about_the_error():
    bounds = [bca(SPATIAL_A, mean, seed=seed) for seed in (1, 1, 2)]
    first, again, other = (interval for interval in bounds if interval is not None)
    assert first == again
    assert first != other
    assert first.error is not None
    assert abs(first.low - other.low) < 6 * first.error


def test_a_percentile_interval_needs_twenty():
    assert percentile(SPATIAL_A[:19], mean) is None
    assert percentile(SPATIAL_A[:20], mean) is not None


def test_equal_values_have_no_bootstrap_interval():
    assert bca(np.full(30, 4.0), mean) is None
    assert bca(np.array([1.0]), mean) is None


def test_rows_stay_together():
    rows = np.column_stack([np.arange(40.0), np.arange(40.0)])
    interval = percentile(rows, lambda samples: (samples[..., 0] - samples[..., 1]).sum(axis=1))
    assert interval is not None
    assert (interval.low, interval.high) == (0, 0)


def test_draws_come_in_pieces_that_fit():
    pieces = list(resamples(400_000, draws=101, seed=0))
    assert sum(len(piece) for piece in pieces) == 101
    assert max(piece.size for piece in pieces) <= 4_000_000


def test_too_few_draws_are_refused():
    with pytest.raises(AnalysisError, match="50 draws are too few"):
        bca(SPATIAL_A, mean, draws=50)
