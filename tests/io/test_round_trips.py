import base64

import pytest
from hypothesis import given

from journeymap.errors import DocumentError
from journeymap.io import LIMITS, Limits, dumps, loads
from journeymap.io.examine import examined
from journeymap.io.problems import Report
from journeymap.io.yaml_tree import LOADERS, yaml_tree
from journeymap.model import Journey, Stage, Touchpoint
from journeymap.testing.strategies import journeys


def said(journey):
    """All of a journey: channels are equal by id alone, and their names and kinds have to come back too."""
    return repr(journey).replace("-0.0", "0.0")


def yaml_by(loader, text):
    report = Report("<text>", 100)
    built = yaml_tree(text, report, LIMITS, loader=loader)
    return examined(built.root, built.place, report)


@given(journey=journeys())
def test_every_journey_comes_back_from_json(journey):
    text = dumps(journey)
    again = loads(text)
    assert again == journey
    assert said(again) == said(journey)
    assert dumps(again) == text
    assert loads(b"\xef\xbb\xbf" + text.encode()) == loads("\ufeff" + text) == journey
    assert said(loads(text, limits=Limits(depth=15))) == said(journey), "the careful reading reads something else"
    assert said(loads(text, format="yaml")) == said(journey), "JSON is YAML too"


@given(journey=journeys())
def test_every_journey_comes_back_from_yaml(journey):
    text = dumps(journey, format="yaml")
    again = loads(text, format="yaml")
    assert again == journey
    assert said(again) == said(journey)
    assert dumps(again, format="yaml") == text
    for loader in LOADERS:
        assert said(yaml_by(loader, text)) == said(journey)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("json", '{\n  "journeymap": 1,\n  "name": "Buy a bike",\n  "id": "buy-a-bike"\n}\n'),
        ("yaml", "journeymap: 1\nname: Buy a bike\nid: buy-a-bike\n"),
    ],
)
def test_the_smallest_journey(format, text):
    assert dumps(Journey("Buy a bike"), format=format) == text
    assert loads(text.replace('  "journeymap": 1,\n', "").replace("journeymap: 1\n", ""), format=format) == Journey("Buy a bike")


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_a_large_picture_comes_back_although_it_is_longer_than_texts_may_be(format):
    picture = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 150_000).decode()
    journey = Journey("Buy", [Stage("Pay", [Touchpoint("Pays", images=[picture])])])
    text = dumps(journey, format=format)
    assert loads(text, format=format) == loads(text, format=format, limits=Limits(depth=15)) == journey
    with pytest.raises(DocumentError, match=r"150,000 characters is longer than 100,000"):
        loads(dumps(Journey("Buy"), format=format).replace("Buy", "x" * 150_000), format=format)
