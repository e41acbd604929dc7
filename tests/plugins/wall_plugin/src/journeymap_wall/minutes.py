"""The format: a wall as it is jotted down in a meeting.

= Buy a bike
== Buy
* [+2] Test ride
* Pays
"""

from __future__ import annotations

import re

from journeymap import DocumentError, Format, Journey, ModelError
from journeymap.errors import Problem, shown
from journeymap.model import Builder

MARKED = re.compile(r"(?P<mark>={1,2}|\*)[ \t]+(?:\[(?P<felt>[^\]]*)\][ \t]*)?(?P<words>.+)")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")


def loads(text: str, source: str = "<text>") -> Journey:
    """The journey in the text; DocumentError tells all that is wrong with it."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    first = MARKED.fullmatch(lines[0][1]) if lines else None
    if first is None or first["mark"] != "=":
        raise DocumentError(source, [Problem("", "there is no journey; begin with its name, after '= '", 1)])
    build = Journey.build(first["words"])
    problems = [Problem("", wrong, number) for number, line in lines[1:] if (wrong := _put(build, line))]
    if problems:
        raise DocumentError(source, problems)
    try:
        return build.done()
    except ModelError as error:
        raise DocumentError(source, error.problems) from error


def _put(build: Builder, line: str) -> str:
    """Put into the journey what a line says; what is wrong with it, or nothing."""
    found = MARKED.fullmatch(line)
    if found is None:
        return f"{shown(line)} is neither a stage nor a step; begin with '== ' or '* '"
    if found["mark"] == "=":
        return "a journey has one name; begin a stage with '== '"
    if found["mark"] == "==":
        build.stage(found["words"])
    elif found["felt"] and not NUMBER.fullmatch(found["felt"]):
        return f"{shown(found['felt'])} is no emotion; write a number from -2 to +2, or nothing"
    else:
        build.touchpoint(found["words"], emotion=float(found["felt"]) if found["felt"] else None)
    return ""


def dumps(journey: Journey) -> str:
    """The stages and steps of the journey, each in a line."""
    lines = [f"= {_line(journey.name)}"]
    for stage in journey.stages:
        lines.append(f"== {_line(stage.name)}")
        for step in stage.touchpoints:
            felt = f"{step.emotion.valence:+}".removesuffix(".0") if step.emotion else ""
            lines.append(f"* [{felt}] {_line(step.name)}")
    return "\n".join(lines) + "\n"


def _line(words: str) -> str:
    return " ".join(words.split())


WALL = Format(summary="Stages, steps and emotions in lines, as jotted down at the wall", suffixes=[".wall"], loads=loads, dumps=dumps)
