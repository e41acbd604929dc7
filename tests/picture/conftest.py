"""A journey with hostile words in each of its text fields."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest

import journeymap as jm
from journeymap.model import Evidence, Journey, Link, MomentOfTruth, Span
from journeymap.testing.scenes import PNG

ATTACKS = (
    "</text><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    "]]></style><svg onload=alert(1)> <!-- -->",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "&lt;b&gt; &amp; &#x0; %s {0} {{ 7 * 7 }} {% raw %}",
    "$x^2$ \\frac{1}{2}",
    "\u202eevil\u202c \u2067rtl\u2069 \u200f",
    "\U0001f469\U0001f3fd\u200d\U0001f680 \U0001f1e9\U0001f1ea e\u0301 \u0301",
    "\u2028line\u2029paragraph tab\tand\nline",
    "https://evil.example/?a=1&b=2",
    "\ufeff\u200b\u00ad zero \u0600 \ufffd \U000e0041",
    "url(https://evil.example/x) expression(alert(1)) @import 'https://evil.example'",
)


class _Words:
    """Gives each field the next attack, under a name of its own: ``pain-7 </text><script>...``."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        name = f"{field}{len(self.given)}x"
        self.given[name] = f"{name} {ATTACKS[len(self.given) % len(ATTACKS)]} z{name}"
        return self.given[name]


@pytest.fixture(scope="session")
def hostile() -> tuple[Journey, dict[str, str]]:
    """The journey, and the words of each field by a name that begins them."""
    word = _Words()
    photo = "data:image/png;base64," + base64.b64encode(PNG).decode()
    stages = [_stage(word, place) for place in range(3)]
    steps = [touchpoint.id for stage in stages for touchpoint in stage.touchpoints]
    journey = jm.Journey(
        word("journey"),
        stages,
        id="\"><script>alert('id')</script>",
        organisation=word("organisation"),
        scenario=word("scenario"),
        expectations=[word("expectation")],
        owner=word("owner"),
        version=word("version"),
        updated=date(2026, 5, 12),
        language="en",
        scale=jm.Scale(labels=["<b>worst</b>", "& bad", '"soso"', "good'", "]]>best"]),
        personas=[
            jm.Persona(
                word("persona"),
                id=f"<who{place}>",
                role=word("role"),
                segment=word("segment"),
                quote=word("saying"),
                goals=[word("aim")],
                needs=[word("need")],
                frustrations=[word("frustration")],
                behaviours=[word("behaviour")],
                traits=[word("trait")],
                demographics={word("demographic"): word("answer")},
                channels=[word("channel")],
                image=photo if place else "javascript:alert(1)",
                notes=word("note"),
            )
            for place in range(2)
        ],
        sources=[jm.Source(word("source"), id="src", kind="survey", n=12, quote=word("quote"), url="https://example.org/?a=1&b=2")],
        metrics=[jm.Metric(word("figure"), text=word("value")), jm.Metric(word("figure"), value=3, unit=word("unit"))],
        opportunities=[jm.Opportunity(word("idea"), impact=4, effort=2, owner=word("owner"), status=word("status"), ticket=word("ticket"))],
        transitions=[
            jm.Transition(steps[0], steps[2], condition=word("condition"), wait=timedelta(days=3), probability=0.4),
            jm.Transition(steps[0], steps[1], condition=word("condition")),
        ],
        notes=word("note"),
        extra={word("key"): word("extra")},
    )
    return journey, word.given


def _stage(word: _Words, place: int) -> jm.Stage:
    return jm.Stage(
        word("stage"),
        [_step(word, f"<t{place}{step}>", place - step) for step in range(2)],
        id=f"\"s{place}'",
        phase=word("phase"),
        goal=word("goal"),
        period=word("period"),
        owner=word("owner"),
        emotion=jm.Emotion(1, label=word("feeling")),
        thoughts=[word("thought")],
        pains=[jm.PainPoint(word("pain"), severity=2)],
        metrics=[jm.Metric(word("metric"), value=place, unit=word("unit"))],
    )


def _step(word: _Words, name: str, valence: float) -> jm.Touchpoint:
    return jm.Touchpoint(
        word("step"),
        id=name,
        channel=word("channel"),
        actions=[word("action")],
        thoughts=[word("thought")],
        emotion=jm.Emotion(valence, label=word("feeling")),
        pains=[jm.PainPoint(word("pain"), severity=4, frequency=0.5, notes=word("note"))],
        opportunities=[jm.Opportunity(word("idea"), impact=5, effort=1, horizon="now", owner=word("owner"), status=word("status"))],
        metrics=[jm.Metric(word("metric"), value=62.5, unit=word("unit"), n=7), jm.Metric(word("metric"), text=word("value"))],
        moment=MomentOfTruth("fmot", reason=word("reason")),
        activities=[jm.Activity(word("activity"), layer=layer, owner=word("owner"), system=word("system")) for layer in jm.model.LAYERS],
        owner=word("owner"),
        perceived_owner=word("owner"),
        duration=Span(timedelta(hours=1), timedelta(hours=2), timedelta(hours=3)),
        evidence=[Evidence("src", quote=word("quote"))],
        links=[Link("https://example.org/?a=1&b=2", name=word("link"))],
        notes=word("note"),
        extra={"risk": word("extra")},
    )
