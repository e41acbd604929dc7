"""Markdown: all of a journey comes back, and what people type by hand is understood."""

import pytest
from hypothesis import given

from journeymap.errors import DocumentError
from journeymap.io import Limits, dumps, loads, losses
from journeymap.io.markdown.inline import escaped, unescaped
from journeymap.model import Channel, Emotion, Journey, Persona, Range, Scale, Stage, Touchpoint
from journeymap.testing.strategies import AWKWARD, journeys, texts

BIKE = """\
# Buy a bike

Maya looks for a bike
to ride to work.

She has no car.

- Organisation: Spoke & Chain
* Scale: 1 to 5
- Expectation: To know the price

## Personas
1. Maya Okafor
   - Role: **Rides to work**
   - Goal: A bike
- Sam

## Discover
**What she does first.**

- **Goal:** Know what there is
- **Compares models**
    - Channel: Website
    - emotion: −1
        - Label: unsure
    - Felt by: Maya Okafor = -2
    - Pain: Sizes differ
        - Severity: 3
        - Evidence: Exit survey
    - Opportunity: Fit finder
        - Addresses: sizes-differ
        - Effort: 1 to 2 to 4
    - Opens three tabs
    - Duration: PT20M
    - Moment: yes
- Asks in the shop:
  what fits?

---

### Rides to a friend
Slowly.
- Persona: Sam

## Buy
- Compares models

## Sources
- Exit survey
  - Kind: survey
  - N: 312

## Transitions
- compares-models -> rides-to-a-friend
  - Probability: 0.5

## Notes
One
two.
"""


def read(text, **options):
    return loads(text, format="markdown", **options)


def refusal(text, **options):
    with pytest.raises(DocumentError) as caught:
        read(text, **options)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_what_people_type_is_understood():
    journey = read(BIKE)
    assert (journey.name, journey.scenario) == ("Buy a bike", "Maya looks for a bike to ride to work.\n\nShe has no car.")
    assert (journey.organisation, journey.scale, journey.expectations) == ("Spoke & Chain", Scale(1, 5), ("To know the price",))
    assert [(persona.name, persona.role, persona.goals) for persona in journey.personas] == [
        ("Maya Okafor", "Rides to work", ("A bike",)), ("Sam", "", ())
    ]  # fmt: skip
    discover, buy = journey.stages
    assert (discover.goal, discover.notes) == ("Know what there is", "What she does first.")
    compares, asks, rides = discover.touchpoints
    assert (compares.name, compares.emotion, compares.actions) == ("Compares models", Emotion(-1, label="unsure"), ("Opens three tabs",))
    assert dict(compares.emotions) == {"maya-okafor": Emotion(-2)}
    assert (compares.pains[0].severity, compares.pains[0].evidence[0].source) == (3, "exit-survey")
    assert compares.opportunities[0].effort == Range(1, 2, 4)
    assert compares.moment is not None
    assert asks.name == "Asks in the shop: what fits?"
    assert (rides.name, rides.notes, rides.personas) == ("Rides to a friend", "Slowly.", ("sam",))
    assert buy.touchpoints[0].id == "compares-models-2"
    assert journey.transitions[0].probability == 0.5
    assert journey.notes == "One two."


def test_notes_may_have_bullets_within_bullets():
    journey = loads("# a\n## Notes\n- one\n  - two\n    - three\n", format="markdown")
    assert journey.notes == "one\n\ntwo\n\nthree"


def test_a_hand_written_map_is_written_in_one_form():
    journey = read(BIKE)
    text = dumps(journey, format="markdown")
    assert read(text) == journey
    assert dumps(read(text), format="markdown") == text
    assert "- **Goal:** Know what there is\n- Compares models\n  - Channel: Website\n" in text


@given(journey=journeys())
def test_every_journey_comes_back(journey):
    text = dumps(journey, format="markdown")
    again = read(text)
    assert again == journey
    assert repr(again).replace("-0.0", "0.0") == repr(journey).replace("-0.0", "0.0")
    assert dumps(again, format="markdown") == text
    assert read(text.replace("\n", "\r\n")) == journey


@given(text=texts())
def test_any_text_comes_back_from_a_line(text):
    assert unescaped(escaped(text)) == text
    assert "\n" not in escaped(text)


@pytest.mark.parametrize("name", [*(word for word in AWKWARD if word.strip()), "Personas", "Notes", "Stage: x", "stage: Personas", "1. First", "2) x", "+ x", "# x", "x #", "> x", "**Goal:** x",
    "a: b", "Action: x", "___", "***", "- - -", "===", "&amp;", "&#65;", "\\", "x\\", "`x`", "[x](y)", "![x](y)", "~~x~~", "|x|", "k = v", "=", "<!-- x -->", "→", "yes"])  # fmt: skip
def test_names_that_look_like_markdown_come_back(name):
    step = Touchpoint(name, id="t", actions=[name], thoughts=[name], notes=name, extra={name: name}, channel=Channel(name, id="c"))
    journey = Journey(
        name, [Stage(name, [step], id="s", notes=name, goal=name)], scenario=name, notes=name, personas=[Persona(name, id="p")]
    )
    assert read(dumps(journey, format="markdown")) == journey
    assert not losses(journey, format="markdown")


def test_everything_of_the_model_is_held(rich):
    assert read(dumps(rich, format="markdown")) == rich


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [(1, "the document has no title; begin it with '# ' and the name of the journey")]),
        ("## Stage\n", [(1, "the document has no title; begin it with '# ' and the name of the journey")]),
        ("# a\n# b", [(2, "a second title, 'b', stands here; begin it with '##' if it is a stage")]),
        ("# a\n- Owner: x\n- Owner: y", [(3, "'Owner' stands twice here; keep one")]),
        ("# a\n- Ownr: x", [(2, "'Ownr: x' is nothing that is known of journeys; did you mean 'owner'?")]),
        ("# a\n- hello", [(2, "'hello' is nothing that is known of journeys; write 'Note: ...'")]),
        ("# a\n## s\n- t\n  - Chanel: x", [(4, "'Chanel: x' is nothing that is known of touchpoints; did you mean 'channel'?")]),
        ("# a\n## s\n- t\n  - Emotion: 7", [(4, "7 is outside -2 to +2; convert other scales with Scale")]),
        ("# a\n## s\n- t\n  - Emotion: good", [(4, None)]),
        ("# a\n## s\n- t\n  - Persona: Ann", [(4, "no persona 'Ann'; the journey has no persona at all")]),
        ("# a\n## s\n- t\n  - Felt by: ann", [(4, "'ann' has no '='; write 'key = value'")]),
        ("# a\n## s\n- t\n  - Owner: x\n    - y: z", [(5, "'y: z' stands below something that has no parts; move it out")]),
        ("# a\n## s\n- t\n  - acts\n    - so", [(5, "'so' stands below something that has no parts; move it out")]),
        ("# a\n## s\n- t\n  - Satisfaction: 1e999", [(4, None)]),
        ("# a\n### t", [(2, "'t' stands in no stage; write '##' before the name of one")]),
        ("# a\n## Transitions\n- a to b", [(3, None)]),
        ("# a\n## s\n- \x1b[31m", [(3, None)]),
        ("# a\n## s\n- **Gaol:** x", [(3, "'**Gaol:** x' is nothing that is known of stages; did you mean 'goal'?")]),
        (
            "# a\n## s\n- __Rides__: x",
            [(3, "'__Rides__: x' is nothing that is known of stages; write it without stars if it is a touchpoint")],
        ),
        ("# \n", [(1, None)]),
        ("# a\n##\n- t", [(2, None)]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, problems):
    found = refusal(text)
    assert [line for line, _ in found][: len(problems)] == [line for line, _ in problems], found
    for (_, message), (_, said) in zip(found, problems, strict=False):
        assert said is None or message == said


def test_all_problems_are_told_at_once():
    text = "# a\n- Kind: odd\n## s\n- t\n  - Emotion: 9\n  - Ownr: me\n- u\n  - Personas: nobody\n"
    assert [line for line, _ in refusal(text)] == [2, 5, 6]


def test_limits_are_arguments():
    nested = "# a\n## s\n" + "\n".join("  " * level + "- x" for level in range(100))
    assert "nested deeper than 64" in refusal(nested)[0][1]
    assert "more than 3 lines" in refusal(BIKE, limits=Limits(nodes=3))[0][1]
    assert "is longer than" in refusal("# a\n\n" + "x\n" * 50, limits=Limits(text=10))[0][1]
