"""Ratings of touchpoints beside an overall satisfaction: the door of every question about what goes with what (B4 to B7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import Numbers, columns_of, numbers
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import Journey

Floats: TypeAlias = NDArray[np.float64]
RatingData: TypeAlias = Mapping[str, Numbers] | Iterable[Mapping[str, float | None]]
"""Answers by question, one a respondent in the same order; or a mapping of question to answer for each respondent."""
FEWEST_PER_DRIVER = 5
STEADY_PER_DRIVER = 10
LEAST_EXPLAINED = 0.2
MOST_INFLATED = 10.0


@frozen
class Ratings:
    """The answers, one row a respondent; NaN is missing."""

    names: tuple[str, ...]
    scores: Floats
    """Respondents by touchpoints."""
    overall: Floats

    @property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of."""
        return self.names, self.scores.tobytes().hex(), self.overall.tobytes().hex()

    def complete(self) -> Ratings:
        """The respondents who answered everything (listwise deletion)."""
        kept = ~(np.isnan(self.scores).any(axis=1) | np.isnan(self.overall))
        return Ratings(self.names, self.scores[kept], self.overall[kept])


def ratings_of(data: object, overall: str | Numbers | None, *, question: str) -> Ratings:
    """The ratings in the data; NotEnoughData for a map, which has no respondents, and where nobody says what the overall rating is.

    ``overall`` is the name of one of the questions, or the answers themselves.
    """
    if isinstance(data, Journey):
        raise NotEnoughData(question, "a map does not say what single respondents answered", "ratings by respondent")
    if overall is None:
        raise NotEnoughData(question, "no overall rating", "overall= with the name of its column, or one answer for each respondent")
    columns = dict(_columns(columns_of(data), question))
    if isinstance(overall, str):
        if overall not in columns:
            raise AnalysisError(f"{question}: there is no question {shown(overall)}{suggestion(overall, columns)}; overall= names one")
        together = columns.pop(overall)
    else:
        together = numbers(overall, what="overall")
    if not columns:
        raise NotEnoughData(question, "no touchpoint is rated", "ratings of at least one touchpoint beside the overall one")
    lengths = {name: len(column) for name, column in columns.items()}
    for name, length in lengths.items():
        if length != len(together):
            raise AnalysisError(f"{question}: {length} answers on {shown(name)} and {len(together)} overall; give one for each respondent")
    scores = np.array([[np.nan if value is None else value for value in column] for column in columns.values()], dtype=np.float64)
    return Ratings(tuple(columns), scores.T.copy(), np.array([np.nan if value is None else value for value in together], dtype=np.float64))


def _columns(data: object, question: str) -> Iterable[tuple[str, tuple[float | None, ...]]]:
    if isinstance(data, Mapping):
        for name, column in data.items():
            yield str(name), numbers(column, what=str(name))
        return
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"{question}: {shown(data)} are no ratings; give answers by touchpoint, {{'call': [3, 4], 'visit': [5, 2]}}")
    rows = list(data)
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        raise AnalysisError(f"{question}: give answers by touchpoint, or one mapping of touchpoint to answer for each respondent")
    for name in dict.fromkeys(name for row in rows for name in row):
        yield str(name), numbers((row.get(name) for row in rows), what=str(name))


@frozen
class Correlations:
    """How touchpoints go with one another, and with the overall satisfaction."""

    among: Floats
    """Touchpoints by touchpoints."""
    overall: Floats
    inflation: Floats
    """The variance inflation factor of each touchpoint."""
    explained: float
    """R², the share of the variance of the overall satisfaction that all of them explain together."""


def correlations(ratings: Ratings, *, question: str) -> Correlations:
    """The correlations of complete ratings; refused where there are too few of them, or where drivers say the same.

    NotEnoughData with TOO_SMALL for n < 5 p or n <= p + 1.
    """
    n, p = ratings.scores.shape
    if n < FEWEST_PER_DRIVER * p or n <= p + 1:
        needed = f"at least {max(FEWEST_PER_DRIVER * p, p + 2)} respondents who rated everything"
        raise NotEnoughData(question, f"{n} complete answers for {p} touchpoints", needed, "TOO_SMALL")
    table = np.column_stack([ratings.scores, ratings.overall])
    flat = np.flatnonzero(np.ptp(table, axis=0) == 0)
    if len(flat):
        name = "the overall satisfaction" if flat[0] == p else repr(ratings.names[flat[0]])
        raise AnalysisError(f"{question}: all answers on {name} are the same, so nothing can go with it; leave it out")
    whole = np.corrcoef(table, rowvar=False).reshape(p + 1, p + 1)
    among, overall = whole[:p, :p], whole[:p, p]
    if np.linalg.eigvalsh(among)[0] < 1e-10:
        raise AnalysisError(f"{question}: some touchpoints are rated exactly alike, or one follows from others; leave one of them out")
    inverse = np.linalg.inv(among)
    return Correlations(among, overall, np.diag(inverse).copy(), min(1.0, float(overall @ inverse @ overall)))


def driver_cautions(ratings: Ratings, found: Correlations) -> tuple[Caution, ...]:
    """That it is no proof of a cause, and what makes the order of the drivers unsteady."""
    n, p = ratings.scores.shape
    cautions = [caution("NOT_CAUSAL")]
    worst = int(np.argmax(found.inflation))
    if found.inflation[worst] > MOST_INFLATED:
        cautions.append(
            caution(
                "KDA_UNSTABLE", f"{ratings.names[worst]} nearly follows from the others (variance inflation {found.inflation[worst]:.0f})"
            )
        )
    if n < STEADY_PER_DRIVER * p:
        cautions.append(caution("KDA_UNSTABLE", f"there are {n} answers for {p} touchpoints, fewer than ten each"))
    if found.explained < LEAST_EXPLAINED:
        cautions.append(caution("KDA_UNSTABLE", f"all of them together explain {100 * found.explained:.0f} % of the overall satisfaction"))
    return tuple(cautions)


def ranks(values: Floats) -> Floats:
    """The rank of each, 1 for the largest, along the last axis; ties keep their order."""
    order = np.argsort(-values, axis=-1, kind="stable")
    found = np.empty_like(order)
    np.put_along_axis(found, order, np.broadcast_to(np.arange(1, values.shape[-1] + 1), order.shape), axis=-1)
    return found.astype(np.float64)
