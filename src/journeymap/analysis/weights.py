"""Weighted answers: which weights count, and what a weighted sample is worth."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from journeymap.analysis.doors import number
from journeymap.errors import AnalysisError


def kish(weights: Sequence[float]) -> float:
    """What a weighted sample is worth in equal weights: (sum of w)² / sum of w² (Kish 1965).

    >>> kish([1, 1, 1, 1]), kish([3, 1])
    (4.0, 1.6)
    """
    return fsum(weights) ** 2 / fsum(w * w for w in weights)


def kept_weights(answers: Sequence[float | None], weights: Sequence[float] | None) -> list[float]:
    """The weights of the answers that are there; 1 each without weights."""
    if weights is None:
        return [1.0 for answer in answers if answer is not None]
    if len(weights) != len(answers):
        raise AnalysisError(f"weights: {len(weights)} of them for {len(answers)} answers; give one for each")
    checked = [number(weight, what="weights", low=0) for weight in weights]
    kept = [weight for weight, answer in zip(checked, answers, strict=True) if answer is not None]
    if not any(kept):
        raise AnalysisError("weights: all are 0; give some answers a weight")
    return kept
