"""From a journey to Mermaid, so that its grammar gives back the same texts for any names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeymap.io.mermaid.diagram import number
from journeymap.io.mermaid.prepared import SPACE
from journeymap.io.mermaid.reading import ACC_TITLE_KEY, NO_SECTION, SCORE_KEY, SCORES, UNKNOWN
from journeymap.model import Journey, Touchpoint

_UNSAFE = re.compile(
    r"""[#;:,<>&"=\ufb02\u00b6]"""  # ends a text, divides a list, makes a tag, or is how Mermaid hides entity codes
    r"|^%|(?<=%)%|%(?=%)"  # begins a comment
    rf"|^[{SPACE}]|(?! )[{SPACE}]|[{SPACE}]\Z"  # is trimmed, or ends a line
)
_KEYWORD = re.compile("journey|title|section|accTitle|accDescr", re.IGNORECASE | re.ASCII)


def mermaid_text(journey: Journey) -> str:
    """The Mermaid text of a journey; the same for the same journey.

    A step without personas is met by all: it names everybody if somebody would not be named anywhere else.
    """
    return "\n".join(_lines(journey)) + "\n"


def _lines(journey: Journey) -> Iterator[str]:
    yield "journey"
    yield f"  title {label(journey.name)}"
    if journey.extra.get(ACC_TITLE_KEY):
        yield f"  accTitle: {label(journey.extra[ACC_TITLE_KEY])}"
    if journey.scenario:
        yield f"  accDescr: {label(journey.scenario)}"
    names = {persona.id: persona.name for persona in journey.personas}
    named = {persona for touchpoint in journey.touchpoints for persona in touchpoint.personas}
    everybody = list(names) if named < set(names) else []
    for index, stage in enumerate(journey.stages):
        if index or stage.name != NO_SECTION or not stage.touchpoints:
            yield f"  section {label(stage.name)}"
        for touchpoint in stage.touchpoints:
            present = ", ".join(label(names[persona]) for persona in touchpoint.personas or everybody)
            yield f"    {_task_name(touchpoint.name)}: {_score(touchpoint)}" + (f": {present}" if present else "")


def label(text: str) -> str:
    """A text in which whatever Mermaid would take for something else stands as an entity code.

    >>> label("Book #2: all of it; 100%")
    'Book #35;2#58; all of it#59; 100%'
    """
    return _UNSAFE.sub(lambda found: _code(found[0]), text)


def _task_name(name: str) -> str:
    """A name that does not begin like a keyword."""
    return _code(name[0]) + label(name[1:]) if _KEYWORD.match(name) else label(name)


def _score(touchpoint: Touchpoint) -> str:
    if touchpoint.emotion is not None:
        value = SCORES.value(touchpoint.emotion)
        return repr(int(value) if float(value).is_integer() else value)
    told = touchpoint.extra.get(SCORE_KEY, UNKNOWN)
    return _code(told[0]) + label(told[1:]) if 1 <= number(told) <= 5 else label(told)


def _code(character: str) -> str:
    return f"#{ord(character)};"
