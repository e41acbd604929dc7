"""``journeymap analyse``: a report to read, data for programs, pages to hand on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import journeymap as jm
from journeymap.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
LOAN = EXAMPLES / "small-business-loan.yaml"
SMALL = "journeymap: 1\nname: Buy a bike\nstages:\n  - name: Buy\n    touchpoints:\n      - name: Test ride\n        emotion: 2\n      - name: Pays\n        emotion: -1\n"


def run(*arguments: str | Path, text: str = "", columns: int = 80) -> Result:
    environment = {"COLUMNS": str(columns)}
    return CliRunner().invoke(main, ["analyse", *map(str, arguments)], input=text, env=environment, catch_exceptions=False)


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_has_a_report(example: Path) -> None:
    result = run(example)
    assert (result.stderr, result.exit_code) == ("", 0)
    assert result.stdout == jm.report(jm.read(example)).to_text(width=80)
    assert "What matters" in result.stdout


def test_it_is_as_wide_as_the_terminal() -> None:
    narrow, wide = run(LOAN, columns=60).stdout, run(LOAN, columns=100).stdout
    assert len(narrow.splitlines()) > len(wide.splitlines())
    assert max(map(len, narrow.splitlines())) <= 60


def test_data_for_programs() -> None:
    result = run(LOAN, "--json")
    assert (result.stderr, result.exit_code) == ("", 0)
    data = json.loads(result.stdout)
    assert data == json.loads(jm.report(jm.read(LOAN)).to_json())
    assert data["findings"][0]["function"] == "emotion_curve"


@pytest.mark.parametrize("suffix", ["html", "md", "json"])
def test_pages(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"loan.{suffix}"
    result = run(LOAN, "-o", out)
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == f"{out}: Getting a small-business loan online, {len(jm.report(jm.read(LOAN)).findings)} findings\n"
    assert out.read_bytes() == jm.report(jm.read(LOAN)).to(suffix)


def test_a_page_of_another_kind(tmp_path: Path) -> None:
    result = run(LOAN, "-o", tmp_path / "loan.docx")
    assert result.exit_code == 2
    assert result.stderr == "Error: no kind of report '.docx'; there are: .md, .html, .json\n"
    assert list(tmp_path.iterdir()) == []


def test_stdin() -> None:
    result = run("-", text=SMALL)
    assert result.exit_code == 0
    assert "The low point is ‘Pays’." in result.stdout


def test_what_cannot_be_read() -> None:
    result = run("-", text=SMALL.replace("-1", "-7"))
    assert result.exit_code == 2
    assert "-7 is outside -2 to +2" in result.stderr
    assert run("nowhere.yaml").exit_code == 2


def test_only_and_persona() -> None:
    bike = EXAMPLES / "bike-shop.yaml"
    result = run(bike, "--only", "peak-end, handoffs", "--persona", "ilse-brandt", "--json")
    assert [answer["function"] for answer in json.loads(result.stdout)["answers"]] == ["peak_end", "handoffs"]
    unknown = run(bike, "--only", "peak-ends")
    assert unknown.exit_code == 2
    assert "no analysis 'peak-ends'; did you mean 'peak-end'?" in unknown.stderr


def test_capacity() -> None:
    data = json.loads(run(EXAMPLES / "bike-shop.yaml", "--capacity", "2,4", "--json").stdout)
    (plan,) = [answer for answer in data["answers"] if answer["function"] == "roadmap"]
    assert plan["options"] == {"capacity": [2.0, 4.0]}
    one = json.loads(run(EXAMPLES / "bike-shop.yaml", "--capacity", "3", "--json").stdout)
    assert next(answer["options"] for answer in one["answers"] if answer["function"] == "roadmap") == {"capacity": 3.0}
    wrong = run(LOAN, "--capacity", "much")
    assert wrong.exit_code == 2
    assert "'much' is no number of person-months" in wrong.stderr


def test_strict_ends_with_1_where_an_answer_carries_a_warning() -> None:
    result = run(LOAN, "--strict")
    assert result.exit_code == 1
    assert result.stderr.startswith("left out, since they carry warnings: emotion_curve, peak_end, ")
    assert "The low point" not in result.stdout
    assert run(LOAN, "--strict", "--only", "evidence-coverage").exit_code == 0


def test_the_analyses_are_listed_by_name() -> None:
    result = CliRunner().invoke(main, ["list", "analyses"], catch_exceptions=False)
    assert result.exit_code == 0
    listed = " ".join(result.stdout.split())
    assert "time-gaps Where is the three-day gap?" in listed
    assert "swimlane" not in listed
    every = CliRunner().invoke(main, ["list"], catch_exceptions=False)
    assert f"{len(jm.analyses())} questions; `journeymap list analyses` shows them." in every.stdout
