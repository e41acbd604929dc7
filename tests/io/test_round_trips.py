import pytest
from hypothesis import given

from journeymap.io import LIMITS, dumps, loads
from journeymap.io.examine import examined
from journeymap.io.problems import Report
from journeymap.io.yaml_tree import LOADERS, yaml_tree
from journeymap.model import Journey
from journeymap.testing.strategies import journeys

FORMATS = ["json", "yaml"]


def said(journey):
    """All of a journey: channels are equal by id alone, their names and kinds have to come back too."""
    return repr(journey).replace("-0.0", "0.0")


@pytest.mark.parametrize("format", FORMATS)
@given(journey=journeys())
def test_every_journey_comes_back(format, journey):
    text = dumps(journey, format=format)
    again = loads(text, format=format)
    assert again == journey
    assert said(again) == said(journey)
    assert dumps(again, format=format) == text


@pytest.mark.parametrize("format", FORMATS)
@given(journey=journeys())
def test_bytes_read_like_text_with_a_mark_or_without(format, journey):
    text = dumps(journey, format=format)
    assert loads(text.encode(), format=format) == loads("\ufeff" + text, format=format) == loads(b"\xef\xbb\xbf" + text.encode(), format=format)


@given(journey=journeys())
def test_both_formats_hold_the_same(journey):
    assert loads(dumps(journey), format="yaml") == loads(dumps(journey, format="yaml"), format="yaml")


@pytest.mark.parametrize("loader", LOADERS)
@given(journey=journeys())
def test_yaml_reads_the_same_with_and_without_the_parser_in_c(loader, journey):
    report = Report("<text>", 100)
    built = yaml_tree(dumps(journey, format="yaml"), report, LIMITS, loader=loader)
    assert said(examined(built.root, built.place, report)) == said(journey)


@given(journey=journeys())
def test_the_quick_reading_and_the_careful_one_agree(journey):
    text = dumps(journey)
    careful = loads(text, limits=LIMITS.__class__(depth=15))
    assert said(careful) == said(loads(text))


def test_the_smallest_journey():
    journey = Journey("Buy a bike")
    assert dumps(journey) == '{\n  "journeymap": 1,\n  "name": "Buy a bike",\n  "id": "buy-a-bike"\n}\n'
    assert dumps(journey, format="yaml") == "journeymap: 1\nname: Buy a bike\nid: buy-a-bike\n"
