"""CJML 2.0: the published sample, journeys of our own, and XML that is none or does harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.errors import DocumentError
from journeymap.io import Limits, dumps, loads, loads_atlas, losses
from journeymap.io.cjml import findings
from journeymap.model import Emotion, Journey, Persona, Stage, Touchpoint
from journeymap.testing.strategies import journeys, names, texts

SAMPLE = """<CJML version="2.0">
  <actualJourney>
    <journeyID>AJ1</journeyID>
    <actors>
      <endUser actorID="Carl">
        <actorName>Carl</actorName>
      </endUser>
      <serviceProvider actorID="Company A">
        <companyName>Bookis</companyName>
      </serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>TP1</touchpointID>
        <initiator>
          <refersTo actorIDref="Carl"/>
          <initiatorLabel>Customer creates account</initiatorLabel>
        </initiator>
        <receiver>
          <refersTo actorIDref="Bookis"/>
          <receiverLabel>Account registered</receiverLabel>
        </receiver>
        <channel>
          <channelName>Web</channelName>
        </channel>
      </actualCommunicationPoint>
    </touchpoints>
  </actualJourney>
</CJML>
"""


def read(text, **options):
    return loads(text, format="cjml", **options)


def document(inner, kind="planned"):
    return f'<CJML version="2.0"><{kind}Journey>{inner}</{kind}Journey></CJML>'


def test_the_published_sample_is_read():
    journey = read(SAMPLE)
    [step] = journey.touchpoints
    assert (journey.id, journey.name, journey.extra["cjml-journey"]) == ("AJ1", "AJ1", "actual")
    assert [(persona.id, persona.name) for persona in journey.personas] == [("Carl", "Carl")]
    assert (step.id, step.name, step.channel.name, step.channel.kind) == ("TP1", "Customer creates account", "Web", "website")
    assert step.owner == "Bookis"
    assert step.extra["cjml-other-label"] == "Account registered"


def test_its_dangling_reference_is_told_and_kept():
    told = "the receiver refers to no actor 'Bookis'; the actor 'Company A' has that name"
    [finding] = findings(SAMPLE)
    assert (finding.path, finding.line, finding.message) == ("actualJourney.touchpoints[0]", 20, told)
    journey = read(SAMPLE)
    assert journey.extra["cjml-findings"] == f"actualJourney.touchpoints[0]: {told}"
    again = dumps(journey, format="cjml")
    assert '<refersTo actorIDref="Bookis"/>' in again
    assert '<serviceProvider actorID="Company A">' in again
    assert read(again) == journey
    assert not losses(journey, format="cjml")


def test_a_planned_journey_with_phases_and_actions():
    text = document(
        "<journeyID>PJ1</journeyID><journeyTitle>Order a book</journeyTitle>"
        '<journeyPhases><journeyPhase phaseID="p1"><phaseName>Find</phaseName><phaseDescription>Know it</phaseDescription></journeyPhase>'
        '<journeyPhase phaseID="p2"><phaseName>Get</phaseName></journeyPhase></journeyPhases>'
        "<journeyShortSummary>She reads a lot</journeyShortSummary>"
        '<actors><endUser actorID="c"/><serviceProvider actorID="shop"><companyName>Shop</companyName></serviceProvider></actors>'
        '<touchpoints><plannedAction><touchpointID>T1</touchpointID><belongsTo phaseIDref="p1"/><initiator><refersTo actorIDref="c"/>'
        "<initiatorLabel>Thinks</initiatorLabel></initiator></plannedAction>"
        '<plannedCommunicationPoint><touchpointID>T2</touchpointID><belongsTo phaseIDref="p2"/><initiator><refersTo actorIDref="shop"/>'
        '<initiatorLabel>Sends</initiatorLabel></initiator><receiver><refersTo actorIDref="c"/><receiverLabel>Gets it</receiverLabel>'
        "</receiver><channel><channelName>Post</channelName></channel><message>Your book</message></plannedCommunicationPoint></touchpoints>"
    )
    journey = read(text)
    assert (journey.name, journey.scenario, journey.personas[0].name) == ("Order a book", "She reads a lot", "c")
    assert [(stage.id, stage.name, stage.goal) for stage in journey.stages] == [("p1", "Find", "Know it"), ("p2", "Get", "")]
    action, point = journey.touchpoints
    assert (action.name, action.channel, action.owner) == ("Thinks", None, "")
    assert (point.name, point.owner, point.extra["cjml-initiator"]) == ("Gets it", "Shop", "shop"), "the customer receives"
    assert (point.extra["cjml-message"], point.extra["cjml-other-label"]) == ("Your book", "Sends")
    assert findings(text) == ()
    assert read(dumps(journey, format="cjml")) == journey
    assert "<plannedAction>" in dumps(journey, format="cjml")


def test_what_cjml_holds_comes_back():
    journey = Journey(
        "Buy <a> bike & more",
        [
            Stage("Discover", [Touchpoint("Sees an advert"), Touchpoint("Asks", channel="Phone", owner="Shop", notes="Two\nlines ")]),
            Stage("Nothing", goal="None"),
            Stage("Buy", [Touchpoint(" Pays", channel="Shop", emotion=0.5, personas=["bob"], extra={"cjml-message": "]]>"})]),
        ],
        personas=[Persona("Ann"), Persona("Bob")],
        organisation="Bikes",
        scenario="  spaces  ",
        extra={"cjml-journey": "actual"},
    )
    again = read(dumps(journey, format="cjml"))
    assert [loss.path for loss in losses(journey, format="cjml")] == [f"stages[0].touchpoints[{i}].personas[0]" for i in (0, 1)], (
        "a step of everybody is begun by the first of them"
    )
    assert again.stages[2] == journey.stages[2]
    one = journey.without("bob").replace("ann", name="Ann O'Neill")
    assert read(dumps(one, format="cjml")) == one
    assert not losses(one, format="cjml")


def test_experience_is_part_of_actual_journeys_only():
    journey = Journey("x", [Stage("s", [Touchpoint("t", emotion=Emotion(-1, label="cross"))])])
    assert "Experience" not in dumps(journey, format="cjml")
    assert [loss.path for loss in losses(journey, format="cjml")] == ["stages[0].touchpoints[0].emotion"]
    actual = journey.replace(extra={"cjml-journey": "actual"})
    assert "<experienceRating>2</experienceRating>" in dumps(actual, format="cjml")
    assert not losses(actual, format="cjml")


def test_ratings_of_other_scales_and_unknown_elements_are_kept_or_told():
    point = (
        "<actualAction><initiator/><touchpointExperience><experienceRating>9</experienceRating></touchpointExperience>"
        "<timestamps><timeStarted>Monday</timeStarted></timestamps><mood/></actualAction><joke/>"
    )
    text = document(f"<journeyStatus>done</journeyStatus><touchpoints>{point}</touchpoints>", "actual")
    journey = read(text)
    [step] = journey.touchpoints
    assert (step.emotion, step.extra["cjml-rating"], step.extra["cjml-time-started"]) == (None, "9", "Monday")
    assert {finding.message for finding in findings(text)} == {
        "the element 'mood' is not read", "'joke' is no touchpoint, and is not read", "the element 'journeyStatus' is not read"
    }  # fmt: skip
    assert "<experienceRating>9</experienceRating>" in dumps(journey, format="cjml")


def test_phases_that_come_again_are_other_stages():
    def point(phase):
        return f'<plannedAction><belongsTo phaseIDref="{phase}"/></plannedAction>'

    text = document(
        '<journeyPhases><journeyPhase phaseID="a"/><journeyPhase phaseID="b"/></journeyPhases>'
        f"<touchpoints>{point('a')}{point('b')}{point('a')}{point('z')}<plannedAction/></touchpoints>"
    )
    journey = read(text)
    assert [(stage.id, len(stage.touchpoints)) for stage in journey.stages] == [("a", 1), ("b", 1), ("a-2", 1), ("z", 1), ("no-phase", 1)]
    assert "no phase 'z'; there are: 'a', 'b'" in findings(text)[0].message


def test_several_journeys_are_an_atlas():
    text = SAMPLE.replace("<actualJourney>", "<plannedJourney><journeyID>PJ1</journeyID></plannedJourney><actualJourney>", 1)
    atlas = loads_atlas(text.replace("<actors>", "<plannedReference>PJ1</plannedReference><actors>"), format="cjml")
    assert [(journey.id, journey.based_on) for journey in atlas.journeys] == [("PJ1", None), ("AJ1", "PJ1")]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "this is not XML: no element found"),
        ("<CJML>\n<a></b>", 2, "column 6: this is not XML: mismatched tag"),
        ("<CJML>\n&nbsp;</CJML>", 2, "this is not XML: undefined entity"),
        ('<!DOCTYPE CJML [<!ENTITY a "aaa">]>\n<CJML>&a;</CJML>', 1, "a document type or entity, 'CJML', is declared"),
        ('<!DOCTYPE CJML SYSTEM "file:///etc/passwd">\n<CJML/>', 1, "a document type or entity, 'CJML', is declared"),
        ("<CJML>\n\ud800</CJML>", 2, "column 1: the lone surrogate U+D800"),
        ("<CJML>\n\x00</CJML>", 2, "this is not XML"),
        ("<cjml/>", 1, "the outermost element is 'cjml', not 'CJML'"),
        ('<CJML version="3.0"/>', 1, "CJML '3.0' is not 2.0"),
        ('<CJML version="2.0"/>', 1, "there is no plannedJourney and no actualJourney"),
        (document("\n<journeyID>a\x85</journeyID>"), 1, "has the control character U+0085"),
        ("<CJML>" + "<a>" * 64, 1, "nested deeper than 64"),
    ],
)
def test_what_is_not_read_says_why_and_where(text, line, said):
    with pytest.raises(DocumentError) as caught:
        read(text)
    [problem] = caught.value.problems
    assert problem.line == line
    assert said in problem.message


def test_limits_are_arguments():
    for limits in (Limits(nodes=5), Limits(text=3), Limits(depth=3)):
        with pytest.raises(DocumentError, match="raise the limit if this is meant"):
            read(SAMPLE, limits=limits)


@given(name=names(), words=st.lists(names(), min_size=1, max_size=3), told=texts())
def test_any_texts_come_back(name, words, told):
    steps = [Touchpoint(word, id=f"t{i}", channel=f"c{i}", owner=word, notes=told) for i, word in enumerate(words)]
    personas = [Persona(name, id="p", extra={"cjml-actor": name.strip()} if name.strip() != "p" else {})]
    journey = Journey(
        name, [Stage(word, [step], id=f"s{i}") for i, (word, step) in enumerate(zip(words, steps, strict=True))], personas=personas
    )
    again = read(dumps(journey, format="cjml"))
    assert again.name == name
    assert [(s.name, s.touchpoints[0].name, s.touchpoints[0].owner, s.touchpoints[0].notes) for s in again.stages] == [
        (word, word, word, told) for word in words
    ]
    assert again.personas[0].name == name


@given(journey=journeys())
def test_writing_what_was_read_changes_nothing(journey):
    again = read(dumps(journey, format="cjml"))
    third = read(dumps(again, format="cjml"))
    assert third == read(dumps(third, format="cjml"))
    assert dumps(third, format="cjml") == dumps(read(dumps(third, format="cjml")), format="cjml")


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<journeyID>b</journeyID>", "the element 'journeyID' is not read"),
        ("<actors><endUser actorID='m'><actorName>Maya</actorName><age>33</age></endUser></actors>", "the element 'age' is not read"),
        ("<touchpoints mood='low'/>", "the attribute 'mood' of 'touchpoints' is not read"),
        ("<touchpoints>and so on</touchpoints>", "the text 'and so on' of 'touchpoints' is not read"),
        (
            "<touchpoints><actualAction><touchpointExperience>9</touchpointExperience></actualAction></touchpoints>",
            "the text '9' of 'touchpointExperience' is not read",
        ),
        (
            "<touchpoints><actualAction><touchpointID>x y</touchpointID></actualAction></touchpoints>",
            "the touchpointID 'x y' is 'x-y' here; it has to be one word, and the only one",
        ),
    ],
)
def test_nothing_is_passed_over_in_silence(inside, told):
    text = f'<CJML version="2.0"><actualJourney xml:lang="en"><journeyID>a</journeyID>{inside}</actualJourney></CJML>'
    assert [finding.message for finding in findings(text)] == [told]
