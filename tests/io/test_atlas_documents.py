"""Atlases in JSON and YAML, and what happens where a file holds the other kind."""

import pytest
from hypothesis import given

import journeymap as jm
from journeymap.testing.strategies import atlases

BUY = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Pays", emotion=-1)])])
ATLAS = jm.Atlas("Bike shop", [BUY, jm.Journey("Complain")], links=[jm.AtlasLink("buy-a-bike", "complain", at="pays", kind="exception")])
NONE_YET = jm.Atlas("To come")


@given(atlas=atlases(max_journeys=2))
@pytest.mark.parametrize("format", ["json", "yaml"])
def test_every_atlas_comes_back(format, atlas):
    text = jm.dumps(atlas, format=format)
    again = jm.loads_atlas(text, format=format)
    assert again == atlas
    assert repr(again).replace("-0.0", "0.0") == repr(atlas).replace("-0.0", "0.0")
    assert jm.dumps(again, format=format) == text
    assert jm.loads_atlas(text, format=format, limits=jm.io.Limits(depth=15)) == atlas, "the careful reading reads something else"


@pytest.mark.parametrize("name", ["shop.json", "shop.yaml"])
@pytest.mark.parametrize("atlas", [ATLAS, NONE_YET], ids=["two journeys", "none"])
def test_files(tmp_path, name, atlas):
    jm.write(atlas, tmp_path / name)
    assert jm.read_atlas(tmp_path / name) == jm.io.read_document(tmp_path / name) == atlas
    with pytest.raises(
        jm.DocumentError, match=f"{name}: 1 problem\n  it holds an atlas, '{atlas.name}', not one journey; read it with read_atlas"
    ):
        jm.read(tmp_path / name)
    jm.write(BUY, tmp_path / name)
    with pytest.raises(jm.DocumentError, match=r"holds one journey, 'Buy a bike', and no atlas, which has 'journeys'; read it with read$"):
        jm.read_atlas(tmp_path / name)


def test_an_atlas_looks_like_this():
    assert jm.dumps(ATLAS, format="yaml") == (
        "journeymap: 1\nname: Bike shop\nid: bike-shop\njourneys:\n"
        "  - name: Buy a bike\n    id: buy-a-bike\n    stages:\n      - name: Buy\n        id: buy\n        touchpoints:\n"
        "          - name: Pays\n            id: pays\n            emotion: -1\n"
        "  - name: Complain\n    id: complain\n"
        "links:\n  - source: buy-a-bike\n    target: complain\n    kind: exception\n    at: pays\n"
    )
    assert jm.dumps(NONE_YET, format="yaml") == "journeymap: 1\nname: To come\nid: to-come\njourneys: []\n"


def test_all_problems_of_all_journeys_at_once():
    text = """\
name: Shop
journeys:
  - {name: Buy, id: two words}
  - name: Ask
    personas: [{name: Maya}, {name: Maya}]
  - name: Return
    owner: 5
"""
    with pytest.raises(jm.DocumentError) as caught:
        jm.loads_atlas(text, format="yaml")
    assert [(p.line, p.path) for p in caught.value.problems] == [
        (3, "$.journeys[0].id"),
        (5, "$.journeys[1].personas[1].id"),
        (7, "$.journeys[2].owner"),
    ]


def test_links_are_checked_where_all_journeys_are_known():
    with pytest.raises(jm.DocumentError, match=r"links\[0\].target: no journey 'complian'; did you mean 'complain'\?"):
        jm.loads_atlas(jm.dumps(ATLAS).replace('"target": "complain"', '"target": "complian"'))


def test_a_format_of_journeys_writes_no_atlas():
    jm.plugins.FORMATS.register("one", jm.Format(summary="for a test", suffixes=(".one",), dumps=lambda journey: journey.name))
    try:
        with pytest.raises(jm.UnknownName, match="no format to write an atlas in 'one'; there are: json, yaml"):
            jm.dumps(ATLAS, format="one")
    finally:
        jm.plugins.FORMATS.unregister("one")
