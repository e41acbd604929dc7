"""Files made to do harm are refused, and in little memory; how soon, `benchmarks/hostile.py` measures."""

import tracemalloc

import pytest

from journeymap.errors import MESSAGE_LENGTH, DocumentError
from journeymap.io import LIMITS, Limits, loads
from journeymap.io.examine import examined
from journeymap.io.problems import Report
from journeymap.io.yaml_tree import LOADERS, yaml_tree

SIZE = 64 * 1024
MEBIBYTES = 50


def many(piece, start="", end="", between=","):
    """As many pieces as make a text of 64 KiB."""
    pieces, length = [], len(start) + len(end)
    while length < SIZE:
        pieces.append(piece(len(pieces)))
        length += len(pieces[-1]) + len(between)
    return start + between.join(pieces) + end


JSON = {
    "brackets": "[" * 100_000,
    "braces": '{"a":' * 100_000,
    "closed brackets": "[" * 50_000 + "]" * 50_000,
    "digits": '{"name": ' + "9" * SIZE + "}",
    "fraction": '{"name": 0.' + "9" * SIZE + "}",
    "exponent": '{"name": 1e' + "9" * SIZE + "}",
    "unknown keys": many(lambda i: f'"k{i}": 0', '{"name": "x", ', "}"),
    "misspelt keys": many(lambda i: f'"stage{i}": []', '{"name": "x", ', "}"),
    "one key": many(lambda _: '"name": "x"', "{", "}"),
    "empty lists": many(lambda _: "[]", '{"name": "x", "stages": [', "]}"),
    "not a number": many(lambda _: "NaN", '{"name": "x", "stages": [', "]}"),
    "one id": many(lambda _: '{"name": "s"}', '{"name": "x", "stages": [', "]}"),
    "references to nothing": many(
        lambda i: f'{{"source": "start", "target": "t{i}"}}',
        '{"name": "x", "stages": [{"name": "s", "touchpoints": ['
        + ",".join(f'{{"name": "n{i}"}}' for i in range(1500))
        + ']}], "transitions": [',
        "]}",
    ),
    "control characters": '{"name": "' + "\\u0000" * (SIZE // 6) + '"}',
    "quotes": '"' * SIZE,
    "backslashes": '{"name": "' + "\\" * SIZE,
    "spaces": " " * SIZE,
}

YAML = {
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "dashes": "- " * 50_000,
    "questions": "? " * 50_000,
    "steps": "\n".join(f"{' ' * i}a:" for i in range(350)),
    "digits": "name: " + "9" * SIZE,
    "anchors": many(lambda i: f"&a{i} x", "[", "]"),
    "aliases": many(lambda _: "*a", "[", "]"),
    "tags": many(lambda _: "!!str x", "[", "]"),
    "one key": many(lambda _: "name: x", between="\n"),
    "merge keys": many(lambda _: "<<: {a: b}", between="\n"),
    "list keys": many(lambda _: "[a]: b", between="\n"),
    "unknown keys": many(lambda i: f"k{i}: 0", between="\n"),
    "documents": "---\n" * (SIZE // 4),
    "empty lists": "[" + "[]," * (SIZE // 3),
    "open quote": 'name: "' + "x\n" * (SIZE // 2),
    "bangs": "!" * SIZE,
    "directives": "%a\n" * (SIZE // 3),
    "colons": "{" + ":" * SIZE,
    "long key": "a" * SIZE + ": b",
}


def yaml_by(loader, text):
    report = Report("<text>", LIMITS.problems)
    built = yaml_tree(text, report, LIMITS, loader=loader)
    return examined(built.root, built.place, report)


def refused(read):
    with pytest.raises(DocumentError) as caught:
        read()
    assert len(str(caught.value)) <= MESSAGE_LENGTH
    assert len(caught.value.problems) <= LIMITS.problems + 1


def modest(read):
    tracemalloc.start()
    with pytest.raises(DocumentError):
        read()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEBIBYTES * 2**20


@pytest.mark.parametrize("name", JSON)
def test_hostile_json(name):
    refused(lambda: loads(JSON[name]))
    modest(lambda: loads(JSON[name]))


@pytest.mark.parametrize("name", YAML)
def test_hostile_yaml(name):
    refused(lambda: loads(YAML[name], format="yaml"))
    modest(lambda: loads(YAML[name], format="yaml"))


@pytest.mark.parametrize("name", YAML)
def test_hostile_yaml_without_the_parser_in_c(name):
    refused(lambda: yaml_by(LOADERS[-1], YAML[name]))


def test_many_values_are_refused_before_they_are_made():
    text = "[" + "[]," * 3_000_000 + "[]]"
    tracemalloc.start()
    with pytest.raises(DocumentError, match=r"there are more than 1,000 values"):
        loads(text, limits=Limits(nodes=1000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * MEBIBYTES * 2**20
