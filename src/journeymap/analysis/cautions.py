"""The dangers that an answer can carry: stable codes, each with what it means and what to do about it.

`caution` is the one way to make a `Caution`, so that a code always comes with its words. A code that stops an answer
altogether travels on an error instead (`journeymap.errors.AnalysisError.code`); the words here serve both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from attrs import frozen

Code = Literal[
    "ASSUMPTION_ONLY",
    "CENSORED",
    "HIDDEN_GROUPS",
    "KDA_UNSTABLE",
    "LEXICON_UNVALIDATED",
    "MARKOV_MEMORY",
    "MISSING_HEAVY",
    "MIX_SHIFT",
    "MULTIPLE_TESTS",
    "NONRESPONSE",
    "NOT_CAUSAL",
    "ORDINAL_MATH",
    "PAIRED_AS_INDEPENDENT",
    "PARALLEL_TRENDS",
    "PEEKING",
    "REGRESSION_TO_MEAN",
    "ROW_SUM",
    "SCALE_MISMATCH",
    "SIMPSON",
    "SMALL_N",
    "STRUCTURAL_LIFT",
    "SURVIVORS",
    "TARGET_LEAK",
    "TOO_SMALL",
    "TRAP",
    "UNPLANNED",
]


class Danger(NamedTuple):
    """What a code stands for."""

    short: str
    """In a few words, for the end of a sentence."""
    text: str
    """What is wrong, in a sentence without its full stop."""
    remedy: str
    """What to do, in a sentence without its full stop."""


DANGERS: dict[Code, Danger] = {
    "ASSUMPTION_ONLY": Danger(
        "a hypothesis, no evidence yet",
        "it rests on the map makers' assumptions, not on what customers said or did",
        "attach a source to each of them before anyone decides on it",
    ),
    "CENSORED": Danger(
        "some journeys are still open",
        "more than a tenth of the journeys are not finished, so finished ones alone look too short and too successful",
        "use time_to_event, which counts the open ones as long as they were watched",
    ),
    "HIDDEN_GROUPS": Danger(
        "two groups behind one mean",
        "the answers fall into groups that feel differently, and the mean describes neither",
        "look at each persona by itself",
    ),
    "KDA_UNSTABLE": Danger(
        "the order of the drivers is not settled",
        "another sample of the same customers could well put another driver first",
        "read the intervals of the ranks, ask more people, or merge drivers that say the same",
    ),
    "LEXICON_UNVALIDATED": Danger(
        "the word list is not checked against your comments",
        "the sentiment comes from a general English word list that nobody has compared with your own customers' comments",
        "label at least 50 comments by hand and compare; until then use it to find comments, not to measure",
    ),
    "MARKOV_MEMORY": Danger(
        "where customers came from matters too",
        "the calculation takes the next step to depend on the present one alone, and the data contradict that or are too few to tell",
        "look at the intervals of the rows, or count longer paths",
    ),
    "MISSING_HEAVY": Danger(
        "much is missing",
        "a large share of the values that it needs is missing, and those that are there may be special",
        "fill the gaps, or ask for the part of the map that is known",
    ),
    "MIX_SHIFT": Danger(
        "different people answered",
        "the two waves differ in who answered, so a difference of the totals may only mirror that",
        "compare group by group, or weight both waves to the same mix",
    ),
    "MULTIPLE_TESTS": Danger(
        "many comparisons at once",
        "of many comparisons some look striking by chance alone",
        "go by the adjusted p-values, and confirm what you find with new data",
    ),
    "NONRESPONSE": Danger(
        "few answered, or nobody knows how many",
        "fewer than a fifth of those asked have answered, or nobody says how many, and those who stay silent may feel differently",
        "state response_rate, chase answers, or weight them to all customers",
    ),
    "NOT_CAUSAL": Danger(
        "associated, not proven to cause",
        "it shows what goes together, not what causes what",
        "test a change in an experiment; sample_size says how many customers that takes",
    ),
    "ORDINAL_MATH": Danger(
        "ratings multiplied: good for ranking only",
        "it multiplies ratings such as 1 to 5, whose steps are not equally wide, so twice the score is not twice the trouble",
        "use the order as a help for talking, not the numbers as amounts",
    ),
    "PAIRED_AS_INDEPENDENT": Danger(
        "the same people on both sides",
        "the same people are on both sides, and a test for different people would waste what that tells",
        "ask for the paired comparison with paired=True",
    ),
    "PARALLEL_TRENDS": Danger(
        "no proof that both groups moved alike before",
        "the comparison takes both groups to have moved alike without the change, and fewer than three earlier periods cannot show that",
        "add earlier periods of both groups",
    ),
    "PEEKING": Danger(
        "looked at more than once",
        "the result was looked at while data still came in, which makes a chance finding more likely than the level says",
        "use the thresholds that sequential_looks gives, and plan the looks beforehand",
    ),
    "REGRESSION_TO_MEAN": Danger(
        "the worst tend to improve by themselves",
        "steps that were chosen because they were worst tend to look better at the next measurement without any change",
        "compare with steps or customers that were not changed",
    ),
    "ROW_SUM": Danger(
        "shares do not add up to one",
        "the shares that leave a step do not add up to one",
        "mend the shares; remainder='drop' takes what is missing as customers who leave",
    ),
    "SCALE_MISMATCH": Danger(
        "different scales mixed",
        "values of different scales, periods or clocks are mixed",
        "bring them to one scale first, with Scale",
    ),
    "SIMPSON": Danger(
        "the parts say something else than the total",
        "most groups point in another direction than all customers together",
        "read the groups and the standardised rates, not the total",
    ),
    "SMALL_N": Danger(
        "few answers",
        "there are fewer than 30 answers, or fewer than 5 on one side, so the number can be far from the truth",
        "read the interval first, and ask more people",
    ),
    "STRUCTURAL_LIFT": Danger(
        "everyone who gets there passes here",
        "the step lies on every way to the goal, so that all who convert have passed it whatever it is like",
        "call it unavoidable, and compare versions of the step instead",
    ),
    "SURVIVORS": Danger(
        "only those who got this far",
        "it counts only the customers who got this far; those who left before are not heard",
        "read it beside the share that reached the step, and ask those who left",
    ),
    "TARGET_LEAK": Danger(
        "it knows the outcome already",
        "a value was recorded at or after the outcome that it should foresee",
        "use only what was known before the cut-off",
    ),
    "TOO_SMALL": Danger(
        "too few for a test",
        "there are too few values for a test to mean anything",
        "report what was seen without a test, and collect more",
    ),
    "TRAP": Danger(
        "some can never finish",
        "there are steps from which neither the goal nor the exit can be reached, so the expected number of steps is infinite",
        "add the missing transition, or the drop-off, to those steps",
    ),
    "UNPLANNED": Danger(
        "nobody planned how many to ask",
        "the number of answers was not planned for the difference that matters",
        "read what difference this many could show, and plan the next round with sample_size",
    ),
}


@frozen
class Caution:
    """A danger that an answer carries.

    >>> print(caution("SMALL_N", "12 answers"))
    SMALL_N: 12 answers; there are fewer than 30 answers, or fewer than 5 on one side, so the number can be far from the truth
    """

    code: Code
    """The stable code, for programs."""
    text: str
    """What is wrong here, for readers."""

    @property
    def short(self) -> str:
        """The danger in a few words."""
        return DANGERS[self.code].short

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return DANGERS[self.code].remedy

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


def caution(code: Code, detail: str = "") -> Caution:
    """The caution of that code; ``detail`` says what set it off here, with its numbers."""
    return Caution(code, f"{detail}; {DANGERS[code].text}" if detail else DANGERS[code].text)


def merged(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """One caution a code, in order; the first speaks for others of its code and says how many they are.

    >>> print(merged([caution("SMALL_N", "4 answers on A"), caution("SMALL_N", "9 answers on B")])[0].text[:40])
    4 answers on A, and 1 more like this; th
    """
    by_code: dict[Code, list[Caution]] = {}
    for found in dict.fromkeys(cautions):
        by_code.setdefault(found.code, []).append(found)
    return tuple(_speaker(found) for found in by_code.values())


def _speaker(found: Sequence[Caution]) -> Caution:
    first = found[0]
    tail = f"; {DANGERS[first.code].text}"
    if len(found) == 1 or not first.text.endswith(tail):
        return first
    return Caution(first.code, f"{first.text.removesuffix(tail)}, and {len(found) - 1:,} more like this{tail}")
