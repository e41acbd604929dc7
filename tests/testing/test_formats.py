import itertools

import pytest
from attrs import evolve

from journeymap.errors import DocumentError, ModelError, Problem, UnknownName
from journeymap.io.json import JSON
from journeymap.model import Journey
from journeymap.plugins import FORMATS, Format
from journeymap.testing import check_format
from journeymap.testing.journeys import small


def check(format, **options):
    check_format(format, journeys=[small()], accidents=20, **options)


def test_a_format_that_keeps_the_rules_passes_as_itself_and_by_name():
    before = FORMATS.names()
    check(JSON, lossless=True)
    check("xlsx", lossless=True)
    check("csv")
    check(Format(summary="Names", suffixes=[".names"], dumps=lambda journey: journey.name))
    check(evolve(JSON, dumps=None, dumps_atlas=None))
    assert FORMATS.names() == before, "what is given as itself is not registered for longer than this takes"
    with pytest.raises(UnknownName, match="did you mean 'yaml'"):
        check("yml")


def just_the_name(text, source):
    if not text.strip():
        raise DocumentError(source, [Problem("", "there is no name; write one", 1)])
    try:
        return Journey(" ".join(text.split()))
    except ModelError as error:
        raise DocumentError(source, error.problems) from error


counter = itertools.count()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"summary": ""}, "it has no summary"),
        ({"suffixes": ["json"]}, "the suffix 'json' is none"),
        ({"suffixes": [".JSON"]}, "the suffix '.JSON' is none"),
        ({"loads": None, "dumps": None}, "it neither reads nor writes"),
        ({"dumps": lambda _: None}, "for the journey 'Borrow a book': .* wrote a NoneType, not str"),
        ({"dumps": lambda journey: f"{journey.name} {next(counter)}"}, "another document when it is asked again"),
        ({"dumps": lambda journey: journey.nam}, "failed with AttributeError"),
        ({"dumps": lambda _: "{"}, "what it writes"),
        ({"loads": lambda text, source: 5}, "read a int, not a Journey"),
        ({"loads": lambda text, source: Journey(text)}, "is written as another document"),
        (
            {"loads": lambda text, source: Journey(text.split()[0]), "dumps": lambda _: "Same"},
            "of the document b'': PluginError on reading",
        ),
        ({"loads": lambda text, _: just_the_name(text, "file"), "dumps": lambda journey: journey.name}, "calls it 'file', not"),
    ],
)
def test_the_kit_finds_faults(change, message):
    with pytest.raises(AssertionError, match=message):
        check(evolve(JSON, losses=None, dumps_atlas=None, **change))


def test_a_lossless_format_has_to_give_the_journey_itself():
    names = Format(summary="Names", suffixes=[".names"], loads=just_the_name, dumps=lambda journey: journey.name)
    check(names)
    with pytest.raises(AssertionError, match=r"for the journey 'Borrow a book': .* does not hold all of it: 2 losses"):
        check(names, lossless=True)


def test_what_is_no_format_is_told():
    with pytest.raises(AssertionError, match="it is a function and no journeymap.Format"):
        check_format(just_the_name)
