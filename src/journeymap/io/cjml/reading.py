"""From CJML to journeys: phases are stages, end users personas, and of the two labels of a touchpoint the customer's is its name."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from journeymap.errors import Problem, shown, suggestion
from journeymap.io.cjml import names as cjml
from journeymap.io.cjml.elements import Element
from journeymap.io.cjml.parties import Actor, Parties, customer_begins
from journeymap.io.numbering import Ids
from journeymap.io.problems import Position, Report
from journeymap.model import END, START, Channel, Emotion, Journey, Persona, Stage, Touchpoint
from journeymap.model.checks import LONGEST_TEXT, text_problem

JOURNEYS = {"plannedJourney": False, "actualJourney": True}
_POINTS = ("CommunicationPoint", "Action")


class JourneyReader:
    """Reads one journey; what breaks a rule goes into the report, and what merely does not fit into `findings`."""

    def __init__(self, element: Element, path: str, report: Report) -> None:
        self._element = element
        self._path = path
        self._report = report
        self._actual = JOURNEYS[element.name]
        self._channels: dict[str, Channel] = {}
        self._sides: dict[str, tuple[str, str]] = {}
        """The ids of the actors of each touchpoint: who begins, and who receives."""
        self._paths: dict[int, str] = {}
        """Where findings about an element and what is in it are told; nowhere if the path is empty, since it has been told as a whole."""
        self.findings: list[tuple[Position, Problem]] = []

    def journey(self) -> Journey:
        """The journey; DocumentError if the report holds anything in the end."""
        element = self._element
        actors = {actor.id: actor for actor in self._actors()}
        ids = Ids(fallback="persona")
        personas = {
            actor.id: self._persona(actor, ids) for actor in actors.values() if actor.end_user and (actor.name or actor.id != cjml.CUSTOMER)
        }
        stages = self._stages(actors, personas)
        identifier = self._says(element, "journeyID")
        name = self._says(element, "journeyTitle") or identifier
        planned = self._says(element, "plannedReference")
        organisation = self._says(element, "journeyOperators")
        scenario, notes = self._says(element, "journeyShortSummary"), self._says(element, "journeyLongSummary")
        self._unread(element, self._path)
        if len(self._report):
            self._report.stop()
        journey = Journey(
            name if name.strip() else "Journey",
            stages,
            id=_as_id(identifier) or Ids(fallback="journey").give(name),
            based_on=_as_id(planned) or None,
            personas=list(personas.values()),
            extra=self._findings() | ({cjml.KIND_KEY: cjml.ACTUAL} if self._actual else {}),
            organisation=organisation,
            scenario=scenario,
            notes=notes,
        )
        return self._with_parties(journey, [actor for actor in actors.values() if not actor.end_user])

    def _findings(self) -> dict[str, str]:
        told = "\n".join(f"{problem.path}: {problem.message}" for _, problem in self.findings)
        return {cjml.FINDINGS_KEY: told[:LONGEST_TEXT]} if told else {}

    def _with_parties(self, journey: Journey, companies: list[Actor]) -> Journey:
        """The journey with what its own words do not tell of who takes part: other ids of companies, other sides."""
        if [actor for actor in Parties(journey).actors.values() if not actor.end_user] != companies:
            journey = journey.replace(extra={**journey.extra, **{cjml.PROVIDER_KEY + actor.id: actor.name for actor in companies}})
        told = Parties(journey)

        def completed(touchpoint: Touchpoint) -> Touchpoint:
            sides = self._sides[touchpoint.id]
            if sides == told.of(touchpoint):
                return touchpoint
            both = zip((cjml.INITIATOR_KEY, cjml.RECEIVER_KEY), sides, strict=True)
            return evolve(touchpoint, extra={**touchpoint.extra, **{key: actor for key, actor in both if actor}})

        return evolve(journey, stages=[evolve(stage, touchpoints=map(completed, stage.touchpoints)) for stage in journey.stages])

    def _actors(self) -> Iterator[Actor]:
        seen: set[str] = set()
        for held in self._element.all("actors"):
            for element in held.children:
                identifier = self._attribute(element, "actorID") or self._attribute(element, "actorIDref")
                element.known = True
                self._paths[id(element)] = f"{self._path}.actors"
                if element.name not in ("endUser", "serviceProvider") or not identifier:
                    self._paths[id(element)] = ""
                    self._find(element, f"{self._path}.actors", f"{shown(element.name)} is no end user or service provider with an actorID")
                elif identifier in seen:
                    self._paths[id(element)] = ""
                    self._find(element, f"{self._path}.actors", f"the actor {shown(identifier)} stands twice; the first one counts")
                else:
                    seen.add(identifier)
                    name = self._says(element, "actorName") or self._says(element, "companyName")
                    yield Actor(identifier, name, element.name == "endUser")

    def _persona(self, actor: Actor, ids: Ids) -> Persona:
        name = actor.name if actor.name.strip() else actor.id
        identifier = ids.give(actor.id, exact=_as_id(actor.id))
        return Persona(
            name if name.strip() else "(no name)", id=identifier, extra={} if identifier == actor.id else {cjml.ACTOR_KEY: actor.id}
        )

    def _stages(self, actors: dict[str, Actor], personas: dict[str, Persona]) -> list[Stage]:
        """Stages in the order of the touchpoints: a phase that comes again is another stage."""
        phases = {
            self._attribute(phase, "phaseID"): phase for held in self._element.all("journeyPhases") for phase in held.all("journeyPhase")
        }
        runs: list[tuple[str | None, list[Touchpoint]]] = []
        ids = Ids((START, END), fallback="touchpoint")
        for held in self._element.all("touchpoints"):
            for point in held.children:
                path = f"{self._path}.touchpoints[{len(self._sides)}]"
                point.known = True
                self._paths[id(point)] = path
                touchpoint = self._touchpoint(point, path, ids, actors, personas)
                if touchpoint is None:
                    continue
                belongs = point.first("belongsTo")
                phase = self._attribute(belongs, "phaseIDref") if belongs is not None else None
                if phase is not None and phase not in phases:
                    self._find(point, path, f"no phase {shown(phase)}{_hint(phase, phases)}")
                if not runs or runs[-1][0] != phase:
                    runs.append((phase, []))
                runs[-1][1].append(touchpoint)
        used = [phase for phase, _ in runs]
        if [phase for phase in phases if phase in used] == used:
            held_by = dict(runs)
            runs = [(phase, held_by.get(phase, [])) for phase in phases]
        else:
            runs += [(phase, []) for phase in phases if phase not in used]
        taken = Ids(fallback="stage")
        return [self._stage(phase, phases.get(phase or ""), found, taken) for phase, found in runs]

    def _stage(self, phase: str | None, element: Element | None, found: list[Touchpoint], ids: Ids) -> Stage:
        if phase is None:
            return Stage(cjml.NO_PHASE, found, id=ids.give(cjml.NO_PHASE))
        told = self._says(element, "phaseName") if element is not None else ""
        name = next((text for text in (told, phase) if text.strip()), "(no name)")
        identifier = ids.give(name, exact=_as_id(phase))
        return Stage(name, found, id=identifier, goal=self._says(element, "phaseDescription") if element is not None else "")

    def _touchpoint(self, point: Element, path: str, ids: Ids, actors: dict[str, Actor], personas: dict[str, Persona]) -> Touchpoint | None:
        kind = next((kind for kind in _POINTS if point.name in (f"planned{kind}", f"actual{kind}")), None)
        if kind is None:
            self._find(point, path, f"{shown(point.name)} is no touchpoint, and is not read")
            self._paths[id(point)] = ""
            return None
        if point.name.startswith("actual") != self._actual:
            self._find(point, path, f"{shown(point.name)} stands in {self._element.name}")
        initiator, said = self._side(point, "initiator", path, actors)
        receiver, heard = self._side(point, "receiver", path, actors)
        begins = customer_begins(initiator, receiver, actors)
        customer, company = (initiator, receiver) if begins else (receiver, initiator)
        own, other = (said, heard) if begins else (heard, said)
        identifier = self._says(point, "touchpointID")
        name = next((text for text in (own, other, identifier) if text.strip()), "(no name)")
        extra = self._extra(point)
        if other and other != name:
            extra[cjml.LABEL_KEY] = other
        everybody = len(personas) == 1 or customer not in personas
        channel = self._says(point, "channel", "channelName")
        own_id = ids.give(name, exact=_as_id(identifier))
        if identifier and own_id != identifier:
            self._find(
                point, path, f"the touchpointID {shown(identifier)} is {shown(own_id)} here; it has to be one word, and the only one"
            )
        self._sides[own_id] = (initiator, receiver)
        return Touchpoint(
            name,
            id=own_id,
            channel=self._channel(channel) if channel.strip() else None,
            personas=() if everybody else [personas[customer].id],
            emotion=self._emotion(point, extra),
            owner=_name_of(company, actors),
            notes=self._says(point, "comment"),
            extra=extra,
        )

    def _side(self, point: Element, side: str, path: str, actors: dict[str, Actor]) -> tuple[str, str]:
        """The id of the actor on one side, and what the touchpoint is called there."""
        reference = point.first(side, "refersTo")
        actor = self._attribute(reference, "actorIDref") if reference is not None else ""
        if reference is not None and actor not in actors:
            named = next((known.id for known in actors.values() if known.name == actor), "")
            hint = f"; the actor {shown(named)} has that name" if named else _hint(actor, actors)
            self._find(reference, path, f"the {side} refers to no actor {shown(actor)}{hint}")
        return actor, self._says(point, side, f"{side}Label")

    def _extra(self, point: Element) -> dict[str, str]:
        found = {key: self._says(point, name) for name, key in cjml.LEAVES.items()}
        found |= {key: self._says(point, "timestamps", name) for name, key in cjml.TIMES.items()}
        return {key: text for key, text in found.items() if text}

    def _emotion(self, point: Element, extra: dict[str, str]) -> Emotion | None:
        rating = self._says(point, "touchpointExperience", "experienceRating")
        told = self._says(point, "touchpointExperience", "experienceDescription")
        try:
            valence = cjml.RATING.valence(float(rating)) if rating.isascii() and "_" not in rating else None
        except ValueError:  # no number, or no point of the scale
            valence = None
        if valence is not None:
            return Emotion(valence, label=told)
        kept = {cjml.RATING_KEY: rating, cjml.EXPERIENCE_KEY: told}
        extra |= {key: text for key, text in kept.items() if text}
        return None

    def _channel(self, name: str) -> Channel:
        channel = Channel(name)
        return self._channels.setdefault(channel.id, channel)

    def _says(self, element: Element, *path: str) -> str:
        return self._checked(element.says(*path), element)

    def _attribute(self, element: Element, name: str) -> str:
        return self._checked(element.attribute(name), element).strip()

    def _checked(self, text: str, element: Element) -> str:
        problem = text_problem(text)
        if problem:
            self._report.add(self._path, problem, element.position)
        return "" if problem else text

    def _unread(self, element: Element, path: str) -> None:
        """Find what nobody has looked at in an element, so that nothing gets lost without a word."""
        if not (path := self._paths.get(id(element), path)):
            return
        for said in element.unread():
            self._find(element, path, said)
        for child in element.children:
            if child.known:
                self._unread(child, path)
            else:
                self._find(child, path, f"the element {shown(child.name)} is not read")

    def _find(self, element: Element, path: str, message: str) -> None:
        self.findings.append((element.position, Problem(path, message, element.position[0])))


def _name_of(identifier: str, actors: dict[str, Actor]) -> str:
    """The name of an actor, whom others may refer to by either."""
    actor = actors.get(identifier) or next((known for known in actors.values() if known.name == identifier), None)
    return actor.name if actor is not None else ""


def _as_id(text: str) -> str:
    """The text if it is one word, as ids are."""
    return text if text.split() == [text] else ""


def _hint(wanted: str, known: dict[str, Actor] | dict[str, Element]) -> str:
    there = [name for name in known if name]
    return suggestion(wanted, there[:200]) or (f"; there are: {', '.join(map(shown, there[:8]))}" if there else "")
