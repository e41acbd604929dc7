"""Questions to one map or to all maps of an atlas: which touchpoints are owned by whom, hurt, and rest on nothing new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeAlias, get_args

from attrs import field, frozen

from journeymap.errors import ModelError, shown, suggestion
from journeymap.model.atlas import Atlas, as_journeys
from journeymap.model.checks import number_problem
from journeymap.model.journey import Journey
from journeymap.model.moment import MomentKind
from journeymap.model.stage import Stage
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.wording import Data, told


@frozen
class Match:
    """A touchpoint that answers a question, with the stage and the journey where it stands."""

    journey: Journey
    stage: Stage
    touchpoint: Touchpoint

    @property
    def owner(self) -> str:
        """Who answers for it: its own owner, or else its stage's, or else its journey's."""
        return self.touchpoint.owner or self.stage.owner or self.journey.owner

    @property
    def last_evidence(self) -> date | None:
        """The day of the newest source behind it, its pains and its metrics; None where no day is known.

        Assumptions are no evidence, nor is what has the weight 0.
        """
        step = self.touchpoint
        about = [step.evidence, *(pain.evidence for pain in step.pains), *(metric.evidence for metric in step.metrics)]
        named = {item.source for held in about for item in held if item.weight > 0}
        known = (source for source in self.journey.sources if source.id in named and source.weight > 0 and source.kind != "assumption")
        return max((source.date for source in known if source.date is not None), default=None)

    def __str__(self) -> str:
        emotion = f": emotion {told(self.touchpoint.emotion)}" if self.touchpoint.emotion else ""
        return f"{self.journey.name} / {self.stage.name} / {self.touchpoint.name}{emotion}"


Test: TypeAlias = Callable[[Match], bool]


def _as_found(values: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(values)


@frozen(repr=False)
class Matches:
    """Touchpoints that answer a question, in the order of the maps. `where` asks on; ``|``, ``&`` and ``-`` combine answers."""

    found: tuple[Match, ...] = field(default=(), converter=_as_found)

    def __iter__(self) -> Iterator[Match]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __contains__(self, match: object) -> bool:
        return isinstance(match, Match) and _address(match) in {_address(held) for held in self.found}

    def __or__(self, other: Matches) -> Matches:
        known = {_address(match) for match in self.found}
        return Matches((*self.found, *(match for match in other.found if _address(match) not in known)))

    def __and__(self, other: Matches) -> Matches:
        wanted = {_address(match) for match in other.found}
        return Matches(match for match in self.found if _address(match) in wanted)

    def __sub__(self, other: Matches) -> Matches:
        refused = {_address(match) for match in other.found}
        return Matches(match for match in self.found if _address(match) not in refused)

    def __repr__(self) -> str:
        return f"Matches({', '.join('/'.join(_address(match)) for match in self.found)})"

    def __str__(self) -> str:
        return "\n".join(str(match) for match in self.found) or "no touchpoint"

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """The touchpoints alone."""
        return tuple(match.touchpoint for match in self.found)

    def where(
        self,
        *tests: Test,
        journey: str | None = None,
        stage: str | None = None,
        owner: str | None = None,
        channel: str | None = None,
        persona: str | None = None,
        emotion_below: float | None = None,
        emotion_above: float | None = None,
        emotion_known: bool | None = None,
        severity_from: int | None = None,
        moment: bool | MomentKind | None = None,
        goal: bool | None = None,
        evidence_since: date | None = None,
        no_evidence_since: date | None = None,
    ) -> Matches:
        """Those of them for which all of this holds; what is left out is not asked.

        ``journey``, ``stage``, ``channel`` and ``persona`` are ids or names; ``owner`` is whoever answers for the touchpoint, its
        stage or its journey. Where a persona is given, the touchpoints are those that persona meets, and the emotion is theirs. An
        unknown emotion is neither below nor above anything. ``severity_from=3`` finds major and critical pains. Evidence without a
        date is not known to be newer than any day, so it counts as none. Any other question is a function of a `Match`.
        ModelError for a number or day that is none.
        """
        for name, number in (("emotion_below", emotion_below), ("emotion_above", emotion_above), ("severity_from", severity_from)):
            problem = None if number is None else number_problem(number)
            if problem:
                raise ModelError(f"{name}: {problem}")
        for name, day in (("evidence_since", evidence_since), ("no_evidence_since", no_evidence_since)):
            if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
                raise ModelError(f"{name}: {shown(day)} is not a date; give a datetime.date")
        if isinstance(moment, str) and moment not in get_args(MomentKind):
            kinds = get_args(MomentKind)
            raise ModelError(f"moment: {shown(moment)} is not one of {', '.join(kinds)}{suggestion(moment, kinds)}")
        for test in tests:
            if not callable(test):
                raise ModelError(f"{shown(test)} is not a function; a question of your own takes a Match and says yes or no")
        asked = {
            "journey": journey,
            "stage": stage,
            "owner": owner,
            "channel": channel,
            "persona": persona,
            "emotion_below": emotion_below,
            "emotion_above": emotion_above,
            "emotion_known": emotion_known,
            "severity_from": severity_from,
            "moment": moment,
            "goal": goal,
            "evidence_since": evidence_since,
            "no_evidence_since": no_evidence_since,
        }
        holds = [(_TESTS[name], wanted) for name, wanted in asked.items() if wanted is not None]
        return Matches(
            match
            for match in self.found
            if all(test(match, wanted, persona) for test, wanted in holds) and all(test(match) for test in tests)
        )

    def to_rows(self) -> list[dict[str, Data]]:
        """One row each: where it stands, who owns it, what is felt there, and how old the evidence is."""
        return [
            {
                "journey": match.journey.id,
                "stage": match.stage.id,
                "touchpoint": match.touchpoint.id,
                "name": match.touchpoint.name,
                "owner": match.owner,
                "channel": match.touchpoint.channel.name if match.touchpoint.channel else "",
                "emotion": match.touchpoint.emotion.valence if match.touchpoint.emotion else None,
                "last_evidence": None if match.last_evidence is None else match.last_evidence.isoformat(),
            }
            for match in self.found
        ]


def touchpoints(maps: Journey | Atlas | Iterable[Journey], /) -> Matches:
    """Every touchpoint of a journey, of an atlas or of some journeys, each with where it stands; ask on with ``where``.

    >>> from journeymap.model import Stage
    >>> journey = Journey("Buy", [Stage("Shop", [Touchpoint("Ride", emotion=2), Touchpoint("Pay", emotion=-1)])])
    >>> print(touchpoints(journey).where(emotion_below=0))
    Buy / Shop / Pay: emotion -1
    """
    journeys = as_journeys([maps] if isinstance(maps, Journey) else maps.journeys if isinstance(maps, Atlas) else maps)
    return Matches(Match(journey, stage, step) for journey in journeys for stage in journey.stages for step in stage.touchpoints)


def _address(match: Match) -> tuple[str, str]:
    return match.journey.id, match.touchpoint.id


def _who(match: Match, persona: str) -> list[str]:
    """The ids of the personas of that id or name in the journey."""
    return [held.id for held in match.journey.personas if persona in (held.id, held.name)]


def _felt(match: Match, persona: str | None) -> list[float]:
    """What is felt there as far as it is known: by customers in general, or by the personas of that id or name."""
    asked = [None] if persona is None else _who(match, persona)
    return [emotion.valence for who in asked if (emotion := match.touchpoint.feeling(who)) is not None]


def _newer(match: Match, day: date) -> bool:
    last = match.last_evidence
    return last is not None and last >= day


def _decides(match: Match, wanted: bool | str) -> bool:
    moment = match.touchpoint.moment
    if isinstance(wanted, bool):
        return (moment is not None) == wanted
    return moment is not None and moment.kind == wanted


def _meets(match: Match, channel: str) -> bool:
    held = match.touchpoint.channel
    return held is not None and channel in (held.id, held.name)


_TESTS: dict[str, Callable[[Match, Any, str | None], bool]] = {
    "journey": lambda match, wanted, _: wanted in (match.journey.id, match.journey.name),
    "stage": lambda match, wanted, _: wanted in (match.stage.id, match.stage.name),
    "owner": lambda match, wanted, _: match.owner == wanted,
    "channel": lambda match, wanted, _: _meets(match, wanted),
    "persona": lambda match, wanted, _: any(match.touchpoint.meets(who) for who in _who(match, wanted)),
    "emotion_below": lambda match, wanted, persona: any(felt < wanted for felt in _felt(match, persona)),
    "emotion_above": lambda match, wanted, persona: any(felt > wanted for felt in _felt(match, persona)),
    "emotion_known": lambda match, wanted, persona: bool(_felt(match, persona)) == wanted,
    "severity_from": lambda match, wanted, _: any((pain.severity or 0) >= wanted for pain in match.touchpoint.pains),
    "moment": lambda match, wanted, _: _decides(match, wanted),
    "goal": lambda match, wanted, _: match.touchpoint.goal == wanted,
    "evidence_since": lambda match, wanted, _: _newer(match, wanted),
    "no_evidence_since": lambda match, wanted, _: not _newer(match, wanted),
}
"""What each of the words that `Matches.where` takes asks of a touchpoint."""
