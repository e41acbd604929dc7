"""What is asked, of whom, and what becomes of answers that are refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import journeymap as jm
from journeymap import plugins
from journeymap.report.asking import STANDARD
from journeymap.report.figures import figure, length, printed

BIKE = jm.read(Path(__file__).parents[2] / "examples" / "bike-shop.yaml")
SMALL = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2), jm.Touchpoint("Pays", emotion=-1)])])


@pytest.fixture(autouse=True)
def nothing_stays_registered(monkeypatch):
    monkeypatch.setattr(plugins.ANALYSES, "_registered", {})


def section(report: jm.Report, title: str):
    return next((section for section in report.sections if section.title == title), None)


def table(report: jm.Report, function: str):
    return next(table for section in report.sections for table in section.tables if table.function == function)


def test_pains_lead_to_needs_ideas_and_a_roadmap():
    tables = [table.function for table in section(jm.report(BIKE), "What to do").tables]
    assert tables == ["pareto", "opportunity_score", "impact_effort", "roadmap"]


def test_estimates_keep_their_ranges():
    cells = {str(row[0]): [str(cell).replace("\u00a0", " ") for cell in row] for row in table(jm.report(BIKE), "impact_effort").rows}
    row = cells["One page that shows where the order is"]
    assert row[2:] == ["5 (4 to 5)", "3 (2 to 4)", "big bet: much for much (the estimates leave it open)"]


def test_the_roadmap_keeps_to_capacity_and_order_and_names_the_people():
    plan = jm.report(BIKE, capacity=[2, 4])
    result = next(answer.result for answer in plan.answers if answer.function == "roadmap")
    assert [phase.capacity for phase in result.phases] == [2, 4]
    assert all(phase.effort <= phase.capacity for phase in result.phases)
    rows = table(plan, "roadmap").rows
    assert any("Phone line" in str(row[4]) for row in rows)
    assert "Planned with 2 to 4 person-months a phase" in table(plan, "roadmap").note


def test_what_data_lacks_is_said():
    report = jm.report(SMALL)
    missing = section(report, "What this map cannot tell yet")
    assert missing.lead.startswith("Of 83 questions" if "83" in missing.lead else "Of ")
    assert missing.tables[0].columns == ("Add", "And it can answer")
    assert "No step has evidence from customers" in report.trust
    (refused,) = [answer for answer in report.answers if answer.function == "time_gaps"]
    assert refused.result is None
    assert "it needs a wait on the transitions" in refused.refused


def test_one_persona():
    whole, one = jm.report(BIKE), jm.report(BIKE, persona="ilse-brandt")
    assert "3 personas" in whole.scope
    assert "Ilse Brandt" in one.scope
    assert one.journey == BIKE.for_persona("ilse-brandt")
    assert one.findings[0].result == getattr(jm.analysis, one.findings[0].function)(BIKE.for_persona("ilse-brandt"))
    assert all(finding.topic != "personas" for finding in one.findings)
    with pytest.raises(jm.UnknownName, match="no persona 'ilse-brand'; did you mean 'ilse-brandt'"):
        jm.report(BIKE, persona="ilse-brand")


def test_only_what_is_asked_for():
    report = jm.report(BIKE, only=["peak-end", "time_gaps", "rework", "what-if"])
    assert [answer.function for answer in report.answers] == ["peak_end", "time_gaps"]
    assert [section.title for section in report.sections] == ["Gaps of time"]
    told = {other.name: other for other in report.others}
    assert told["rework"].told.replace("Brings it back because the gears slip", "…") == (
        jm.analysis.rework(BIKE).explain().replace("'brings-it-back-because-the-gears-slip'", "‘…’")
    )
    assert told["what-if"].problem == "it needs changes; ask it from Python"
    with pytest.raises(jm.UnknownName, match="no analysis 'peak-ends'; did you mean 'peak-end'"):
        jm.report(BIKE, only=["peak-ends"])


def test_strict_leaves_out_what_carries_a_warning():
    report = jm.report(BIKE, strict=True)
    assert "emotion_curve" in report.doubtful
    assert all(not answer.result.warnings for answer in report.answers if answer.result is not None)
    assert jm.report(BIKE).doubtful == ()


def test_only_a_journey_has_a_report():
    with pytest.raises(jm.AnalysisError, match="'bike.yaml' is not a Journey; read one with journeymap.read"):
        jm.report("bike.yaml")


def test_an_added_analysis_stands_on_the_page():
    @jm.question("longest-name")
    def longest_name(journey: jm.Journey) -> dict[str, object]:
        """Which step has the longest name?"""
        step = max(journey.touchpoints, key=lambda touchpoint: len(touchpoint.name))
        return {"step": step.name, "letters": len(step.name), "share": 0.123456, "known": True}

    assert jm.analyses()["longest-name"] == "Which step has the longest name?"
    report = jm.report(SMALL)
    (other,) = report.others
    assert other.rows == (("step", "Test ride"), ("letters", "9"), ("share", "0.123"), ("known", "yes"))
    for page in (report.to_text(), report.to_markdown(), report.to_html()):
        assert "Which step has the longest name?" in page
        assert "Test ride" in page
    assert report.to_dict()["others"][0]["data"]["share"] == 0.123456
    assert jm.report(SMALL, only=["longest-name"]).others == report.others
    assert jm.report(SMALL, only=["peak-end"]).others == ()


def test_an_added_analysis_may_give_a_result_or_a_text():
    jm.question("as-result")(jm.analysis.peak_end)
    jm.question("as-text")(lambda journey: f"It has {len(journey.stages)} stage.")
    told = {other.name: other for other in jm.report(SMALL).others}
    assert told["as-result"].told == jm.analysis.peak_end(SMALL).explain()
    assert told["as-result"].data == jm.analysis.peak_end(SMALL).to_dict()
    assert told["as-text"].told == "It has 1 stage."


@pytest.mark.parametrize(
    ("give", "problem"),
    [
        (lambda _: 1 / 0, "it failed with ZeroDivisionError: division by zero; tell those who offer it"),
        (lambda _: 7, "it gave 7; an analysis gives a Result, a mapping or a text: tell those who offer it"),
        (jm.analysis.nps, "nps: the journey has no metric of the kind 'nps'"),
    ],
)
def test_one_that_fails_breaks_only_itself(give, problem):
    jm.question("broken")(give)
    report = jm.report(SMALL)
    assert report.findings == jm.report(SMALL).findings
    assert report.findings
    assert report.others[0].problem.startswith(problem)
    assert "No answer:" in report.to_text()
    assert "No answer:" in report.to_html()


def test_the_listed_questions_are_the_functions_of_the_analysis():
    functions = {name for name in jm.analysis.__all__ if name.islower()} - {"stage_emotion"}
    assert {name.replace("-", "_") for name in jm.analyses()} == functions
    assert set(STANDARD) <= functions
    assert all(line and not line.startswith("(unusable)") for line in jm.analyses().values())


@pytest.mark.parametrize(
    "first", ["import journeymap.report", "from journeymap.report import Report", "jm.Report", "import journeymap.report.page"]
)
def test_the_package_answers_however_it_was_imported(first):
    program = (
        f"import journeymap as jm\n{first}\nprint(jm.report(jm.Journey('x')))\nimport journeymap.report as r\nassert r.Report is jm.Report"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("<Report on 'x': 0 findings, 1 sections>\n", "")


def test_a_report_without_a_picture_loads_no_drawer_and_no_template_engine():
    program = (
        "import sys, journeymap as jm\n"
        "report = jm.report(jm.Journey('x', [jm.Stage('s', [jm.Touchpoint('a', emotion=-1)])]))\n"
        "report.to_text(), report.to_markdown(), report.to_json()\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & {'matplotlib', 'svgwrite', 'jinja2', 'scipy', 'click'}))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "\n"


@pytest.mark.parametrize(
    ("value", "form", "n", "shown"),
    [
        (0.35, "share", 20, "7 of 20"),
        (0.3519, "share", 20, "35\u00a0%"),
        (0.35, "share", 2000, "35\u00a0%"),
        (0.001, "share", None, "less than 1\u00a0%"),
        (0.999, "share", None, "more than 99\u00a0%"),
        (1.0, "share", None, "100\u00a0%"),
        (0.0, "share", None, "0\u00a0%"),
        (7, "open hours", None, "7 hours"),
        (345.6, "open hours", None, "43 working days"),
        (1, "months", None, "1 person-month"),
        (float("inf"), "hours", None, "without end"),
        (2400, "count", None, "2,400"),
        (12.48, "score", None, "12"),
        (2.54, "score", None, "2.5"),
    ],
)
def test_numbers_have_no_more_digits_than_they_deserve(value, form, n, shown):
    assert printed(value, form, n=n) == shown


def test_lengths_are_told_in_the_unit_that_people_use():
    assert [length(hours) for hours in (0.25, 1, 47, 48, 60 * 24, 100 * 24)] == [
        "15 minutes",
        "1 hour",
        "47 hours",
        "2 days",
        "60 days",
        "14 weeks",
    ]


def test_a_figure_is_a_number():
    with pytest.raises(jm.AnalysisError, match="peak_end: peak_at is 'test-ride'; a figure is a number"):
        figure(jm.analysis.peak_end(SMALL), "peak_at", "count")


def test_the_handoffs_begin_with_a_sentence_even_where_no_owner_is_named():
    steps = [jm.Touchpoint("Calls", channel="Phone"), jm.Touchpoint("Pays", channel="Web")]
    found = section(jm.report(jm.Journey("Buy", [jm.Stage("Buy", steps)])), "Handoffs")
    assert found.lead.endswith("why it hurts.")
    assert len(found.tables) == 1


def test_what_is_missing_is_worth_a_question_that_people_have():
    rows = {str(row[0]): str(row[1]) for row in section(jm.report(SMALL), "What this map cannot tell yet").tables[0].rows}
    assert rows["paths of single customers, or an event log"].startswith("In how many different ways do customers go?")


def test_pains_of_unknown_severity_are_not_said_to_be_in_its_order():
    steps = [jm.Touchpoint("Pays", pains=[jm.PainPoint("Slow"), jm.PainPoint("Dear")])]
    pains = table(jm.report(jm.Journey("Buy", [jm.Stage("Buy", steps)])), "journey")
    assert pains.note.startswith("In the order of the map.")


def test_a_question_asked_by_name_calls_the_steps_as_the_map_does():
    (other,) = jm.report(BIKE, only=["transition-matrix"]).others
    assert "from ‘Sees a neighbour’s new bike’ to ‘Looks at bikes on the website’" in other.told


def test_the_terminal_repeats_the_phase_of_each_idea():
    text = jm.report(BIKE).to_text()
    assert "(same)" not in text
    assert text.count("- Phase 1: idea:") > 1


def test_names_in_cautions_are_quoted_as_on_the_rest_of_the_page():
    assert not [line for section in jm.report(BIKE).sections for line in section.cautions if " '" in line]
