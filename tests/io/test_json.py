"""JSON that is no JSON, or says what no journey can hold."""

import pytest

from journeymap.errors import DocumentError
from journeymap.io import Limits, dumps, loads
from journeymap.model import Journey


def refusal(text, **options):
    with pytest.raises(DocumentError) as caught:
        loads(text, **options)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{", 1, "column 2: the end of the text stands where a key in double quotes is expected"),
        ('{"name": "x"', 1, "column 13: the end of the text stands where ',' or '}' is expected"),
        ('{"name": "x"]', 1, "column 13: ']' stands where ',' or '}' is expected"),
        ('{"name" "x"}', 1, "column 9: '\"' stands where ':' is expected after a key"),
        ('{"name": }', 1, "column 10: '}' stands where a value is expected"),
        ('{\n  "name": "x",\n}', 3, "column 1: '}' stands right after a comma; take the comma out"),
        ('{"name": "x", "expectations": ["a",]}', 1, "column 36: ']' stands right after a comma; take the comma out"),
        ("{name: 'x'}", 1, "column 2: 'n' stands where a key in double quotes is expected"),
        ('{"name": "x"}\n{"name": "y"}', 2, "column 1: '{' stands after the end of the document; take it out"),
        ('{"name": "x', 1, 'column 10: the text that begins here does not end; close it with "'),
        ('{"name": "x\\', 1, 'column 10: the text that begins here does not end; close it with "'),
        ('{"name": "a\nb"}', 1, "column 12: the control character U+000A stands inside a text; write it as \\u000a"),
        ('{"name": "a\x1bb"}', 1, "column 12: the control character U+001B stands inside a text; take it out"),
        ('{"name": "C:\\maps"}', 1, "column 13: a backslash begins an escape that JSON does not know; write the backslash itself as \\\\"),
    ],
)
def test_what_is_no_json_is_told_with_line_and_column(text, line, message):
    error = refusal(text)
    assert [(problem.path, problem.line, problem.message) for problem in error.problems] == [("", line, message)]
    assert error.unreadable


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("NaN", "NaN is not a finite number; leave out what is unknown"),
        ("Infinity", "Infinity is not a finite number; leave out what is unknown"),
        ("-Infinity", "-Infinity is not a finite number; leave out what is unknown"),
        ("1e999", "1e999 is beyond what a number can hold; write a smaller one"),
        ("9" * 21, "a whole number of 21 digits has more than 20; round it"),
        ("-" + "9" * 5000, "a whole number of 5,000 digits has more than 20; round it"),
        ("9" * 20, "99999999999999999999 is too large; whole numbers beyond 9,007,199,254,740,992 lose digits"),
        ("1_0", "'1_0' is neither a number nor true, false or null; put text in double quotes"),
        ("٣", "'٣' is neither a number nor true, false or null; put text in double quotes"),
        ("01", "'01' is neither a number nor true, false or null; put text in double quotes"),
        ("+1", "'+1' is neither a number nor true, false or null; put text in double quotes"),
        (".5", "'.5' is neither a number nor true, false or null; put text in double quotes"),
        ("1.", "'1.' is neither a number nor true, false or null; put text in double quotes"),
        ("0x1F", "'0x1F' is neither a number nor true, false or null; put text in double quotes"),
        ("True", "'True' is neither a number nor true, false or null; put text in double quotes"),
        ('"٣"', "'٣' is not a number"),
        ('"1_0"', "'1_0' is not a number"),
    ],
)
def test_numbers_that_are_none(value, message):
    error = refusal(f'{{"name": "x", "metrics": [{{"name": "m",\n"value": {value}}}]}}')
    assert [(problem.path, problem.line, problem.message) for problem in error.problems] == [("$.metrics[0].value", 2, message)]
    assert not error.unreadable


@pytest.mark.parametrize(
    ("escape", "code"), [("\\u0000", "0000"), ("\\u001b", "001B"), ("\\u0085", "0085"), ("\\ud800", "D800"), ("\\uffff", "FFFF")]
)
def test_characters_that_no_text_holds(escape, code):
    for document in (f'{{"name": "a{escape}b"}}', f'{{"name": "x", "extra": {{"a{escape}b": ""}}}}'):
        [problem] = refusal(document).problems
        assert f"has the control character U+{code}; take it out" in problem.message
        assert str(problem).isprintable()


def test_lone_surrogates_in_the_text_itself():
    assert refusal('{"name": "a\ud800b"}').problems[0].path == "$.name"
    assert loads('{"name": "\\ud83d\\udc69"}').name == "👩"


def test_a_key_that_stands_twice():
    text = '{\n"name": "x",\n"stages": [{"name": "s",\n"goal": "g",\n"name": "t"}],\n"name": "y"}'
    assert [(problem.path, problem.line, problem.message) for problem in refusal(text).problems] == [
        ("$.stages[0]", 5, "the key 'name' stands twice, first on line 3; keep one"),
        ("$", 6, "the key 'name' stands twice, first on line 2; keep one"),
    ]


def test_broken_places_do_not_hide_the_others():
    text = '{"name": NaN,\n"scenario": 5,\n"scenario": "x",\n"notes": 01,\n"kind": "past"'
    assert [(problem.path, problem.line) for problem in refusal(text).problems] == [
        ("$.name", 1), ("$", 3), ("$.notes", 4), ("", 5),
    ]  # fmt: skip


def test_lines_end_as_they_may():
    for end in ("\n", "\r\n", "\r"):
        assert refusal(end.join(["{", '"name":', "5", "}"])).problems[0].line == 2


def test_canonical_bytes():
    text = dumps(Journey("Grüße \u2028", scenario='"quoted"'))
    assert text == '{\n  "journeymap": 1,\n  "name": "Grüße \\u2028",\n  "id": "grüße",\n  "scenario": "\\"quoted\\""\n}\n'


@pytest.mark.parametrize(
    ("limits", "text", "message"),
    [
        (Limits(depth=3), '{"name": "x", "stages": [{"name": "s", "thoughts": []}]}', "lists and mappings are nested deeper than 3"),
        (Limits(nodes=4), '{"name": "x", "expectations": ["a", "b"]}', "there are more than 4 values"),
        (Limits(text=5), '{"name": "123456"}', "a text of 6 characters is longer than 5; shorten it"),
        (Limits(digits=3), '{"name": "x", "metrics": [{"name": "m", "n": 1234}]}', "a whole number of 4 digits has more than 3; round it"),
        (Limits(bytes=14), '{"name": "üü"}', "it has 16 bytes or more, beyond 14; split it, or raise the limit if this is meant"),
    ],
)
def test_limits_are_kept(limits, text, message):
    loads(text)
    [problem] = refusal(text, limits=limits).problems
    assert problem.message.startswith(message)
    [problem] = refusal(text, limits=limits, format="yaml").problems
    assert problem.message.startswith(message)


def test_what_is_just_within_the_limits_is_read():
    text = '{"name": "üü", "stages": [{"name": "s", "thoughts": ["1234"]}], "metrics": [{"name": "m", "n": 123}]}'
    limits = Limits(bytes=len(text.encode()), depth=4, nodes=11, text=12, digits=3)
    for format in ("json", "yaml"):
        assert loads(text, limits=limits, format=format) == loads(text)
