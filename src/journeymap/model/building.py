"""A journey made part by part: for loops and importers, which know names before they know ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import define, evolve, fields

from journeymap.errors import ModelError, Problem, shown, suggestion
from journeymap.model.activity import LAYERS
from journeymap.model.conversion import under
from journeymap.model.editing import CLASSES, REFERENCES
from journeymap.model.evidence import Evidence
from journeymap.model.journey import Journey
from journeymap.model.naming import slug
from journeymap.model.parts import SLOTS
from journeymap.model.references import Register
from journeymap.model.transition import END, START, Transition

_Fields: TypeAlias = dict[str, Any]
_CLASSES: dict[str, type[Any]] = {"transition": Transition} | dict(CLASSES.items())
_FIRST = {kind: fields(cls)[0].name for kind, cls in _CLASSES.items()}
"""What a part is called by: its name or its description."""
_HOMES = {"touchpoint": ("stage",), "pain": ("touchpoint",), "activity": ("touchpoint",)}
"""Where a part goes if nothing else is said: to the latest of these; all others to the journey."""
_STANDING_IN: _Fields = {"name": "?", "description": "?", "layer": LAYERS[0]}
"""For what a part cannot do without, so that the rest of it is checked although this is wrong."""
_NOTHING = object()


@define(eq=False)
class _Part:
    """One part as it was told: its fields may have names where ids belong."""

    kind: str
    fields: _Fields
    home: _Part | None = None
    at: object = None
    """The name or id of its home, where it was told by one."""
    id: str = ""

    @property
    def path(self) -> str:
        """What a problem calls it: ``touchpoint('Pays')``."""
        ends = [self.fields["source"], self.fields["target"]] if self.kind == "transition" else [self.fields[_FIRST[self.kind]]]
        return f"{self.kind}({', '.join(shown(end) for end in ends)})"


class Builder:
    """A journey that is not done yet. Names do wherever ids are wanted, later ones too; ids are numbered where names repeat.

    Every method but `done` gives the builder itself, so calls can be chained. Fields are those of the class of that name; parts
    inside (``pains=``, ``metrics=`` ...) may be given as plain names. What is wrong is told by `done`, all at once.

    >>> build = Journey.build("Buy a bike")
    >>> for place in ["Shop", "Website"]:
    ...     build = build.stage(place).touchpoint("Pays", channel=place)
    >>> [step.id for step in build.done().touchpoints]
    ['pays', 'pays-2']
    """

    def __init__(self, name: str, /, **fields: Any) -> None:
        self._journey = _Part("journey", {"name": name, **fields})
        self._parts: list[_Part] = []
        self._latest: dict[str, _Part] = {}
        self._take_out(self._journey)

    def persona(self, name: str, /, **fields: Any) -> Builder:
        """With one more persona."""
        return self._with("persona", name, fields)

    def source(self, name: str, /, **fields: Any) -> Builder:
        """With one more source of evidence."""
        return self._with("source", name, fields)

    def stage(self, name: str, /, **fields: Any) -> Builder:
        """With one more stage at the end; touchpoints go there until the next one."""
        return self._with("stage", name, fields)

    def touchpoint(self, name: str, /, *, stage: str | None = None, **fields: Any) -> Builder:
        """With one more touchpoint at the end of that stage, by default of the latest."""
        return self._with("touchpoint", name, fields, at=stage)

    def pain(self, description: str, /, *, at: str | None = None, **fields: Any) -> Builder:
        """With one more pain point at that touchpoint or stage, by default at the latest touchpoint."""
        return self._with("pain", description, fields, at=at)

    def activity(self, name: str, /, *, at: str | None = None, **fields: Any) -> Builder:
        """With one more activity behind that touchpoint, by default behind the latest."""
        return self._with("activity", name, fields, at=at)

    def opportunity(self, name: str, /, *, at: str | None = None, **fields: Any) -> Builder:
        """With one more opportunity at that touchpoint or stage, by default of the whole journey."""
        return self._with("opportunity", name, fields, at=at)

    def metric(self, name: str, /, *, at: str | None = None, **fields: Any) -> Builder:
        """With one more metric at that touchpoint or stage, by default of the whole journey."""
        return self._with("metric", name, fields, at=at)

    def transition(self, source: str, target: str, /, **fields: Any) -> Builder:
        """With a way from one touchpoint to another; ``start`` and ``end`` are where customers come in and leave."""
        return self._with("transition", source, {**fields, "target": target})

    def done(self) -> Journey:
        """The journey; ModelError tells everything that is wrong with it."""
        return _Making(self._journey, self._parts).journey()

    def _with(self, kind: str, name: object, given: _Fields, *, at: object = None) -> Builder:
        home = next((self._latest.get(wanted) for wanted in _HOMES.get(kind, ())), None) if kind in _HOMES else self._journey
        self._add(_Part(kind, {_FIRST[kind]: name, **given}, home if at is None else None, at))
        return self

    def _add(self, part: _Part) -> None:
        self._parts.append(part)
        self._latest[part.kind] = part
        self._take_out(part)

    def _take_out(self, part: _Part) -> None:
        """Take out the parts that were given inside a part, so that their ids are numbered too."""
        for slot, kind in _slots(part.kind).items():
            held, cls = part.fields.get(slot), _CLASSES[kind]
            if isinstance(held, list | tuple) and all(isinstance(item, cls | str) for item in held):  # else the class refuses it
                del part.fields[slot]
                for item in held:
                    own = (
                        {_FIRST[kind]: item} if isinstance(item, str) else {field.name: getattr(item, field.name) for field in fields(cls)}
                    )
                    self._add(_Part(kind, own, part))


class _Making:
    """The parts on their way to a journey, and what turned out to be wrong."""

    def __init__(self, journey: _Part, parts: list[_Part]) -> None:
        self._journey, self._parts = journey, parts
        self._problems: list[Problem] = []
        self._ids: dict[str, dict[str, _Part]] = defaultdict(dict)
        self._named: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self._inside: dict[int, list[_Part]] = defaultdict(list)
        self._number()
        self._register = Register({kind: {*ids, *self._named[kind]} for kind, ids in self._ids.items()})

    def journey(self) -> Journey:
        """The journey of the parts; ModelError tells all that is wrong."""
        for part in self._parts:
            home = self._home(part)
            if home is not None:
                self._inside[id(home)].append(part)
        made = self._made(self._journey)
        if self._problems:
            raise ModelError(self._problems)
        assert isinstance(made, Journey)  # noqa: S101  without a problem there is a journey
        return made

    def _number(self) -> None:
        """Give every part an id that is free in its class."""
        latest: dict[tuple[str, str], int] = {}
        for part in self._parts:
            if part.kind == "transition":
                continue
            name, given = part.fields[_FIRST[part.kind]], part.fields.get("id")
            wanted = given if isinstance(given, str) and given else slug(name if isinstance(name, str) else "", fallback=part.kind)
            taken, number, found = self._ids[part.kind], latest.get((part.kind, wanted), 1), wanted
            while found in taken or (part.kind == "touchpoint" and found in (START, END)):
                number += 1
                found = f"{wanted}-{number}"
            latest[part.kind, wanted] = number
            part.id = found
            taken[found] = part
            if isinstance(name, str):
                self._named[part.kind].setdefault(name, []).append(found)

    def _home(self, part: _Part) -> _Part | None:
        """What a part stands in; None, and a problem, if there is no such thing."""
        if part.at is None:
            if part.home is None:
                self._problems.append(Problem(part.path, f"there is no {_HOMES[part.kind][0]} yet to put it in; add one first"))
            return part.home
        if not isinstance(part.at, str):
            self._problems.append(Problem(part.path, f"at: {shown(part.at)} is not text; give a name or an id"))
            return None
        kinds = [kind for kind in ("touchpoint", "stage") if part.kind in _slots(kind).values()]
        kind = next((kind for kind in kinds if part.at in self._ids[kind] or part.at in self._named[kind]), kinds[0])
        found = self._found(kind, part.at, part.path)
        return None if found is None else self._ids[kind][found]

    def _found(self, kind: str, wanted: str, path: str) -> str | None:
        """The id of what is meant by an id or a name; None, and a problem, if that is nothing or several."""
        if wanted in self._ids[kind]:
            return wanted
        named = self._named[kind].get(wanted, [])
        if len(named) != 1:
            kinds = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
            several = f"{len(named)} {kinds} are called {shown(wanted)}; say which: {', '.join(named[:8])}"
            self._problems.append(Problem(path, several if named else self._register.nothing(kind, wanted)))
            return None
        return named[0]

    def _made(self, part: _Part) -> Any:
        """The part with all that it holds; what is wrong in it is left out, so that the rest is checked too."""
        cls: type[Any] = Journey if part is self._journey else _CLASSES[part.kind]
        place = "" if part is self._journey else part.path
        given = dict(part.fields)
        known = [field.name for field in fields(cls)]
        for key in [key for key in given if key not in known]:
            del given[key]
            self._problems.append(Problem(place, f"there is no field {key!r}{suggestion(key, known)}"))
        self._point(part, given)
        if any(given[end] is None and part.fields[end] is not None for end in ("source", "target") if part.kind == "transition"):
            return None
        for slot, kind in _slots(part.kind).items():
            if slot not in given:
                held = [self._made(inner) for inner in self._inside[id(part)] if inner.kind == kind]
                given[slot] = [item for item in held if item is not None]
        if part.id:
            given["id"] = part.id
        if part.kind == "activity" and "layer" not in given:
            self._problems.append(Problem(f"{place}.layer", f"it is missing; give one of {', '.join(LAYERS)}"))
            given["layer"] = LAYERS[0]
        return self._constructed(cls, given, place)

    def _constructed(self, cls: type[Any], given: _Fields, place: str) -> Any:
        """A part of those fields, without the wrong ones; None if it cannot be without them."""
        while True:
            try:
                return cls(**given)
            except ModelError as error:
                self._problems += under(place, error.problems) if place else error.problems
                wrong = {problem.path.split(".")[0].split("[")[0] for problem in error.problems} & given.keys()
                if not wrong or (cls is Journey and wrong & {*_slots("journey"), "name"}) or wrong & {"source", "target"}:
                    return None
                for name in wrong:
                    given.pop(name)
                given |= {name: _STANDING_IN[name] for name in wrong & _STANDING_IN.keys()}

    def _point(self, part: _Part, given: _Fields) -> None:
        """Put ids where names were told."""
        cls = _CLASSES.get(part.kind, Journey)
        for name, kind in REFERENCES.get(cls, {}).items():
            held, path = given.get(name), f"{part.path}.{name}"
            if isinstance(held, str):
                given[name] = held if held in (START, END) and kind == "touchpoint" else self._found(kind, held, path)
            elif isinstance(held, Mapping):
                pairs = [(self._meant(kind, who, path), felt) for who, felt in held.items()]
                given[name] = {who: felt for who, felt in pairs if who is not _NOTHING}
            elif isinstance(held, list | tuple):
                given[name] = [item for item in (self._meant(kind, item, path) for item in held) if item is not _NOTHING]
        if isinstance(evidence := given.get("evidence"), list | tuple):
            found = [self._meant("source", item, f"{part.path}.evidence") for item in evidence]
            given["evidence"] = [item for item in found if item is not _NOTHING]

    def _meant(self, kind: str, item: object, path: str) -> object:
        """What is meant by an item of a list: an id for a name; `_NOTHING`, and a problem, if that is nothing or several."""
        if isinstance(item, Evidence):
            found = self._found(kind, item.source, path)
            return _NOTHING if found is None else evolve(item, source=found)
        return (self._found(kind, item, path) or _NOTHING) if isinstance(item, str) else item


def _slots(kind: str) -> Mapping[str, str]:
    return SLOTS.get(Journey if kind == "journey" else _CLASSES[kind], {})
