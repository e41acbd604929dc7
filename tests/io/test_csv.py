import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given

import journeymap as jm
from journeymap.io.csv import dumps, loads
from journeymap.testing.strategies import journeys

HEAD = "Stage,Touchpoint,Channel,Emotion,Thoughts,Pains\n"


def refused(text, **options):
    with pytest.raises(jm.DocumentError) as caught:
        loads(text, "map.csv", **options)
    return str(caught.value).split("\n")[1:]


def test_a_table_that_people_made_is_a_journey():
    journey = loads(
        HEAD
        + 'Discover,Sees an advert,Social media,1,,\n,Reads reviews,Website,-0.5,"Is it any good?\nWho wrote this?",Too many\nBuy,Pays,,-2,,\n',
        "maps/Buy a bike.csv",
    )
    assert journey.name == "Buy a bike"
    assert [(stage.name, len(stage.touchpoints)) for stage in journey.stages] == [("Discover", 2), ("Buy", 1)]
    step = journey.touchpoints[1]
    assert step.thoughts == ("Is it any good?", "Who wrote this?")
    assert (step.channel.kind, step.emotion.valence, step.pains[0].description) == ("website", -0.5, "Too many")


def test_other_words_for_columns_are_understood():
    journey = loads("Phase;Step;Mood;Pain points;Time\nBuy;Pays;-1;Too slow;2 h 30 min\n")
    assert journey.touchpoints[0].emotion.valence == -1
    assert journey.touchpoints[0].duration == timedelta(hours=2, minutes=30)


def test_between_semicolons_numbers_may_have_a_decimal_comma():
    journey = loads(
        'Stage;Step;Feeling;Emotion n;Satisfaction;Duration;Emotions;Notes\nBuy;Pays;-1,5;12;+3,25;2 d, 1,5 h;"Group 1,5: -0,5\nTom: 1";1,5\n'
        "Use;Rides;-1.5;;4;;;\n"
    )
    pays, rides = journey.touchpoints
    assert (pays.emotion, pays.satisfaction, pays.notes) == (jm.Emotion(-1.5, n=12), 3.25, "1,5")
    assert pays.duration == timedelta(days=2, hours=1, minutes=30)
    assert {journey.personas[0].name: pays.emotions[journey.personas[0].id].valence} == {"Group 1,5": -0.5}
    assert (rides.emotion.valence, rides.satisfaction) == (-1.5, 4)
    assert ",-1.5," in dumps(journey)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Stage\tStep\tFeeling\nBuy\tPays\t-1,5\n", "'-1,5' is not a number; write the decimal point as a full stop"),
        ('Stage,Step,Feeling\nBuy,Pays,"-1,5"\n', "'-1,5' is not a number; write the decimal point as a full stop"),
        ("Stage;Step;Feeling\nBuy;Pays;1.234,5\n", "'1.234,5' is not a number"),
        ("Stage;Step;Emotion;Emotion n\nBuy;Pays;1;1,234\n", "'1.234' is not a whole number"),
    ],
)
def test_a_comma_is_not_guessed_at(text, message):
    assert message in "".join(refused(text))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_what_other_programs_write(separator, end, start):
    text = start + end.join([separator.join(["Stage", "Touchpoint", "Notes"]), separator.join(["Buy", "Pays", f'"a{separator} ""b"""'])])
    assert loads(text).touchpoints[0].notes == f'a{separator} "b"'


def test_personas_are_made_where_they_are_named():
    journey = loads('Stage,Touchpoint,Personas,Emotions\nBuy,Pays,"Maya\nTom","Maya: -1"\n,Calls,Tom,\n')
    assert [persona.name for persona in journey.personas] == ["Maya", "Tom"]
    assert journey.touchpoints[0].emotions["maya"].valence == -1


def test_a_stage_alone_is_a_stage_without_touchpoints():
    journey = jm.Journey("x", [jm.Stage("Discover"), jm.Stage("Buy", [jm.Touchpoint("Pays")])])
    assert loads(dumps(journey)) == journey


def test_same_names_get_ids_of_their_own():
    journey = loads("Stage,Touchpoint,Pains\nBuy,Waits,Slow\n,Waits,Slow\n,Start,\n")
    assert [step.id for step in journey.touchpoints] == ["waits", "waits-2", "start-2"]
    assert [pain.id for pain in journey.all_pains()] == ["slow", "slow-2"]


def test_other_programs_read_what_is_written(rich):
    text = dumps(rich)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["Touchpoint"] for row in rows] == [step.name for step in rich.touchpoints]
    assert rows[1]["Emotion"] == "-2"
    assert rows[1]["Duration"] == "1 h 30 min"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "''@x"])
def test_no_text_is_a_formula(name):
    journey = jm.Journey(name, [jm.Stage("Buy", [jm.Touchpoint(name, notes=name, thoughts=["fine", name], emotion=-1)])])
    text = dumps(journey)
    assert loads(text) == journey
    cells = next(iter(list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]))
    assert [cell for cell in cells if cell[:1] in "=+@\t" and cell] == []
    assert [cell for cell in cells if cell.startswith("-")] == ["-1"]


@given(journeys())
def test_what_a_touchpoint_itself_says_comes_back(journey):
    again = loads(dumps(journey))
    kept = "name id channel actions thoughts emotion believed_emotion moment goal duration links images notes extra".split()
    for step, same in zip(journey.touchpoints, again.touchpoints, strict=True):
        assert [getattr(step, field) for field in kept] == [getattr(same, field) for field in kept]
    assert loads(dumps(again)) == again


def test_what_does_not_fit_is_told(rich):
    lost = {loss.path for loss in jm.losses(rich, format="csv")}
    assert {"scenario", "stages[0].goal", "transitions[0]", "metrics[0]", "stages[0].touchpoints[1].pains[0].severity"} <= lost
    assert not any(path.startswith("stages[1].touchpoints") for path in lost)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["  line 1  the document is empty; a journey has at least a name"]),
        (HEAD + "Buy,Pays,,7,,\n", ["  line 2  Emotion: 7 is outside -2 to +2; convert other scales with Scale"]),
        (HEAD + "Buy,Pays,,1_0,,\n", ["  line 2  Emotion: '1_0' is not a number"]),
        (HEAD + "Buy,Pays,,٣,,\n", ["  line 2  Emotion: '٣' is not a number"]),
        (HEAD + "Buy,Pays,,nan,,\n", ["  line 2  Emotion: 'nan' is not a number"]),
        (HEAD + "Buy,Pays,,1e999,,\n", ["  line 2  Emotion: '1e999' is not a finite number; leave out what is unknown"]),
        (HEAD + 'Buy,Pays,,"0,5",,\n', ["  line 2  Emotion: '0,5' is not a number; write the decimal point as a full stop"]),
        ("Stage,Touchpoint,\nBuy,Pays,in cash\n", ["  line 2  'in cash' has no heading above it; give its column one, or clear it"]),
        (HEAD + "Buy,Pays\n", ["  line 2  2 cells stand where the headings are 6; check separators and quotes"]),
        (HEAD + ",Pays,,,,\n", ["  line 2  there is no stage; name one in the first row, it holds for those below"]),
        (HEAD + "Buy,,Phone,,,\n", ["  line 2  there is no 'name'; a touchpoint needs one"]),
        (HEAD + 'Buy,"Pays,,,,\n', ["  line 2  Touchpoint: the quote that begins here does not end; close it, and double quotes inside"]),
        (HEAD + 'Buy,"Pays"x,,,,\n', ["  line 2  Touchpoint: text stands behind a closing quote; put all of the cell in quotes"]),
        ("Stage,Touchpoint;Name\n", ["  line 1  a comma and a semicolon stand between the headings; keep one of them, and put headings that have one in quotes"]),
        ("Stage,Tuochpoint\nBuy,Pays\n", ["  line 1  Tuochpoint: unknown column 'Tuochpoint'; did you mean 'touchpoint'?"]),
        ("Stage,Name,Step\nBuy,a,b\n", ["  line 1  Step: the column 'Step' means the same as 'Name'; keep one"]),
        ("Stage,Name,Name\nBuy,a,b\n", ["  line 1  Name: the column 'Name' stands twice; keep one"]),
        ("Journey,Stage,Name\nA,x,a\nB,x,b\n", ["  line 3  a second journey begins here; one file holds one"]),
        ("Stage,Name,Emotions\nBuy,a,Maya -1\n", ["  line 2  Emotions: the line 'Maya -1' has no colon; write what it is, a colon, and its value"]),
        ("Stage,Name,Duration\nBuy,a,25\n", ["  line 2  Duration: '25' is not a length of time; write weeks, days, hours, minutes and seconds as P2W, P3D, PT1H30M or PT0.5S"]),
        ("Stage,Name,Channel,Channel kind\nBuy,a,b,fone\n", ["  line 2  Channel kind: 'fone' is not one of website, app, email, phone, chat, social, sms, post, in-store, in-person, self-service, partner, other; did you mean 'phone'?"]),
        ("Stage,Name\nBuy,a\x00b\n", ["  line 2  Name: 'a\\x00b' has the control character U+0000; take it out"]),
        ("Stage,Name\nBuy,a\ud800b\n", ["  line 2  Name: 'a\\ud800b' has the control character U+D800; take it out"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text, problems):
    assert refused(text) == problems


@pytest.mark.parametrize("text", ["\n\r\n;;\nStage;Step;\nBuy;Pays;\n", "\ufeffsep=;\r\nStage;Step\r\nBuy;Pays\r\n"])
def test_what_stands_before_the_headings_and_says_nothing_is_passed_over(text):
    assert [step.name for step in jm.loads(text, format="csv").touchpoints] == ["Pays"]


def test_all_problems_are_told_at_once():
    assert len(refused(HEAD + "Buy,Pays,,7,,\n,Calls,,8,,\n,,Phone,,,\n")) == 3


def test_limits():
    assert refused(HEAD + "Buy,Pays,,,,\n" * 5, limits=jm.io.Limits(cells=20)) == [
        "  line 4  there are more than 20 cells; raise the limit if this is meant"
    ]
    assert refused("Stage,Name,Notes\nBuy,Pays,too long\n", limits=jm.io.Limits(text=5)) == [
        "  line 2  Notes: a text of 8 characters is longer than 5; shorten it"
    ]
