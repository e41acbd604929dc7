"""The careful reading of a document: finds everything that is wrong with it, field by field.

Constructors stop at the first mistake, so each field is converted and checked by itself here. What is sound is still put
together, so that the references between the parts can be checked as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from attrs import NOTHING, Attribute, has

from journeymap.errors import ModelError, Problem, shown, suggestion
from journeymap.io.codec import SHORT, VERSION, VERSION_KEY, fields_of, kind_in, members
from journeymap.io.expected import article, expected, said
from journeymap.io.migrate import can_migrate, migrated, places_of
from journeymap.io.problems import EMPTY, ROOT, Place, Report, join, position_of, step
from journeymap.io.times import as_date, as_duration
from journeymap.io.tree import REFUSED, Mark, Tree
from journeymap.model import Atlas, FrozenMap, Journey
from journeymap.model.checks import text_problem

_PLAIN: dict[object, tuple[type, ...]] = {
    str: (str,), Literal: (str,), date: (str,), timedelta: (str,), bool: (bool,), int: (int,), float: (int, float)
}  # fmt: skip
_TEXTS: dict[object, Callable[[str], object]] = {date: as_date, timedelta: as_duration}


class _Outcome(Enum):
    FAILED = "failed"


_FAILED: Final = _Outcome.FAILED


def examined(tree: Tree, place: Place, report: Report) -> Journey | Atlas:
    """The journey or atlas in a tree; DocumentError with all that is wrong with it, and what the report holds already."""
    held = _Examiner(report).document(tree, place)
    if len(report) or not isinstance(held, Journey | Atlas):
        report.stop()
    return held


class _Examiner:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._sure = not len(report)
        """Whether all that others may refer to is known, so that a reference to anything else is wrong."""

    def document(self, tree: Tree, place: Place) -> object:
        if isinstance(tree, Mark):
            return _FAILED
        if tree is None:
            self._report.break_off(EMPTY, place.position)
        if not isinstance(tree, dict):
            return self._wrong(Journey, tree, ROOT, place)
        version = self._version(tree, place)
        own = {key: value for key, value in tree.items() if key != VERSION_KEY}
        if version < VERSION:
            own = migrated(own, version)
            place = places_of(own, place)
        return self._object(kind_in(own), own, ROOT, place)

    def _version(self, tree: dict[str, Tree], place: Place) -> int:
        """The version that a document is to be read as."""
        version = tree.get(VERSION_KEY, VERSION)
        if version is REFUSED or (type(version) is int and version == VERSION):
            return VERSION
        if type(version) is int and can_migrate(version):
            if len(self._report):
                self._report.stop()  # what is refused cannot be brought anywhere
            return version
        newer = type(version) is int and version > VERSION
        remedy = "update journeymap to read it" if newer else f"write {VERSION}"
        message = f"{said(version)} is not {VERSION}, the version of the form that is read here; {remedy}"
        self._report.add(ROOT + step(VERSION_KEY), message, position_of(place, VERSION_KEY))
        if newer:
            self._report.stop()
        return VERSION

    def _value(self, kind: Any, value: Tree, path: str, place: Place) -> object:
        """What a field of that type is given; _FAILED where there is nothing sound to give, which is reported then."""
        if isinstance(value, Mark):
            return _FAILED
        if value is None and type(None) in get_args(kind):
            return None
        for member in members(kind):
            read = self._reading(member, value)
            if read is not None:
                return read(member, value, path, place)
        return self._wrong(kind, value, path, place)

    def _reading(self, kind: Any, value: Tree) -> Callable[[Any, Any, str, Place], object] | None:
        """What reads such a value as one of that type; None if it cannot be one."""
        origin = get_origin(kind)
        if isinstance(value, list):
            return self._list if origin is tuple else None
        if isinstance(value, dict):
            whole = self._object if has(kind) else None
            return self._map if origin is FrozenMap else whole
        if type(value) in SHORT.get(kind, ("", ()))[1]:
            return self._short
        return self._plain if type(value) in _PLAIN.get(origin or kind, ()) else None

    def _plain(self, kind: Any, value: Tree, path: str, place: Place) -> object:
        """A value as the field takes it, or the text of one that is read."""
        if kind not in _TEXTS or not isinstance(value, str):
            return value
        try:
            return _TEXTS[kind](value)
        except ModelError as error:
            return self._failed(error, path, place)

    def _wrong(self, kind: Any, value: Tree, path: str, place: Place) -> object:
        self._report.add(path, expected(kind, value), place.position)
        return _FAILED

    def _list(self, kind: Any, values: list[Tree], path: str, place: Place) -> object:
        parts = place.parts if isinstance(place.parts, list) else []
        item = get_args(kind)[0]
        read = [self._value(item, value, path + step(index), parts[index]) for index, value in enumerate(values)]
        return _FAILED if _FAILED in read else read

    def _map(self, kind: Any, values: dict[str, Tree], path: str, place: Place) -> object:
        parts = place.parts if isinstance(place.parts, dict) else {}
        item = get_args(kind)[0]
        read: dict[str, object] = {}
        for key, value in values.items():
            read[key] = self._value(item, value, path + step(key), parts[key])
            problem = text_problem(key) or (text_problem(value) if read[key] is value else None)
            if problem:
                self._report.add(path + step(key), problem, parts[key].position)
                read[key] = _FAILED
        return _FAILED if _FAILED in read.values() else read

    def _short(self, kind: Any, value: Tree, path: str, place: Place) -> object:
        """An object by its short form: what is wrong with the one field is said of the whole."""
        if isinstance(value, bool):
            return value
        field = fields_of(kind)[SHORT[kind][0]]
        checked = self._checked(field, value, path, place)
        return _FAILED if checked is _FAILED else self._built(kind, {field.name: checked}, path, place, whole=True)

    def _object(self, kind: Any, values: dict[str, Tree], path: str, place: Place) -> object:
        before = self._sure
        held = self._parts(kind, values, path, place)
        if kind is Journey:
            self._sure = before  # what fails in one journey leaves the others of its atlas sure
        return held

    def _parts(self, kind: Any, values: dict[str, Tree], path: str, place: Place) -> object:
        fields = fields_of(kind)
        parts = place.parts if isinstance(place.parts, dict) else {}
        read: dict[str, object] = {}
        for key, value in values.items():
            name = key if key in fields else self._meant(key, kind, {*values, *read}, path, parts[key])
            if name is not None:
                given = self._value(fields[name].type, value, path + step(key), parts[key])
                read[name] = given if given is _FAILED else self._checked(fields[name], given, path + step(key), parts[key])
        for name, field in fields.items():
            if field.default is NOTHING and name not in read:
                self._report.add(path, f"there is no {name!r}; {article(kind)} needs one", place.position)
                read[name] = _FAILED
        failed = [fields[name] for name, given in read.items() if given is _FAILED]
        if any(field.name == "id" or get_origin(field.type) is tuple for field in failed):
            self._sure = False
        if any(field.default is NOTHING for field in failed):
            return _FAILED
        sound = {name: given for name, given in read.items() if given is not _FAILED}
        return self._built(kind, sound, path, place, whole=not failed)

    def _meant(self, key: str, kind: Any, taken: set[str], path: str, place: Place) -> str | None:
        """Reports an unknown key; the known one that it is a misspelling of, if there is one."""
        fields = fields_of(kind)
        hint = suggestion(key, fields)
        remedy = hint or f"; {article(kind)} has {', '.join(fields)}"
        self._report.add(path, f"unknown key {shown(key)}{remedy}", place.position)
        return next((name for name in fields if hint.endswith(f" {name!r}?") and name not in taken), None)

    def _checked(self, field: Attribute[Any], value: object, path: str, place: Place) -> object:
        """The value as the field holds it."""
        try:
            held = field.converter(value) if callable(field.converter) else value
            if field.validator is not None:
                field.validator(None, field, held)
        except ModelError as error:
            return self._failed(error, path, place, name=field.name)
        return held

    def _built(self, kind: Any, fields: dict[str, object], path: str, place: Place, *, whole: bool) -> object:
        """The object; what it says of its fields together counts where all of them are sound, and known."""
        try:
            return kind(**fields)
        except ModelError as error:
            if self._sure if kind in (Journey, Atlas) else whole:
                return self._failed(error, path, place)
            return _FAILED

    def _failed(self, error: ModelError, path: str, place: Place, *, name: str = "") -> object:
        found = []
        for problem in error.problems:
            below = problem.path.removeprefix(name)
            found.append((position_of(place, below), Problem(join(path, below), problem.message)))
        self._report.add_all(found)
        return _FAILED
