from datetime import date, timedelta

import pytest

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
    Scale,
    Source,
    Span,
    Stage,
    Touchpoint,
    Transition,
)


@pytest.fixture(scope="session")
def rich():
    """A journey that uses every class of the model, and the short and the long form of each value that has both."""
    return Journey(
        "Business loan",
        kind="future-state",
        organisation="Harbour Bank",
        scenario="Maya wants 40,000 for a second café.\nShe has never borrowed before.",
        expectations=["To know early whether it is worth trying", "no"],
        status="draft",
        version="1.10",
        updated=date(2025, 3, 1),
        review_every=timedelta(days=90),
        based_on="loan-today",
        scale=Scale(1, 5),
        personas=[
            Persona(
                "Maya Okafor",
                share=0.25,
                needs=["Clear eligibility: up front"],
                demographics={"Age": "34", "on": "site"},
                channels=["Website", Channel("The branch", id="branch", kind="in-store")],
            )
        ],
        metrics=[Metric("NPS", kind="nps", value=-4.5, n=312, target=20, observed=date(2025, 2, 28))],
        sources=[Source("Exit survey", kind="survey", n=312, date=date(2024, 12, 31), weight=80, url="https://example.org/survey?x=1#y")],
        stages=[
            Stage(
                "Apply",
                goal="Submit once, correctly",
                emotion=Emotion(-0.5, label="unsure", n=14, spread=1.25),
                evidence=["exit-survey"],
                touchpoints=[
                    Touchpoint(
                        "Reads the checklist",
                        channel="Website",
                        personas=["maya-okafor"],
                        thoughts=["Is that all? #surely", "'tis long"],
                        emotion=1,
                        emotions={"maya-okafor": -1},
                        engagement=3.5,
                        moment=True,
                        links=["https://example.org/checklist", Link("mailto:help@example.org", name="Help")],
                    ),
                    Touchpoint(
                        "Uploads proof of income",
                        channel=Channel("Portal", kind="app"),
                        emotion=-2,
                        believed_emotion=Emotion(1, label="fine"),
                        goal=True,
                        moment=MomentOfTruth("fmot", reason="First look behind the counter"),
                        duration=Span(timedelta(minutes=5), timedelta(hours=1, minutes=30), timedelta(days=2, microseconds=5)),
                        activities=[Activity("Scores the case", layer="backstage", manual=True, duration=timedelta(hours=4))],
                        pains=[
                            PainPoint("Five days of silence", severity=3, frequency=0.4, evidence=[Evidence("exit-survey", score=-1.5)])
                        ],
                        opportunities=[
                            Opportunity(
                                "Progress tracker", addresses=["five-days-of-silence"], impact=5, effort=Range(1, 2, 4), horizon="now"
                            )
                        ],
                        extra={"screen": "7b"},
                    ),
                ],
            ),
            Stage("Decide", [Touchpoint("Hears the decision", channel="Phone", moment="smot")]),
        ],
        transitions=[
            Transition("start", "reads-the-checklist", count=1204),
            Transition("uploads-proof-of-income", "end", kind="exception", probability=0.37, wait=timedelta(days=5), condition="gives up"),
        ],
        notes="Interviews: 14.\n\n  - indented\n",
    )
