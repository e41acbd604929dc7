"""What each class refuses, and in which words: the field, the value, the rule, the remedy."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from journeymap.errors import ModelError
from journeymap.model import (
    Activity,
    Channel,
    Emotion,
    Evidence,
    Journey,
    Link,
    Metric,
    MomentOfTruth,
    Opportunity,
    PainPoint,
    Persona,
    Range,
    Source,
    Span,
    Stage,
    Touchpoint,
    Transition,
)

HOUR = timedelta(hours=1)

REFUSED = [
    # text
    (lambda: Touchpoint(3), "name: 3 is not text; put it in quotes"),
    (lambda: Touchpoint(" \t "), r"name: ' \t ' is empty; give it a name that a reader understands"),
    (lambda: Touchpoint("x", notes="a\x07"), r"notes: 'a\x07' has the control character U+0007; take it out"),
    (lambda: Touchpoint("x", notes="\ud800"), r"notes: '\ud800' has the control character U+D800; take it out"),
    (lambda: Touchpoint("x", notes="n" * 100_001), "notes: 100,001 characters are more than 100,000; shorten it"),
    (lambda: Touchpoint("x", id="two words"), "id: 'two words' is empty or has white space; an id is one word, for example 'pay-online'"),
    (lambda: Touchpoint("x", id=""), "id: '' is empty or has white space; an id is one word, for example 'pay-online'"),
    (lambda: Journey("x", based_on="a b"), "based_on: 'a b' is empty or has white space; an id is one word, for example 'pay-online'"),
    (lambda: Journey("x", language="English!"), "language: 'English!' is not a language tag; for example 'en', 'de' or 'pt-BR'"),
    # numbers
    (lambda: Emotion(7), "valence: 7 is outside -2 to +2; convert other scales with Scale"),
    (lambda: Emotion(-2.0001), "valence: -2.0001 is outside -2 to +2; convert other scales with Scale"),
    (lambda: Emotion("1"), "valence: '1' is not a number; convert other scales with Scale"),
    (lambda: Emotion(True), "valence: True is not a number; convert other scales with Scale"),
    (lambda: Emotion(float("nan")), "valence: nan is not a finite number; convert other scales with Scale"),
    (lambda: Emotion(None), "valence: None is not a number; leave the whole emotion out where it is unknown"),
    (lambda: Emotion(0, spread=-1), "spread: -1 is outside 0 to 4"),
    (lambda: Emotion(0, n=-1), "n: -1 is outside 0 to 9,007,199,254,740,992"),
    (lambda: Emotion(0, n=1.0), "n: 1.0 is not a whole number"),
    (lambda: Metric("x", value=10**5000), "value: a very long int is too large; whole numbers beyond 9,007,199,254,740,992 lose digits"),
    (lambda: Metric("x", value=float("inf")), "value: inf is not a finite number"),
    (lambda: MomentOfTruth(weight=-1), "weight: -1 is outside 0 and above"),
    (lambda: PainPoint("x", severity=5), "severity: 5 is outside 1 to 4"),
    (lambda: PainPoint("x", severity=2.0), "severity: 2.0 is not a whole number; severity is 1, 2, 3 or 4"),
    (lambda: Touchpoint("x", engagement=0), "engagement: 0 is outside 1 to 5"),
    (lambda: Persona("x", share=37), "share: 37 is outside 0 to 1"),
    # words, flags, days, lengths of time
    (lambda: MomentOfTruth("fmott"), "kind: 'fmott' is not one of zmot, fmot, smot, tmot; did you mean 'fmot'?"),
    (lambda: Activity("x", layer=None), "layer: None is not one of physical-evidence, customer, frontstage-people, frontstage-technology, backstage, support"),
    (lambda: Activity("x", layer="support", manual="yes"), "manual: 'yes' is neither true nor false"),
    (lambda: Source("x", solicited=1), "solicited: 1 is neither true nor false"),
    (lambda: Source("x", date=datetime(2026, 1, 2)), "date: datetime.datetime(2026, 1, 2, 0, 0) is not a date; give a datetime.date, in files YYYY-MM-DD"),
    (lambda: Touchpoint("x", duration=-HOUR), "duration: -1 day, 23:00:00 is negative; a length of time is 0 or more"),
    (lambda: Touchpoint("x", duration=3), "duration: 3 is not a length of time; give a datetime.timedelta, in files ISO 8601 such as P3D or PT5M"),
    (lambda: Journey("x", review_every="P1D"), "review_every: 'P1D' is not a length of time; give a datetime.timedelta, in files ISO 8601 such as P3D or PT5M"),
    # low, mid and high
    (lambda: Range(3, 2, 5), "3, 2, 5 do not rise; give low, mid and high in that order"),
    (lambda: Range(1, None, 5), "mid: None is not a number; give low, mid and high"),
    (lambda: Span(HOUR, 2 * HOUR, HOUR), "1:00:00, 2:00:00, 1:00:00 do not rise; give low, mid and high in that order"),
    (lambda: Span(HOUR, 2, HOUR), "mid: 2 is not a length of time; give a datetime.timedelta, in files ISO 8601 such as P3D or PT5M"),
    (lambda: Opportunity("x", impact=Range(1, 3, 6)), "impact: 6 is outside 1 to 5"),
    # lists
    (lambda: Stage("x", "y"), "touchpoints: 'y' is not a list of Touchpoint objects; put it in [ ]"),
    (lambda: Stage("x", ["Pays"]), "touchpoints[0]: 'Pays' is not a Touchpoint; write Touchpoint('Pays')"),
    (lambda: Stage("x", thoughts="Why?"), "thoughts: 'Why?' is not a list of texts; put it in [ ]"),
    (lambda: Stage("x", thoughts=["Why?", 3]), "thoughts[1]: 3 is not text; put it in quotes"),
    (lambda: Stage("x", thoughts=["Why?", " "]), "thoughts[1]: ' ' is empty; leave it out"),
    (lambda: Stage("x", pains={"slow": 1}), "pains: {'slow': 1} is not a list of PainPoint objects; put it in [ ]"),
    (lambda: Touchpoint("x", personas={"maya"}), "personas: {'maya'} is not a list of texts; put it in [ ]"),
    (lambda: Touchpoint("x", activities=[3]), "activities[0]: 3 is not an Activity"),
    (lambda: Touchpoint("x", opportunities=[None]), "opportunities[0]: None is not an Opportunity"),
    (lambda: Journey("x", stages=None), "stages: None is not a list of Stage objects; put it in [ ]"),
    (lambda: Touchpoint("x", links=["ftp://x"]), "links[0].url: 'ftp://x' is not a web or mail address; it has to begin with http://, https:// or mailto:"),
    (lambda: Touchpoint("x", links=[3]), "links[0]: 3 is neither text nor a Link"),
    (lambda: Touchpoint("x", evidence=["a b"]), "evidence[0].source: 'a b' is empty or has white space; an id is one word, for example 'pay-online'"),
    (lambda: Persona("x", channels=[""]), "channels[0].name: '' is empty; give it a name that a reader understands"),
    # other shorthands
    (lambda: Touchpoint("x", emotion=7), "emotion.valence: 7 is outside -2 to +2; convert other scales with Scale"),
    (lambda: Touchpoint("x", emotion="happy"), "emotion: 'happy' is not a number; an emotion is a number from -2 to +2, or an Emotion"),
    (lambda: Touchpoint("x", emotions=[1]), "emotions: [1] is not a mapping of persona ids to emotions"),
    (lambda: Touchpoint("x", emotions={"maya": None}), "emotions.maya: an emotion needs a persona's id and a value; leave out what is unknown"),
    (lambda: Touchpoint("x", emotions={"": 1}), "emotions['']: an emotion needs a persona's id and a value; leave out what is unknown"),
    (lambda: Touchpoint("x", emotions={3: 1}), "emotions[3]: an emotion needs a persona's id and a value; leave out what is unknown"),
    (lambda: Touchpoint("x", channel=3), "channel: 3 is not a channel; give its name, or a Channel"),
    (lambda: Touchpoint("x", moment=1), "moment: 1 is not a moment of truth; give true, a kind such as 'fmot', or a MomentOfTruth"),
    (lambda: Touchpoint("x", extra=["a"]), "extra: ['a'] is not a mapping of text to text; put it in { }"),
    (lambda: Touchpoint("x", extra={"a": 1}), "extra['a']: 1 is not text; put it in quotes"),
    (lambda: Journey("x", scale=5), "scale: 5 is not a Scale; for example Scale(1, 5)"),
    (lambda: Channel("x", kind="web"), "kind: 'web' is not one of website, app, email, phone, chat, social, sms, post, in-store, in-person, self-service, partner, other; did you mean 'website'?"),
    # addresses
    (lambda: Link(""), "url: the address is empty; leave the link out"),
    (lambda: Source("x", url="javascript:alert(1)"), "url: 'javascript:alert(1)' is not a web or mail address; it has to begin with http://, https:// or mailto:"),
    (lambda: Persona("x", image="d" * 10_000_001), "image: 10,000,001 characters are more than 10,000,000; shorten it"),
    # transitions
    (lambda: Transition("end", "x"), "source: nothing follows 'end'; a transition to it is drop-off, none comes from it"),
    (lambda: Transition("x", "start"), "target: nothing leads to 'start'; a transition from it is an entry, none goes to it"),
    (lambda: Evidence(""), "source: '' is empty or has white space; an id is one word, for example 'pay-online'"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[message[:40] for _, message in REFUSED])
def test_what_is_refused_is_told_with_its_field(make, message):
    with pytest.raises(ModelError) as told:
        make()
    assert str(told.value) == message


def test_all_wrong_items_of_a_list_are_told_at_once():
    with pytest.raises(ModelError) as told:
        Touchpoint("Pays", links=["javascript:1", 3, "https://example.org"], evidence=[])
    assert [problem.path for problem in told.value.problems] == ["links[0].url", "links[1]"]


def test_whole_numbers_become_floats_and_nothing_else_is_coerced():
    made = Touchpoint("Pays", engagement=3, satisfaction=2.5)
    assert (type(made.engagement), made.engagement, made.satisfaction) == (float, 3.0, 2.5)


def test_floats_of_other_libraries_become_plain_floats():
    assert type(Emotion(np.float64(1.5)).valence) is float


def test_large_portraits_fit():
    assert len(Persona("Maya", image="data:image/png;base64,iVBORw0KGgo" + "A" * 2_000_001).image) == 2_000_034


@pytest.mark.parametrize(
    ("image", "told"),
    [
        ("data:image/png;base64,aGVsbG8=", r"^image: 'data:image/png;base64,aGVsbG8=' holds no png file but b'hello'; embed a png or jpeg"),
        ("data:image/jpeg;base64,iVBORw0KGgo=", "holds no jpeg file but"),
        ("data:image/png;base64,ä", "is no valid base64; encode the whole png file"),
        ("data:image/png;base64,iVBORw0KGg", "is no valid base64"),
        ("data:image/png;base64,iVBOR w0KGgo=", "is no valid base64"),
        ("data:image/png;base64,", "holds no png file"),
        ("data:image/png;base64", "has no data; write data:image/png;base64, and then"),
    ],
)
def test_a_portrait_that_is_no_picture_is_told_at_once(image, told):
    with pytest.raises(ModelError, match=told):
        Persona("Maya", image=image)


@pytest.mark.parametrize(
    "image", ["", "maya.png", "https://example.org/maya.png", "data:image/webp;base64,UklGRg==", "data:image/jpeg;base64,/9j/"]
)
def test_other_portraits_are_kept(image):
    assert Persona("Maya", image=image).image == image


def test_lists_of_any_kind_in_tuples_out():
    steps = [Touchpoint("Test ride"), Touchpoint("Pays")]
    assert (
        Stage("Buy", steps).touchpoints == Stage("Buy", iter(steps)).touchpoints == Stage("Buy", tuple(steps)).touchpoints == tuple(steps)
    )


def test_shorthands():
    step = Touchpoint(
        "Calls the branch",
        channel="Phone",
        emotion=-1,
        emotions={"maya": 1},
        moment="fmot",
        links=["https://example.org"],
        evidence=["survey"],
    )
    assert step == Touchpoint(
        "Calls the branch",
        channel=Channel("Phone"),
        emotion=Emotion(-1),
        emotions={"maya": Emotion(1)},
        moment=MomentOfTruth("fmot"),
        links=[Link("https://example.org")],
        evidence=[Evidence("survey")],
    )
    assert Touchpoint("x", moment=True).moment == MomentOfTruth()
    assert Touchpoint("x", moment=False).moment is None


def test_who_feels_what():
    step = Touchpoint("Waits", emotion=-1, emotions={"maya": -2}, personas=["maya"])
    assert (step.feeling(), step.feeling("maya"), step.feeling("jo")) == (Emotion(-1), Emotion(-2), Emotion(-1))
    assert step.meets("maya")
    assert not step.meets("jo")
    assert Touchpoint("Waits").meets("jo")


def test_days_are_days():
    assert Journey("x", updated=date(2026, 1, 2)).updated == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("metric", "printed"),
    [
        (Metric("x"), ""),
        (Metric("x", value=37, unit="%"), "37%"),
        (Metric("x", value=1204, unit="calls"), "1,204 calls"),
        (Metric("x", value=-12.5, kind="nps"), "\u221212.5"),
        (Metric("x", value=42, kind="nps"), "+42"),
        (Metric("x", value=0, kind="nps"), "0"),
        (Metric("x", value=2, text="< 2 h"), "< 2 h"),
    ],
)
def test_metrics_as_pictures_print_them(metric, printed):
    assert metric.printed == printed


def test_severity_words():
    assert [PainPoint("x", severity=s).severity_word for s in (None, 1, 2, 3, 4)] == ["", "minor", "medium", "major", "critical"]


@pytest.mark.parametrize(
    ("value", "unit", "kind", "printed"),
    [
        (123456789012.5, "EUR", None, "123,456,789,012.5 EUR"),
        (1e-9, "", None, "0.000000001"),
        (1e300, "", None, "1e+300"),
        (-37.5, "%", None, "\u221237.5%"),
        (0, "", "nps", "0"),
        (18, "", "nps", "+18"),
        (5.2, "days", None, "5.2 days"),
        (1200, "", None, "1,200"),
    ],
)
def test_a_metric_is_printed_in_digits(value, unit, kind, printed):
    assert Metric("Any", value=value, unit=unit, kind=kind).printed == printed


@pytest.mark.parametrize(
    "made", [lambda: Source("Any", weight=None), lambda: Evidence("any", weight=None), lambda: Channel("Any", kind=None)]
)
def test_what_always_has_a_value_takes_none_for_none(made):
    with pytest.raises(ModelError, match="None is not"):
        made()
