"""A map in the terminal: as wide as asked, the same in colour and without, and never more than characters."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.cli import main
from journeymap.cli.terminal import ASCII, cells_of, cut, terminal_view, wrapped
from journeymap.testing.strategies import journeys

LOAN = "examples/small-business-loan.yaml"
ESCAPES = re.compile("\x1b\\[[0-9;]*m")
SMALL = jm.Journey(
    "Buy a bike",
    [
        jm.Stage("Discover", [jm.Touchpoint("Sees an advert", emotion=2, channel="Social"), jm.Touchpoint("Asks", id="asks")]),
        jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=0), jm.Touchpoint("Pays", emotion=-2, moment=True)]),
    ],
)


def view(journey: jm.Journey, width: int = 100, **options: object) -> str:
    return terminal_view(journey, width=width, colour=False, **options)


def test_the_curve_stands_over_its_steps() -> None:
    lines = view(SMALL).splitlines()
    heights = {mark: next(index for index, line in enumerate(lines) if mark in line) for mark in ("\u25cf", "\u2605")}
    assert heights["\u2605"] - heights["\u25cf"] == 8
    names = next(line for line in lines if "1.1 Sees" in line)
    assert 0 < lines[heights["\u25cf"]].index("\u25cf") - names.index("1.1") < 14
    assert abs(lines[heights["\u2605"]].index("\u2605") - names.index("2.2")) < 14


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    lines = view(SMALL).splitlines()
    names = next(line for line in lines if "1.2 Asks" in line)
    gap = names.index("1.2") + 10
    assert {line[gap] for line in lines[4:13] if len(line) > gap} <= {" ", "\u2508"}


def test_words_say_what_colour_says() -> None:
    coloured = terminal_view(SMALL, width=100, colour=True)
    assert "\x1b[" in coloured
    assert ESCAPES.sub("", coloured).replace(" ", "") == view(SMALL).replace(" ", "")
    for words in ("+2 very", "\u22122 very", "0 neutral", "moment of truth"):
        assert words in view(SMALL)


@given(journeys(), st.integers(40, 160))
def test_no_line_is_wider_than_asked(journey: jm.Journey, width: int) -> None:
    for line in view(journey, width).splitlines():
        assert cells_of(line) <= width


@given(journeys())
def test_nothing_in_a_map_steers_the_terminal(journey: jm.Journey) -> None:
    assert all(character in "\n\u200c\u200d" or character.isprintable() for character in view(journey))


def test_joined_emoji_and_persian_letters_stay_whole_and_overrides_go() -> None:
    astronaut, persian = "\U0001f469\U0001f3fd\u200d\U0001f680", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    step = jm.Touchpoint(f"{astronaut} {persian} soft\u00adly \u202egnp.\u202c", id="t")
    said = terminal_view(jm.Journey("Way", [jm.Stage("All", [step])]), width=100, colour=False)
    assert f"{astronaut} {persian} softly gnp." in " ".join(said.split())
    assert "\ufffd" not in said


def test_a_map_without_stages_says_so() -> None:
    assert view(jm.Journey("Empty")).splitlines()[-1] == "This journey has no stages yet."


def test_wide_letters_take_two_cells() -> None:
    assert cells_of("\u5728\u7ebf\u4ed8\u6b3e") == 8
    assert wrapped("\u5728\u7ebf\u4ed8\u6b3e", 5) == ["\u5728\u7ebf", "\u4ed8\u6b3e"]
    assert cut("\u5728\u7ebf\u4ed8\u6b3e", 5) == "\u5728\u7ebf\u2026"


@pytest.mark.parametrize("text", ["", "a", "a b", "\u5728", "unbreakable" * 9])
@pytest.mark.parametrize("room", [1, 2, 7])
def test_wrapping_always_ends_and_keeps_every_letter(text: str, room: int) -> None:
    assert "".join(wrapped(text, room)).replace(" ", "") == text.replace(" ", "")


def test_a_terminal_without_unicode_gets_plain_characters() -> None:
    drawn = view(SMALL, marks=ASCII)
    curve = drawn.splitlines()[4:13]
    assert "".join(curve).isascii() or set("".join(curve)) - {"\u2212"} <= set(map(chr, range(128)))
    assert "o" in "".join(curve)
    assert "*" in "".join(curve)


def test_the_command_shows_a_file() -> None:
    result = CliRunner().invoke(main, ["show", LOAN, "--width", "120"])
    assert result.exit_code == 0
    assert "Getting a small-business loan online" in result.output
    assert "\x1b" not in result.output
    assert max(map(cells_of, result.output.splitlines())) <= 120


def test_colour_is_for_terminals_and_those_who_ask() -> None:
    assert "\x1b[1m" in CliRunner().invoke(main, ["show", LOAN, "--colour"]).output
    assert "\x1b" not in CliRunner(env={"NO_COLOR": "1"}).invoke(main, ["show", LOAN]).output


def test_an_unknown_persona_is_told() -> None:
    result = CliRunner().invoke(main, ["show", LOAN, "--persona", "maia"])
    assert result.exit_code == 2
    assert "no persona 'maia'" in result.output
