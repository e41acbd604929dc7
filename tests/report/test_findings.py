"""The findings: chosen by the written rule, never without data, and every number of them can be traced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve

import journeymap as jm
from journeymap import analysis
from journeymap.report.asking import asked
from journeymap.report.figures import Figure, at, printed
from journeymap.report.findings import CERTAINTY, LEAST_WEIGHT, MOST, candidates, found
from journeymap.testing.journeys import sample_journeys

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
JOURNEYS = [*map(jm.read, EXAMPLES), *sample_journeys()]
each_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)


def figures(report: jm.Report) -> list[Figure]:
    """Every number on the page."""
    parts = [*report.findings, *report.sections]
    cells = [cell for section in report.sections for table in section.tables for row in table.rows for cell in row]
    return [*(figure for part in parts for figure in part.figures), *(cell for cell in cells if isinstance(cell, Figure))]


def test_there_are_examples():
    assert len(EXAMPLES) >= 8


@each_journey
def test_every_number_comes_from_the_function_it_names(journey):
    for figure in figures(jm.report(journey)):
        again = getattr(analysis, figure.function)(journey, **figure.options)
        assert at(again, figure.path) == figure.value
        shown = figure.shown.replace("\u00a0", " ").partition(" (")[0]
        sizes = [None, again.n, len(getattr(again, "claims", ()))]
        told = {printed(figure.value, figure.form, scale=journey.scale, n=n).replace("\u00a0", " ") for n in sizes}
        assert shown in told, figure


def words_of_the_map(journey: jm.Journey) -> list[str]:
    parts = [journey, *journey.stages, *journey.touchpoints, *journey.personas, *journey.all_opportunities(), *journey.sources]
    names = [part.name for part in parts] + [pain.description for pain in journey.all_pains()]
    names += [activity.name for touchpoint in journey.touchpoints for activity in touchpoint.activities]
    names += [touchpoint.channel.name for touchpoint in journey.touchpoints if touchpoint.channel]
    return sorted(names, key=len, reverse=True)


@each_journey
def test_there_is_no_number_in_a_finding_that_is_not_traced(journey):
    scale = [journey.scale.print(-2), journey.scale.print(2)]
    for finding in jm.report(journey).findings:
        told = f"{finding.title} {finding.sentence}"
        for name in words_of_the_map(journey):
            told = told.replace(f"‘{name}’", "").replace(name, "")
        known = re.findall(r"\d+", " ".join([*(figure.shown for figure in finding.figures), *scale]))
        waits = re.findall(r"customers wait (\d[\d.]* \w+)", told)
        left = re.findall(r"\d+", re.sub(r"customers wait \d[\d.]* \w+", "", told))
        assert set(left) <= set(known), (finding.sentence, waits)


@each_journey
def test_findings_are_ranked_by_bite_times_certainty_one_a_topic(journey):
    findings = jm.report(journey).findings
    weights = [round(finding.weight, 9) for finding in findings]
    assert weights == sorted(weights, reverse=True)
    assert all(weight >= LEAST_WEIGHT for weight in weights)
    assert len({finding.topic for finding in findings}) == len(findings) <= MOST
    for finding in findings:
        assert 0 <= finding.bite <= 1
        assert finding.certainty == CERTAINTY[finding.result.grade]
        assert finding.function == finding.result.analysis
    everything = list(candidates(asked(journey)))
    left_out = [c for c in everything if c.topic not in {finding.topic for finding in findings}]
    least = min(weights, default=1.0)
    assert all(round(c.weight, 9) <= least or c.weight < LEAST_WEIGHT for c in left_out)


@each_journey
def test_a_report_is_the_same_each_time(journey):
    assert jm.report(journey) == jm.report(journey)
    assert jm.report(journey).to_json() == jm.report(journey).to_json()


def test_a_map_with_nothing_to_say_says_so():
    report = jm.report(jm.Journey("Yet to be mapped"))
    assert report.findings == ()
    for page in (report.to_text(), report.to_markdown(), report.to_html()):
        assert "Nothing can be said about how this journey goes" in page


def test_the_low_point_comes_with_what_the_map_says_there():
    pain = jm.PainPoint("The upload fails", severity=4)
    metric = jm.Metric("abandon here", value=37, unit="%", n=1204)
    upload = jm.Touchpoint("Uploads", emotion=-2, thoughts=["Third time!"], pains=[pain], metrics=[metric])
    finding = jm.report(jm.Journey("Loan", [jm.Stage("Apply", [jm.Touchpoint("Reads", emotion=1), upload])])).findings[0]
    assert finding.title == "The low point is ‘Uploads’"
    assert (
        finding.sentence
        == "Customers feel −2 there, on a scale from −2 (very bad) to +2 (very good); the average over the journey is −0.5."
    )
    assert finding.facts == ("“Third time!”", "Critical pain: The upload fails", "Measured: 37% abandon here (n = 1,204)")
    assert finding.doubt == "n = 2 steps · a hypothesis"
    assert (finding.bite, finding.certainty, finding.weight) == (1.0, 0.6, 0.6)


def test_emotions_are_told_on_the_scale_of_the_map():
    journey = jm.Journey("Loan", [jm.Stage("Apply", [jm.Touchpoint("Reads", emotion=1), jm.Touchpoint("Uploads", emotion=-2)])])
    told = jm.report(journey.replace(scale=jm.Scale(0, 10))).findings[0].sentence
    assert told.startswith("Customers feel 0 there, on a scale from 0 (very bad) to 10 (very good)")
    words = jm.report(journey.replace(scale=jm.Scale.words("awful", "fine", "great"))).findings[0].sentence
    assert words.startswith("Customers feel awful there")


def test_evidence_lifts_a_finding_above_a_guess():
    source = jm.Source("Interviews", kind="interview", n=14)
    guess = jm.Journey("Loan", [jm.Stage("Apply", [jm.Touchpoint("Reads", emotion=1), jm.Touchpoint("Uploads", emotion=-1)])])
    known = jm.Journey(
        "Loan",
        [jm.Stage("Apply", [evolve(step, evidence=[source.id]) for step in guess.touchpoints])],
        sources=[source],
    )
    (low,) = [finding for finding in jm.report(guess).findings if finding.topic == "low"]
    (sure,) = [finding for finding in jm.report(known).findings if finding.topic == "low"]
    assert (low.weight, sure.weight) == (0.3, 0.5)
    assert "hypothesis" not in sure.doubt
    assert all(finding.topic != "evidence" for finding in jm.report(known).findings)


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("low", "The low point is ‘Calls to ask where the bike is’"),
        ("unmet needs", "‘Books a test ride’ is important and badly served"),
        ("lost customers", "Not everyone gets to ‘Collects the bike’"),
        ("waits", "The longest wait comes before ‘Has the first service’"),
        ("personas", "Ilse Brandt and Tomás Reyes do not feel the same"),
        ("moments", "Some moments that decide are not marked on the map"),
    ],
)
def test_what_a_rich_map_says(topic, title):
    journey = jm.read(next(path for path in EXAMPLES if path.stem == "bike-shop"))
    assert title in [candidate.title for candidate in candidates(asked(journey)) if candidate.topic == topic]


def test_belief_memory_handoffs_and_pains_are_found():
    steps = [
        jm.Touchpoint("Calls", channel="Phone", owner="Sales", emotion=2, believed_emotion=2),
        jm.Touchpoint("Waits", channel="E-mail", owner="Back office", emotion=-2, believed_emotion=1),
        jm.Touchpoint("Signs", channel="Website", owner="Sales", emotion=2, believed_emotion=2),
        jm.Touchpoint("Uses", channel="Website", owner="Sales", emotion=-1, believed_emotion=1),
    ]
    pains = [
        jm.PainPoint("Silence", severity=4, frequency=0.9),
        jm.PainPoint("Small print", severity=1, frequency=0.1),
        jm.PainPoint("Music on hold", severity=1, frequency=0.1),
    ]
    steps[1] = evolve(steps[1], pains=pains)
    titles = {c.topic: c for c in candidates(asked(jm.Journey("Loan", [jm.Stage("All", steps)])))}
    assert titles["belief"].title == "‘Waits’ is worse than the business believes"
    assert titles["belief"].sentence == "The business believes that customers feel +1 at ‘Waits’; they feel −2."
    assert titles["pains"].sentence.startswith("1 of 3 pain points make 95\u00a0% of the trouble")
    assert titles["handoffs"].title in {"Customers are handed on, and it hurts", "The customer changes hands often"}


def test_two_candidates_of_a_topic_leave_the_weightier():
    steps = [jm.Touchpoint(name, owner=owner) for name, owner in (("A", "x"), ("B", "y"), ("C", "x"))]
    book = asked(jm.Journey("Three owners", [jm.Stage("All", steps)]))
    (handoffs,) = [finding for finding in found(book) if finding.topic == "handoffs"]
    assert handoffs.function == "handoffs"
    assert handoffs.sentence == "At 2 of 2 ways from one step to the next the customer is passed on to somebody else."


def journey_past_its_goal(*, open_end: bool) -> jm.Journey:
    steps = [jm.Touchpoint("Asks"), jm.Touchpoint("Buys", goal=True), jm.Touchpoint("Rates"), jm.Touchpoint("Waits")]
    ways = [jm.Transition("asks", "buys"), jm.Transition("buys", "rates"), jm.Transition("asks" if open_end else "buys", "waits")]
    return jm.Journey("Bike", [jm.Stage("All", steps)], transitions=ways)


def test_what_comes_after_the_goal_need_lead_nowhere():
    def told(journey):
        return [finding.sentence for finding in candidates(asked(journey, only=["structure"])) if finding.topic == "map"]

    assert told(journey_past_its_goal(open_end=False)) == []
    assert told(journey_past_its_goal(open_end=True)) == ["It ends without saying why at ‘Waits’."]
