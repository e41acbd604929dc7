"""What a customer feels at a moment, and the scales that people write it down in."""

from __future__ import annotations

import math
from collections.abc import Mapping

from attrs import field, frozen

from journeymap.errors import ModelError, Problem, shown, suggestion
from journeymap.model.checks import check_count, check_number, check_text, check_texts, fail, number_problem
from journeymap.model.conversion import as_number, as_texts, tell_field, under
from journeymap.model.mapping import FrozenMap

LOWEST, HIGHEST = -2.0, 2.0


@frozen
class Emotion:
    """What a customer feels, from -2 (very negative) over 0 (neutral) to +2 (very positive).

    >>> Emotion(-1.5, label="frustrated", n=14).valence
    -1.5
    """

    valence: float = field(
        converter=as_number,
        validator=check_number(LOWEST, HIGHEST, remedy="convert other scales with Scale"),
    )
    """-2 very negative, 0 neutral, +2 very positive."""
    label: str = field(default="", kw_only=True, validator=check_text)
    """The feeling's name, in the customer's or researcher's word."""
    n: int | None = field(default=None, kw_only=True, validator=check_count)
    """How many people it is the mean of."""
    spread: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(0, 4))
    """Standard deviation between them, in points of valence."""

    def __attrs_post_init__(self) -> None:
        if self.valence is None:
            raise fail("valence", "None is not a number; leave the whole emotion out where it is unknown")

    @property
    def level(self) -> int:
        """The face that shows it, 1 (very negative) to 5 (very positive); halves go away from neutral.

        >>> Emotion(-0.5).level
        2
        """
        return 3 + (int(self.valence + 0.5) if self.valence >= 0 else -int(0.5 - self.valence))


def as_emotion(value: Emotion | float | None) -> Emotion | None:
    """An emotion; a plain number is its valence."""
    if value is None or isinstance(value, Emotion):
        return value
    problem = number_problem(value)
    if problem:
        raise ModelError(f"{problem}; an emotion is a number from -2 to +2, or an Emotion")
    return Emotion(value)


def as_emotions(values: Mapping[str, Emotion | float]) -> FrozenMap[Emotion]:
    """Emotions by persona id, frozen."""
    if not isinstance(values, Mapping):
        raise ModelError(f"{shown(values)} is not a mapping of persona ids to emotions")
    found: dict[str, Emotion] = {}
    problems: list[Problem] = []
    for key, value in values.items():
        try:
            emotion = as_emotion(value)
        except ModelError as error:
            problems.extend(under(_place(key), error.problems))
            continue
        if not (isinstance(key, str) and key) or emotion is None:
            problems.append(Problem(_place(key), "an emotion needs a persona's id and a value; leave out what is unknown"))
        else:
            found[key] = emotion
    if problems:
        raise ModelError(problems)
    return FrozenMap(found)


def _place(key: object) -> str:
    return key if isinstance(key, str) and key else f"[{shown(key)}]"


@frozen(field_transformer=tell_field)
class Scale:
    """How people label emotion: a range of numbers, or words from worst to best.

    A scale only converts; the valence itself is always -2 to +2. Every point of a scale comes back as it was (those
    of more than nine digits within a millionth of a millionth).

    >>> likert = Scale(1, 5)
    >>> likert.emotion(4)
    Emotion(valence=1.0, label='', n=None, spread=None)
    >>> likert.value(likert.emotion(4))
    4.0
    >>> Scale.words("awful", "fine", "great").value(Emotion(2))
    'great'
    """

    low: float = field(default=LOWEST, converter=as_number, validator=check_number(-1e6, 1e6))
    high: float = field(default=HIGHEST, converter=as_number, validator=check_number(-1e6, 1e6))
    labels: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """The words from worst to best; empty for a scale of numbers."""

    def __attrs_post_init__(self) -> None:
        if self.low is None or self.high is None or not self.low < self.high:
            raise fail("low", f"{self.low} is not below {self.high}; a scale runs from worst to best")
        if len(self.labels) == 1:
            raise fail("labels", "one word is no scale; give at least two, from worst to best")
        if len(set(self.labels)) < len(self.labels):
            raise fail("labels", "a word stands twice; each point of a scale needs a word of its own")
        if self.labels and (self.low, self.high) != (LOWEST, HIGHEST):
            raise fail("labels", f"a scale has numbers or words, not both; leave out {self.low:g} and {self.high:g}, or the words")

    @classmethod
    def words(cls, *labels: str) -> Scale:
        """A scale of words, from worst to best, evenly spaced."""
        return cls(labels=labels)

    def emotion(self, value: float | str) -> Emotion:
        """The emotion for a point of this scale; ModelError for a point of another."""
        return Emotion(self.valence(value), label=value if isinstance(value, str) else "")

    def valence(self, value: float | str) -> float:
        """The point of this scale on -2 to +2."""
        if self.labels:
            if not isinstance(value, str) or value not in self.labels:
                hint = suggestion(value, self.labels) if isinstance(value, str) else ""
                raise ModelError(f"{shown(value)} is not on the scale {', '.join(self.labels)}{hint}")
            return _even(4 * self.labels.index(value) / (len(self.labels) - 1) - 2)
        problem = number_problem(value, self.low, self.high)
        if problem or isinstance(value, str):
            raise ModelError(f"{problem}; this scale runs from {self.low:g} to {self.high:g}")
        return _even(4 * (value - self.low) / (self.high - self.low) - 2)

    def value(self, emotion: Emotion | float) -> float | str:
        """The emotion on this scale: a number, or the nearest word; halfway between two words, the one away from neutral."""
        valence = emotion.valence if isinstance(emotion, Emotion) else Emotion(emotion).valence
        if self.labels:
            place = (valence + 2) / 4 * (len(self.labels) - 1)
            return self.labels[math.floor(place + 0.5) if valence >= 0 else math.ceil(place - 0.5)]
        room = self.high - self.low
        point = self.low + (valence + 2) / 4 * room
        near = round(point, 9 - math.ceil(math.log10(room))) + 0.0
        return near if abs(near - point) < room * 1e-12 else point

    @property
    def decimals(self) -> int:
        """How many decimals a mean on this scale deserves: one, or more where the whole scale is small.

        >>> Scale(1, 5).decimals, Scale(0, 1).decimals
        (1, 2)
        """
        return 1 if self.labels else max(1, 1 - math.floor(math.log10((self.high - self.low) / 4)))

    def print(self, emotion: Emotion | float, *, decimals: int | None = None) -> str:
        """The emotion as a picture prints it, by default with `decimals`: ``4``, ``2.5``, ``+1``, ``fine``.

        >>> Scale().print(Emotion(1)), Scale(1, 5).print(Emotion(-0.5))
        ('+1', '2.5')
        """
        value = self.value(emotion)
        if isinstance(value, str):
            return value
        places = self.decimals if decimals is None else decimals
        text = f"{value:.{places}f}".rstrip("0").rstrip(".") if places else f"{value:.0f}"
        if text == "-0":
            text = "0"
        if self.low < 0:
            return text.replace("-", "\u2212") if text.startswith("-") else text if text == "0" else f"+{text}"
        return text


def as_scale(value: Scale) -> Scale:
    """A scale, and nothing that looks like one."""
    if not isinstance(value, Scale):
        raise ModelError(f"{shown(value)} is not a Scale; for example Scale(1, 5)")
    return value


def _even(valence: float) -> float:
    """Without the dust of binary fractions, and without a negative zero."""
    return round(valence, 12) + 0.0
