"""The format: a wall as it is jotted down in a meeting.

= Buy a bike
== Buy
* [+2] Test ride
* Pays
"""

from __future__ import annotations

import re

from journeymap import DocumentError, Format, Journey, ModelError
from journeymap.errors import Problem

MARKED = re.compile(r"(={1,2}|\*)[ \t]+(?:\[(?P<felt>[^\]]*)\][ \t]*)?(?P<words>.*)")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")


def loads(text: str, source: str = "<text>") -> Journey:
    """The journey in the text; DocumentError tells all that is wrong with it."""
    problems: list[Problem] = []
    build = None
    for line, words in enumerate(text.splitlines(), 1):
        if not words.strip():
            continue
        found = MARKED.fullmatch(words.strip())
        mark = found[1] if found else ""
        if found is None or not found["words"]:
            problems.append(
                Problem("", f"{words.strip()[:40]!r} is none; begin a line with '= ' (name), '== ' (stage) or '* ' (step)", line)
            )
        elif (mark == "=") == (build is not None):
            problems.append(Problem("", "the name of the journey stands once, in the first line, after '= '", line))
            build = build or Journey.build(found["words"])
        elif mark == "=":
            build = Journey.build(found["words"])
        elif mark == "==":
            build.stage(found["words"])
        elif felt := found["felt"]:
            if NUMBER.fullmatch(felt):
                build.touchpoint(found["words"], emotion=float(felt))
            else:
                problems.append(Problem("", f"{felt[:40]!r} is no emotion; write a number from -2 to +2", line))
        else:
            build.touchpoint(found["words"])
    if build is None:
        problems.append(Problem("", "there is no journey; begin with its name, after '= '"))
    if problems or build is None:
        raise DocumentError(source, problems)
    try:
        return build.done()
    except ModelError as error:
        raise DocumentError(source, error.problems) from error


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
