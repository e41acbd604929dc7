"""Mermaid as Mermaid itself reads it: what its own grammar, run on the same texts, was seen to make of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.errors import DocumentError
from journeymap.io import Limits, dumps, loads, losses
from journeymap.io.mermaid import parse
from journeymap.io.mermaid.diagram import number
from journeymap.model import Emotion, Journey, Persona, Stage, Touchpoint
from journeymap.testing.strategies import AWKWARD, journeys, names, texts

WORKING_DAY = """journey
    title My working day
    section Go to work
      Make tea: 5: Me
      Go upstairs: 3: Me
      Do work: 1: Me, Cat
    section Go home
      Go downstairs: 5: Me
      Sit down: 5: Me
"""


def read(text, format="mermaid", **options):
    return loads(text, format=format, **options)


def seen(*lines):
    """The title, the sections, and each task with its score and people."""
    diagram = parse("journey\n" + "\n".join(lines))
    return diagram.title, list(diagram.sections), [(task.name, task.score, list(task.people)) for task in diagram.tasks]


def test_a_diagram_becomes_a_journey():
    journey = read(WORKING_DAY)
    assert journey.name == "My working day"
    assert [(stage.name, [step.name for step in stage.touchpoints]) for stage in journey.stages] == [
        ("Go to work", ["Make tea", "Go upstairs", "Do work"]),
        ("Go home", ["Go downstairs", "Sit down"]),
    ]
    assert [step.emotion.valence for step in journey.touchpoints] == [2, 0, -2, 2, 2]
    assert [persona.name for persona in journey.personas] == ["Cat", "Me"], "sorted, as Mermaid lists its actors"
    assert journey.touchpoints[2].personas == ("me", "cat")


@pytest.mark.parametrize(
    ("line", "task"),
    [
        ("A: 5", ("A", 5, [])),
        ("A: 5:", ("A", 5, [""])),
        ("X: 7", ("X", 7, [])),
        ("X: 3.5", ("X", 3.5, [])),
        ("X: -2", ("X", -2, [])),
        ("X: : Me", ("X", 0, ["Me"])),
        ("X: 3: Me: extra", ("X", 3, ["Me"])),
        ("X: 5: Me # note", ("X", 5, ["Me"])),
        ("X: 5: Me %% c", ("X", 5, ["Me %% c"])),
        ("Journeyman works: 3", ("Journeyman works", 3, [])),
        ("X : 3: Me,Cat , ,Me", ("X ", 3, ["Me", "Cat", "", "Me"])),
        ("X: 3: Ann#44; jr., #66;ob", ("X", 3, ["Ann, jr.", "Bob"])),
        ("R&D #35;58 #amp; &amp: 3", ("R&D #58 & &amp", 3, [])),
        ('<a href="x" b>: 3', ("<a href='x' b>", 3, [])),
        ("100% %%sure%%: 3", ("100% %%sure%%", 3, [])),
        ("journeyé: 3", None),
        ("sectionA: 3", ("sectionA", 3, [])),
        ("ſection A: 3", ("ſection A", 3, [])),
        ("X: 3\r\n", ("X", 3, [])),
        ("\ufeff\u2003X: 3", ("X", 3, [])),
    ],
)
def test_a_task_is_what_mermaid_makes_of_it(line, task):
    if task is None:
        with pytest.raises(DocumentError):
            seen(line)
    else:
        assert seen(line) == ("", [], [task])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0), (" \t", 0), ("5", 5), ("+.5", 0.5), ("5.", 5), ("1e3", 1000), ("0x1F", 31), ("0b11", 3), ("0o17", 15), ("Infinity", math.inf),
        ("-Infinity", -math.inf), ("1e999", math.inf), ("\ufeff4\u2029", 4), ("00012", 12), ("0x" + "f" * 400, math.inf),
        *((nan, math.nan) for nan in ["high", "1_0", "٣", "-0x1", "infinity", "1,5", "5 5", "nan", "."]),
    ],
)  # fmt: skip
def test_numbers_are_those_of_javascript(text, value):
    assert number(text) == value or (math.isnan(number(text)) and math.isnan(value))


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (["title Book #2 of 3"], ("Book ", [], [])),
        (["Title search: 3: Agent"], ("search: 3: Agent", [], [])),
        (["title", "X: 1"], ("X: 1", [], [])),
        (["title One", "title Two"], ("Two", [], [])),
        (["section  A ", "X: 1", "section  A ", "section B"], ("", [" A ", " A ", "B"], [("X", 1, [])])),
        (["% of users: 3", "X%% y: 3", "# note"], ("", [], [])),
        (["%% a comment: 3", "   %% and one more", "", "X: 1"], ("", [], [("X", 1, [])])),
        (["%%{init: {'theme': 'dark'}}%%", "X: 1"], ("", [], [("X", 1, [])])),
        (["%%{wrap}%% X: 1"], ("", [], [("X", 1, [])])),
        (["a style b:#x; c: 1"], None),
        ([], ("", [], [])),
    ],
)
def test_lines_are_what_mermaid_makes_of_them(lines, outcome):
    if outcome is None:
        with pytest.raises(DocumentError):
            seen(*lines)
    else:
        assert seen(*lines) == outcome


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("journey\n  A: 5: Me; B: 1: Me", 2, 11, "';' ends nothing here"),
        ("journey\nsection A: b", 2, 10, "a section's name ends at its ':'"),
        ("journey\r\n\r\nJourney starts: 3", 3, 1, "begins with the word 'journey'"),
        ("journey\nSection review: 3", 2, 15, "a section's name ends at its ':'"),
        ("journey\n%% c\nX", 3, 1, "the task has no score"),
        ("journey\n #35;: 1 : ", 2, 8, None),
        ("journey\nX:", 2, 1, "the task has no score"),
        ("journey\n: 1", 2, 1, "a section's name ends"),
        ("journeyman\nX: 1", 1, 1, "does not begin with the word 'journey'"),
        ("Journey\nX: 1", 1, 1, "does not begin with the word 'journey'"),
        ("graph TD", 1, 1, "does not begin with the word 'journey'"),
        ("", 1, 1, "does not begin with the word 'journey'"),
        ("journey\naccTitle:", 2, 10, "the text ends in the middle"),
        ("journey\naccDescr {x", 2, 12, "the text ends in the middle"),
        ("---\ntitle: a: b\n---\njourney", 2, 1, "the front matter is not YAML"),
        ("---\ntitle: a\ntitle: b\n---\njourney", 3, 1, "says 'title' twice"),
    ],
)
def test_what_mermaid_refuses_is_refused_with_its_place(text, line, column, said):
    if said is None:
        assert len(parse(text).tasks) == 1
        return
    with pytest.raises(DocumentError) as caught:
        read(text)
    [problem] = caught.value.problems
    assert problem.line == line
    assert said in problem.message
    assert problem.message.startswith(f"column {column}: ") or "front matter" in said or "says" in said
    assert caught.value.unreadable


def test_front_matter_and_descriptions():
    text = "---\ntitle: Day 1\nconfig: {theme: dark}\n---\n journey title T\n accTitle: A: #1; # all\n accDescr {\n  One\n   two %% 3\n }\nX: 3\n"
    journey = read(text)
    assert (journey.name, journey.scenario, journey.extra) == ("T", "One\ntwo %% 3", {"mermaid-acc-title": "A:  # all"})
    assert read(text.replace("title T", "")).name == "Day 1"
    assert read("---\ntitle: 2024\n---\njourney").name == "2024"
    assert read("---\n\n---\njourney").name == "Journey"


def test_what_stands_before_any_section_has_a_stage_too():
    journey = read("journey\nX: 1\nsection A\nY: 2\nsection A\nZ: 3\nsection B\nsection A\n")
    assert [(stage.name, stage.id, len(stage.touchpoints)) for stage in journey.stages] == [
        ("(no section)", "no-section", 1), ("A", "a", 2), ("B", "b", 0), ("A", "a-2", 0)
    ]  # fmt: skip
    assert read(dumps(journey, format="mermaid")) == journey
    assert "no section" not in dumps(journey, format="mermaid")


def test_scores_that_are_none_are_kept():
    journey = read("journey\nA: 7\nB: high\nC: : Me\nD: ?\nE: #53;\nF: #63;\nStart: 3\n  #32; : 2\nA\x00: 3")
    assert [step.extra.get("mermaid-score") for step in journey.touchpoints] == ["7", "high", "", None, "5", None, None, None, None]
    assert [step.emotion is None for step in journey.touchpoints] == [True] * 6 + [False] * 3
    assert [step.id for step in journey.touchpoints][-3:] == ["start-2", "no-name", "a-2"]
    assert read(dumps(journey, format="mermaid")) == journey


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (["A: 5:"], [(2, 5, "nobody is named behind the last ':'")]),
        (["A: 5: Me,,Cat"], [(2, 2, "between two commas nobody is named")]),
        (["X: 7", "Y: -2"], [(2, 3, "the score '7'"), (3, 3, "the score '-2'")]),
        (["X: : Me", "Y: high"], [(2, 2, "there is no score"), (3, 3, "'high' is not a number")]),
        (["X: 3: Me: extra"], [(2, 9, "what follows the third ':' is lost: 'extra'")]),
        (["A: 5: Me; B: 1: Me"], [(2, 9, "';' ends nothing here")]),
        (["title Book #2 of 3"], [(2, 12, "what follows '#' is dropped: '#2 of 3'")]),
        (["X: 5: Me # note"], [(2, 10, "what follows '#' is dropped: '# note'")]),
        (["X: 5: Me %% c"], [(2, 10, "'%% c' is no comment here")]),
        (["section A: b", "Journey starts: 3"], [(2, 10, "a section's name ends"), (3, 1, "the word 'journey'")]),
        (["Title search: 3: Agent"], [(2, 1, "a task that begins with 'title' becomes the title")]),
        (["Section review: 3"], [(2, 15, "a section's name ends")]),
        (["title", "X: 1"], [(2, 1, "the next line, 'X: 1', becomes the title")]),
        (["title One", "title Two"], [(2, 1, "this title is lost")]),
        (["section A", "X: 1", "section A", "Y: 2", "section B"], [(4, 1, "joins the one before"), (6, 1, "has no task")]),
        (["% of users: 3", "X%% y: 3"], [(2, 1, "begins with '%'"), (3, 1, "dropped as a comment")]),
        (["#foo; x: 3"], [(2, 1, "#foo; stands for no character")]),
        (['<a b="c">: 3'], [(2, 1, "double quotes")]),
        (["X\x1b: 3", "#32;: 3"], [(2, 1, "control character U+001B"), (3, 1, "is empty")]),
        (["a style b:#35; c: 1"], [(2, 12, None), (2, 14, None)]),
    ],
)  # fmt: skip
def test_strictly_each_loss_is_told_with_its_place(lines, places):
    with pytest.raises(DocumentError) as caught:
        read("journey\n" + "\n".join(lines), format="mermaid-strict")
    told = [(problem.line, problem.message) for problem in caught.value.problems]
    for line, column, said in places:
        if said is not None:
            assert any(at == line and message.startswith(f"column {column}: ") and said in message for at, message in told), told


def test_what_loses_nothing_is_read_strictly_too():
    text = (
        "---\nconfig: {}\n---\n%% a note\njourney title T\n# another\n" + WORKING_DAY.partition("day\n")[2] + " accTitle: #35;1\n X: 3.5\n"
    )
    assert read(text, format="mermaid-strict") == read(text)


NASTY = [
    *AWKWARD, "a:b", "a;b", "a#b", "#58;", "a,b", "title x", "Title: y", "section", "Journey", "accDescr {x}", "accTitle", "%% x", "%{x}", "50%%",
    "x%%", "ﬂ°°58¶ß", "ﬂ°", "¶ß", "&lt;", "&#58;", '<b c="d">', "style a:#b;", "classDef", "\u2029", "\ufeff", "\u3000x", "}", "{", "---", "?", "5",
]  # fmt: skip


@given(title=names() | st.sampled_from(NASTY), words=st.lists(names() | st.sampled_from(NASTY), min_size=1, max_size=4), told=texts())
def test_any_names_come_back(title, words, told):
    """The texts that Mermaid's grammar gives back, and not only those of a journey that comes back."""
    personas = [Persona(name, id=f"p{index}") for index, name in enumerate(dict.fromkeys(words))]
    steps = [Touchpoint(name, id=f"t{i}", emotion=i / 4 - 2, personas=[p.id for p in personas]) for i, name in enumerate(words)]
    journey = Journey(
        title, [Stage(name, [step], id=step.id) for name, step in zip(words, steps, strict=True)], personas=personas, scenario=told
    )
    diagram = parse(dumps(journey, format="mermaid"))
    assert (diagram.title, diagram.acc_description) == (title, told)
    wanted = ["" if not index and word == "(no section)" else word for index, word in enumerate(words)]
    assert [(task.section, task.name, task.score) for task in diagram.tasks] == [
        (section, word, step.emotion.valence + 3) for section, word, step in zip(wanted, words, steps, strict=True)
    ]
    assert all(task.people == tuple(persona.name for persona in personas) for task in diagram.tasks)
    assert set(diagram.actors) == {persona.name for persona in personas}
    loads(dumps(journey, format="mermaid"), format="mermaid-strict") if len(set(words)) == len(words) else None


@given(journey=journeys())
def test_writing_what_was_read_changes_nothing(journey):
    again = read(dumps(journey, format="mermaid"))
    text = dumps(again, format="mermaid")
    assert read(text) == again
    assert dumps(read(text), format="mermaid") == text
    assert not losses(again, format="mermaid")


def test_a_journey_of_what_mermaid_holds_is_the_same_again():
    journey = Journey(
        "Buy: a bike",
        [
            Stage("Discover", [Touchpoint("Sees #1", emotion=-0.3, personas=["ann"]), Touchpoint("Asks", personas=["bob", "ann"])]),
            Stage("Nothing here"),
            Stage("Buy", [Touchpoint("Pays", emotion=Emotion(2))]),
        ],
        personas=[Persona("Ann"), Persona("Bob")],
        scenario="One line\nand another.",
    )
    assert read(dumps(journey, format="mermaid")) == journey
    assert not losses(journey, format="mermaid")


def test_everybody_is_named_where_nobody_would_be():
    journey = Journey("x", [Stage("s", [Touchpoint("t", emotion=1)])], personas=[Persona("Ann"), Persona("Bob")])
    assert "t: 4: Ann, Bob" in dumps(journey, format="mermaid")
    assert [loss.path for loss in losses(journey, format="mermaid")] == [
        "stages[0].touchpoints[0].personas[0]",
        "stages[0].touchpoints[0].personas[1]",
    ]


def test_what_mermaid_cannot_hold_is_told(rich):
    paths = {loss.path for loss in losses(rich, format="mermaid")}
    assert {"organisation", "sources[0]", "stages[0].goal", "stages[0].touchpoints[0].channel", "transitions[0]"} <= paths


def test_texts_beyond_the_limit_are_refused():
    for line in ("title x{}", "section x{}", "x{}: 3", "x: {}", "x: 3: y{}", "accDescr: x{}"):
        text = "journey\n" + line.format("y" * 100_001)
        with pytest.raises(DocumentError, match=r"line 2  column \d+: a text of 100,00\d characters is longer than 100,000"):
            read(text)
    with pytest.raises(DocumentError, match="longer than 10"):
        read("journey\ntitle " + "x" * 11, limits=Limits(text=10))
    assert read(dumps(Journey("#" * 100_000), format="mermaid")).name == "#" * 100_000
