"""Texts and bytes, formats of others, and what leaves the public functions."""

import gc

import pytest

from journeymap.errors import DocumentError, ModelError, PluginError, UnknownName
from journeymap.io import Format, Limits, dumps, loads
from journeymap.model import Journey
from journeymap.plugins import FORMATS


@pytest.fixture
def added():
    """Adds formats for one test."""
    names = []

    def add(name, **fields):
        names.append(name)
        return FORMATS.register(name, Format(summary="for a test", suffixes=(f".{name}",), **fields))

    yield add
    for name in names:
        FORMATS.unregister(name)


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b'{"name":\n"caf\xe9"}', 2, "byte 0xE9, the 14. of all, is not UTF-8; save the text as UTF-8"),
        (b'{"name": "\xed\xa0\x80"}', 1, "byte 0xED, the 11. of all, is not UTF-8; save the text as UTF-8"),
        (b'{"name": "\xc0\x80"}', 1, "byte 0xC0, the 11. of all, is not UTF-8; save the text as UTF-8"),
        ('{"name": "x"}'.encode("utf-16"), None, "it is in UTF-16 or UTF-32; save it as UTF-8"),
        ('{"name": "x"}'.encode("utf-32"), None, "it is in UTF-16 or UTF-32; save it as UTF-8"),
    ],
)
def test_bytes_are_utf_8(data, line, message):
    for format in ("json", "yaml"):
        with pytest.raises(DocumentError) as caught:
            loads(data, format=format, source="map")
        assert [(problem.line, problem.message) for problem in caught.value.problems] == [(line, message)]
        assert caught.value.unreadable


@pytest.mark.parametrize("value", [None, 5, ["{}"], bytearray(b"{}")])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(DocumentError, match="is neither text nor bytes"):
        loads(value)


def test_a_source_is_text():
    with pytest.raises(ModelError, match="source=None is not text"):
        loads("Stage,Step\nBuy,Pays\n", format="csv", source=None)


def test_only_journeys_are_written():
    with pytest.raises(ModelError, match="'x' is neither a Journey nor an Atlas"):
        dumps("x")


def test_unknown_formats_are_told_what_there_is():
    with pytest.raises(UnknownName, match="no format 'jsn'; did you mean 'json'\\?; there are: .*json, .*yaml"):
        loads("{}", format="jsn")
    with pytest.raises(UnknownName, match="no format 'yml'"):
        dumps(Journey("x"), format="yml")


def test_a_format_of_somebody_else(added):
    added("names", loads=lambda text, _: Journey(text.strip()), dumps=lambda journey: journey.name + "\n")
    assert loads("Buy a bike\n", format="names") == Journey("Buy a bike")
    assert dumps(Journey("Buy a bike"), format="names") == "Buy a bike\n"


def test_formats_of_one_direction(added):
    added("names", dumps=lambda journey: journey.name)
    added("words", loads=lambda text, _: Journey(text))
    with pytest.raises(UnknownName, match="no format to read 'names'; there are: .*json, .*words, .*yaml"):
        loads("x", format="names")
    with pytest.raises(UnknownName, match="no format to write as text 'words'; there are: .*json, .*names, .*yaml"):
        dumps(Journey("x"), format="words")


def test_errors_of_somebody_elses_format_are_told_as_such(added):
    def fail(text, _):
        return {}[text]

    added("odd", loads=fail)
    with pytest.raises(PluginError, match="the format 'odd' failed with KeyError: 'x'; tell those who offer it") as caught:
        loads("x", format="odd")
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize("wrong", [0, -1, True, 1.5, "9", None])
def test_limits_are_whole_numbers(wrong):
    with pytest.raises(ModelError, match=r"depth: .* is no limit; give a whole number of 1 or more"):
        Limits(depth=wrong)


def test_digits_are_limited_by_what_python_reads():
    with pytest.raises(ModelError, match="digits: 5000 is no limit; give a whole number of 1 to 640"):
        Limits(digits=5000)


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(on):
    (gc.enable if on else gc.disable)()
    try:
        for format in ("json", "yaml"):
            dumps(loads('{"name": "x"}', format=format), format=format)
            with pytest.raises(DocumentError):
                loads("[", format=format)
        assert gc.isenabled() is on
    finally:
        gc.enable()
