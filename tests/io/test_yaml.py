"""YAML that is no YAML, or says what no journey can hold, with the parser in C and the one in Python."""

import pytest

from journeymap.errors import DocumentError
from journeymap.io import LIMITS, dumps, loads
from journeymap.io.examine import examined
from journeymap.io.problems import Report
from journeymap.io.yaml_tree import LOADERS, yaml_tree
from journeymap.model import Journey


def read(text, loader):
    report = Report("<text>", LIMITS.problems)
    built = yaml_tree(text, report, LIMITS, loader=loader)
    return examined(built.root, built.place, report)


def refusal(text, loader=LOADERS[0]):
    with pytest.raises(DocumentError) as caught:
        read(text, loader)
    return caught.value


by_each_parser = pytest.mark.parametrize("loader", LOADERS)


@by_each_parser
@pytest.mark.parametrize(
    ("text", "line", "path", "message"),
    [
        ("name: &x y", 1, "$.name", "the anchor &x is not read; take it out"),
        ("name: x\nnotes: *x", 2, "$.notes", "the alias *x is not followed; write out what it stands for"),
        ("name: !!str 5", 1, "$.name", "the tag tag:yaml.org,2002:str is not read; take it out"),
        ("name: ! x", 1, "$.name", "the tag ! is not read; take it out"),
        ("name: !!python/object:os.system x", 1, "$.name", "the tag tag:yaml.org,2002:python/object:os.system is not read; take it out"),
        ("name: x\n<<: {notes: y}", 2, "$", "the merge key << is not followed; write the keys out"),
        ("name: x\nname: y", 2, "$", "the key 'name' stands twice, first on line 1; keep one"),
        ("name: x\nextra: {1: one}", 2, "$.extra", "the key 1 is not text; put it in quotes"),
        ("name: x\nextra:\n  null: one", 3, "$.extra", "the key null is not text; put it in quotes"),
        ("name: x\n? [a, b]\n: c", 2, "$", "a list or mapping is no key; a key is text"),
        ("name: x\nmetrics: [{name: m, value: .nan}]", 2, "$.metrics[0].value", ".nan is not a finite number; leave out what is unknown"),
        ("name: x\nmetrics: [{name: m, value: -.Inf}]", 2, "$.metrics[0].value", "-.Inf is not a finite number; leave out what is unknown"),
        ("name: x\nmetrics: [{name: m, value: 1_0}]", 2, "$.metrics[0].value", "'1_0' is not a number"),
        ("name: x\nmetrics: [{name: m, value: ٣}]", 2, "$.metrics[0].value", "'٣' is not a number"),
        ("name: x\nmetrics: [{name: m, value: 0x1F}]", 2, "$.metrics[0].value", "'0x1F' is not a number"),
        ("name: x\nmetrics: [{name: m, value: 0o14}]", 2, "$.metrics[0].value", "'0o14' is not a number"),
        ("name: x\nmetrics: [{name: m, value: 12:30:45}]", 2, "$.metrics[0].value", "'12:30:45' is not a number"),
        (
            "name: x\nmetrics: [{name: m, value: " + "9" * 21 + "}]",
            2,
            "$.metrics[0].value",
            "a whole number of 21 digits has more than 20; round it",
        ),
    ],
)
def test_what_a_tree_cannot_hold_is_refused(loader, text, line, path, message):
    error = refusal(text, loader)
    assert (line, path, message) in [(problem.line, problem.path, problem.message) for problem in error.problems]
    assert not error.unreadable


@by_each_parser
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: a: b", 1),
        ("name: 'x", 1),
        ('name: "\\q"', 1),
        ('name: "\\U00110000"', 1),
        ("name: x\n\tnotes: y", 2),
        ("name:\tx", 1),
        ("name: x\n  notes: y", 2),
        ("name: @x", 1),
        ("%YAML 1.3\n---\nname: x", 1),
        ("name: x\n---\nname: y", 2),
        ("name: x\n...\n---\nname: y", 3),
        ("name: x\x00", 1),
        ("name: x\nnotes: \x1b[31m", 2),
        ("name: x\ud800", 1),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(loader, text, line):
    error = refusal(text, loader)
    [problem] = error.problems
    assert (problem.path, problem.line) == ("", line)
    assert problem.message.isprintable()
    assert error.unreadable


@by_each_parser
def test_after_a_key_that_is_none_reading_goes_on(loader):
    error = refusal("name: x\n? {a: [b]}\n: [c]\nnotes: 5\n", loader)
    assert [(problem.line, problem.message) for problem in error.problems] == [
        (2, "a list or mapping is no key; a key is text"),
        (4, "5 is not text; put it in quotes"),
    ]


@by_each_parser
def test_words_of_older_yaml_are_text(loader):
    words = ["yes", "on", "No", "OFF", "y", "1_000", "0o14", "0x1F", "0b1", "12:30:45", "2025-03-01", "1e", "=", "-", ".", "+.nan"]
    text = "name: x\nexpectations:\n" + "".join(f"  - {word}\n" for word in words if word != "-") + '  - "-"\n'
    assert read(text, loader).expectations == (*[word for word in words if word != "-"], "-")


@by_each_parser
@pytest.mark.parametrize(
    ("word", "value"), [("5", 5), ("+5", 5), ("-5", -5), ("007", 7), (".5", 0.5), ("5.", 5.0), ("-1.5e3", -1500.0), ("1E2", 100.0)]
)
def test_numbers_are_those_of_yaml_1_2(loader, word, value):
    assert read(f"name: x\nmetrics: [{{name: m, value: {word}}}]", loader).metrics[0].value == value


@by_each_parser
@pytest.mark.parametrize("word", ["true", "True", "TRUE"])
def test_flags_are_those_of_yaml_1_2(loader, word):
    assert read(f"name: x\nstages: [{{name: s, touchpoints: [{{name: t, goal: {word}}}]}}]", loader).touchpoints[0].goal is True


@by_each_parser
def test_tabs_are_read_in_texts_and_comments(loader):
    text = "name: 'a\tb' # c\td\nnotes: |\n  e\tf\nscenario: \"g\th\"\n"
    journey = read(text, loader)
    assert (journey.name, journey.notes, journey.scenario) == ("a\tb", "e\tf\n", "g\th")


def test_json_is_yaml_even_with_tabs():
    assert loads('{\n\t"name": "x",\n\t"notes": "a\\/b"\n}', format="yaml") == loads('{"name": "x", "notes": "a/b"}')


def test_comments_and_styles_do_not_matter():
    text = "# A map\n---\n'name': >-\n  Buy\n  a bike # really\nstages: [ {name: Buy, 'touchpoints': [{name: Pays}]} ]\n...\n"
    assert loads(text, format="yaml") == loads(
        '{"name": "Buy a bike # really", "stages": [{"name": "Buy", "touchpoints": [{"name": "Pays"}]}]}'
    )


def test_a_long_key_stands_on_a_line_of_its_own():
    journey = Journey("x", extra={"k" * 2000: "v", "two\nlines " * 200: "w"})
    text = dumps(journey, format="yaml")
    assert f"  ? {'k' * 2000}\n  : v\n" in text
    for loader in LOADERS:
        assert read(text, loader) == journey
