"""Everything that is wrong with a document is told at once, in its order, each problem with its path and line."""

import json
import pickle

import pytest

from journeymap.errors import DocumentError
from journeymap.io import Limits, loads
from journeymap.model import LAYERS

BIKE = """\
journeymap: 1
name: Buy a bike

personas:
  - name: Maya

stages:
  - name: Discover
    touchpoints:
      - name: Sees an advert
        channel: social
        thoughts:
          - Nice!
        emotion: 7
  - name: Buy
    touchpoints:
      - id: payment
        channel: shop
        nam: Pays at the counter
        emotion: -1

transitions:
  - source: start
    target: sees-an-advert
    kind: main


    probability: 0.5
    condition: sees it
  - source: sees-an-advert
    target: pay
"""


def problems(text, **options):
    with pytest.raises(DocumentError) as caught:
        loads(text, **options)
    return caught.value


def told(text, **options):
    return [(problem.line, problem.path, problem.message) for problem in problems(text, **options).problems]


def test_all_at_once_each_with_its_path_and_line():
    error = problems(BIKE, format="yaml", source="bike.yaml")
    assert str(error) == (
        "bike.yaml: 3 problems\n"
        "  line 14  $.stages[0].touchpoints[0].emotion: 7 is outside -2 to +2; convert other scales with Scale\n"
        "  line 19  $.stages[1].touchpoints[0]: unknown key 'nam'; did you mean 'name'?\n"
        "  line 31  $.transitions[1].target: no touchpoint 'pay'; did you mean 'payment'?"
    )
    assert not error.unreadable
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert again.problems == error.problems


def test_json_tells_the_same_with_its_own_lines():
    document = {
        "name": "Buy a bike",
        "stages": [{"name": "s", "touchpoints": [{"name": "t", "emotion": 7}, {"id": "payment", "nam": "Pays"}]}],
        "transitions": [{"source": "t", "target": "pay"}],
    }
    assert told(json.dumps(document, indent=1)) == [
        (9, "$.stages[0].touchpoints[0].emotion", "7 is outside -2 to +2; convert other scales with Scale"),
        (13, "$.stages[0].touchpoints[1]", "unknown key 'nam'; did you mean 'name'?"),
        (21, "$.transitions[0].target", "no touchpoint 'pay'; did you mean 'payment'?"),
    ]
    assert {line for line, _, _ in told(json.dumps(document))} == {1}


def test_every_wrong_field_of_one_object_is_told():
    text = """\
name: x
stages:
  - name: s
    touchpoints:
      - name: " "
        id: two words
        emotion: {valence: 3, spread: -1, n: 1.5}
        channel: {name: Shop, kind: shop, size: 1}
        thoughts: [Hm, "", 5]
        satisfaction: 9
        activities: [{name: Packs, layer: backstag}, {name: Sends}]
        links: ["javascript:alert(1)"]
        pains: [{description: Slow, severity: 2.5, persona: nobody here}]
"""
    assert told(text, format="yaml") == [
        (5, "$.stages[0].touchpoints[0].name", "' ' is empty; give it a name that a reader understands"),
        (6, "$.stages[0].touchpoints[0].id", "'two words' is empty or has white space; an id is one word, for example 'pay-online'"),
        (7, "$.stages[0].touchpoints[0].emotion.valence", "3 is outside -2 to +2; convert other scales with Scale"),
        (7, "$.stages[0].touchpoints[0].emotion.spread", "-1 is outside 0 to 4"),
        (7, "$.stages[0].touchpoints[0].emotion.n", "1.5 is not a whole number"),
        (
            8,
            "$.stages[0].touchpoints[0].channel.kind",
            "'shop' is not one of website, app, email, phone, chat, social, sms, post, in-store, in-person, self-service, partner, other",
        ),
        (8, "$.stages[0].touchpoints[0].channel", "unknown key 'size'; a channel has name, id, kind"),
        (9, "$.stages[0].touchpoints[0].thoughts[2]", "5 is not text; put it in quotes"),
        (10, "$.stages[0].touchpoints[0].satisfaction", "9 is outside 1 to 5"),
        (
            11,
            "$.stages[0].touchpoints[0].activities[0].layer",
            f"'backstag' is not one of {', '.join(LAYERS)}; did you mean 'backstage'?",
        ),
        (11, "$.stages[0].touchpoints[0].activities[1]", "there is no 'layer'; an activity needs one"),
        (
            12,
            "$.stages[0].touchpoints[0].links[0]",
            "'javascript:alert(1)' is not a web or mail address; it has to begin with http://, https:// or mailto:",
        ),
        (13, "$.stages[0].touchpoints[0].pains[0].severity", "2.5 is not a whole number"),
        (
            13,
            "$.stages[0].touchpoints[0].pains[0].persona",
            "'nobody here' is empty or has white space; an id is one word, for example 'pay-online'",
        ),
    ]


def test_what_fields_say_together_is_told_of_them():
    text = """\
name: x
scale: {low: 5, high: 1}
transitions:
  - source: end
    target: start
  - source: start
    target: end
    wait:
      low: P2D
      mid: P1D
      high: P3D
"""
    assert told(text, format="yaml") == [
        (2, "$.scale.low", "5.0 is not below 1.0; a scale runs from worst to best"),
        (4, "$.transitions[0].source", "nothing follows 'end'; a transition to it is drop-off, none comes from it"),
        (8, "$.transitions[1].wait", "2 days, 0:00:00, 1 day, 0:00:00, 3 days, 0:00:00 do not rise; give low, mid and high in that order"),
    ]


def test_references_are_told_where_they_stand():
    text = """\
name: x
personas:
  - name: Maya
stages:
  - name: s
    touchpoints:
      - name: One
        personas:
          - maya
          - maja
        emotions:
          maya: 1
          mayor: 1
        evidence: [survey]
        opportunities:
          - name: Better
            addresses: [slow]
      - name: One
"""
    assert told(text, format="yaml") == [
        (10, "$.stages[0].touchpoints[0].personas[1]", "no persona 'maja'; did you mean 'maya'?"),
        (13, "$.stages[0].touchpoints[0].emotions.mayor", "no persona 'mayor'; did you mean 'maya'?"),
        (14, "$.stages[0].touchpoints[0].evidence[0]", "no source 'survey'; the journey has no source at all"),
        (17, "$.stages[0].touchpoints[0].opportunities[0].addresses[0]", "no pain point 'slow'; the journey has no pain point at all"),
        (18, "$.stages[0].touchpoints[1].id", "the touchpoint id 'one' is taken; give this one an id of its own, for example 'one-2'"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "stages: [{name: s, touchpoints: [{name: 5}]}]",
        "stages: [{name: s, touchpoints: [{name: t, id: a b}]}]",
        "stages: [{name: s, touchpoints: [5]}]",
        "stages: [{name: s, touchpoints: 5}]",
        "stages: [{name: s, touchpoints: [*t]}]",
        "stages: 5",
    ],
)
def test_a_reference_is_not_blamed_for_what_it_points_to(broken):
    text = f"name: x\n{broken}\ntransitions: [{{source: start, target: t}}]\n"
    assert [path for _, path, _ in told(text, format="yaml") if "transitions" in path] == []


def test_a_misspelt_key_is_read_as_what_was_meant():
    text = (
        "name: x\nstages:\n  - nmae: s\n    touchpoint:\n      - name: t\n        emotoin: 9\ntransitions: [{source: start, target: t}]\n"
    )
    assert told(text, format="yaml") == [
        (3, "$.stages[0]", "unknown key 'nmae'; did you mean 'name'?"),
        (4, "$.stages[0]", "unknown key 'touchpoint'; did you mean 'touchpoints'?"),
        (6, "$.stages[0].touchpoint[0]", "unknown key 'emotoin'; did you mean 'emotion'?"),
        (6, "$.stages[0].touchpoint[0].emotoin", "9 is outside -2 to +2; convert other scales with Scale"),
    ]


def test_a_misspelt_key_beside_the_right_one_is_only_told():
    assert told('{"nam": 5, "name": "x"}') == [(1, "$", "unknown key 'nam'; did you mean 'name'?")]


def test_the_order_is_that_of_the_text_whatever_is_found_first():
    text = "name: x\nkind: past\nnotes: !!str y\nextra: 5\n"
    assert [line for line, _, _ in told(text, format="yaml")] == [2, 3, 4]
    text = "name: x\ntransitions: [{source: start, target: t}]\nstages:\n  - name: s\n    pains: [{description: p, persona: maya}]\n"
    assert [line for line, _, _ in told(text, format="yaml")] == [2, 5]
    assert [line for line, _, _ in told(text, format="yaml", limits=Limits(problems=1))] == [2]


def test_a_key_that_nothing_is_like_is_told_what_there_is():
    [(line, path, message)] = told("name: x\nscale: {steps: 5}\n", format="yaml")
    assert (line, path, message) == (2, "$.scale", "unknown key 'steps'; a scale has low, high, labels")


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("2", "2 is not 1, the version of the form that is read here; update journeymap to read it"),
        ('"1"', "'1' is not 1, the version of the form that is read here; write 1"),
        ("1.0", "1.0 is not 1, the version of the form that is read here; write 1"),
        ("true", "true is not 1, the version of the form that is read here; write 1"),
        ("null", "null is not 1, the version of the form that is read here; write 1"),
    ],
)
def test_another_version_is_not_guessed_at(version, message):
    assert told(f'{{\n"journeymap": {version},\n"name": "x"}}') == [(2, "$.journeymap", message)]


def test_of_a_newer_version_nothing_else_is_told():
    assert len(told('{"journeymap": 2, "name": 5, "shape": "new"}')) == 1


@pytest.mark.parametrize("format", ["json", "yaml"])
@pytest.mark.parametrize(("document", "said"), [("[]", "a list"), ('"x"', "'x'"), ("5", "5"), ("true", "true")])
def test_a_document_is_a_mapping(format, document, said):
    assert told(document, format=format) == [(1, "$", f"{said} is not a journey; give a mapping with name")]


@pytest.mark.parametrize("format", ["json", "yaml"])
@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_an_empty_document_is_no_journey(format, text):
    error = problems(text, format=format)
    assert [problem.message for problem in error.problems] == ["the document is empty; a journey has at least a name"]
    assert error.unreadable


def test_strange_keys_are_shown_so_that_they_can_be_read():
    extra = {"two words": 1, "line\nfeed": 2, "\x1b[31mred": "", "plain-key": 4, "ü": 5, "x" * 90: 6}
    paths = [path for _, path, _ in told(json.dumps({"name": "x", "extra": extra}))]
    assert paths == [
        "$.extra['two words']",
        "$.extra['line\\nfeed']",
        "$.extra['\\x1b[31mred']",
        "$.extra.plain-key",
        "$.extra.ü",
        f"$.extra['{'x' * 36}...]",
    ]


def test_what_refers_to_nothing_is_shown_so_that_it_can_be_read():
    feelings = {"two\nlines": 1, "\x9b31m": 2, "p" * 5000: 0}
    document = {"name": "x", "stages": [{"name": "s", "touchpoints": [{"name": "t", "emotions": feelings}]}]}
    for problem in problems(json.dumps(document)).problems:
        assert str(problem).isprintable()
        assert len(str(problem)) < 2000


def test_no_more_problems_are_reported_than_wanted():
    text = json.dumps({"name": "x", "expectations": list(range(1000))}, indent=0)
    assert len(problems(text).problems) == 100
    assert [problem.line for problem in problems(text, limits=Limits(problems=3)).problems] == [4, 5, 6]
    dangling = json.dumps({"name": "x", "transitions": [{"source": "start", "target": f"t{i}"} for i in range(1000)]})
    assert len(problems(dangling).problems) == 100
