"""What ``mypy --strict`` says to users: right programs pass, wrong lines are caught where they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

import journeymap

PROGRAMS = Path(__file__).with_name("programs.py")

START = """\
import journeymap as jm
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.lane import Pen
from journeymap.scene.scene import Scene

journey = jm.Journey("Buy a bike")

"""

WRONG = {
    "an emotion is a number": ('jm.Emotion("happy")', "arg-type"),
    "a stage holds touchpoints, not stages": ('jm.Stage("Buy", [jm.Stage("Pay")])', "list-item"),
    "names are spelled as they are": ('jm.Journey("Buy", persona=[])', "call-arg"),
    "kinds are words that are known": ('jm.Journey("Buy", kind="future")', "arg-type"),
    "a value cannot be changed": ('journey.name = "Sell a bike"', "misc"),
    "details are keyword-only": ('jm.Touchpoint("Pays", "website")', "call-arg|misc|arg-type"),
    "an emotion may be missing": ('print(jm.Touchpoint("Pays").emotion.valence)', "union-attr"),
    "ids are text": ("jm.Persona(7)", "arg-type"),
    "only a journey is drawn": ('jm.render("bike.yaml")', "arg-type"),
    "a theme is a name or a theme": ("jm.render(journey, theme=3)", "arg-type"),
    "bytes are not text": ('text: str = jm.render(journey).to("svg")', "assignment"),
    "only a journey is written": ('jm.write("bike", "bike.yaml")', "arg-type"),
    "there is no such name": ("jm.draw(journey)", "attr-defined"),
    "a renderer gives scenes": ('@jm.renderer("wrong")\ndef wrong(journey: jm.Journey) -> str: return ""', "type-var|arg-type"),
    "a backend gives bytes": ('@jm.backend("wrong")\ndef wrong_bytes(scenes: list[Scene]) -> str: return ""', "type-var|arg-type"),
    "a lane gives cells": ('@jm.lane("wrong")\ndef wrong_lane(step: Step, pen: Pen) -> str: return ""', "type-var|arg-type"),
    "a decorated function keeps its type": (
        '@jm.renderer("right")\ndef right(journey: jm.Journey, *, rows: int = 1) -> Scene:\n    raise NotImplementedError\nright(journey, rows="two")',
        "arg-type",
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[int, str, str]]]:
    """What mypy says of the right programs and the wrong ones, by file: line, code and message."""
    wrong = tmp_path_factory.mktemp("typing") / "wrong.py"
    wrong.write_text(START + "\n".join(program for program, _ in WRONG.values()) + "\n", encoding="utf-8")
    source = Path(journeymap.__file__).parent.parent
    with pytest.MonkeyPatch.context() as patch:
        if source.name == "src":
            patch.setenv("MYPYPATH", str(source))
        arguments = ["--strict", "--config-file=", "--no-error-summary", "--hide-error-context", "--follow-imports=silent"]
        output, failure, _ = api.run([*arguments, str(PROGRAMS), str(wrong)])
    assert not failure
    found: dict[str, list[tuple[int, str, str]]] = {}
    for line in output.splitlines():
        said = re.fullmatch(r"(.+?):(\d+): error: (.+?)  \[([\w-]+)\]", line)
        if said:
            found.setdefault(Path(said[1]).name, []).append((int(said[2]), said[4], said[3]))
    return found


def test_right_programs_check(told: dict[str, list[tuple[int, str, str]]]) -> None:
    assert told.get("programs.py", []) == []


@pytest.mark.parametrize("rule", WRONG)
def test_a_wrong_line_is_caught_where_it_stands(rule: str, told: dict[str, list[tuple[int, str, str]]]) -> None:
    program, code = WRONG[rule]
    before = list(WRONG).index(rule)
    first = START.count("\n") + sum(earlier.count("\n") + 1 for earlier, _ in list(WRONG.values())[:before]) + 1
    lines = range(first, first + program.count("\n") + 1)
    caught = [(said, message) for line, said, message in told["wrong.py"] if line in lines]
    assert caught, f"mypy accepts: {program}"
    assert all(re.fullmatch(code, said) for said, _ in caught), caught
