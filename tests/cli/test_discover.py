"""``journeymap discover``: a map out of a log, in one command."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import journeymap as jm
from journeymap.cli import main

VISITS = Path(__file__).parents[2] / "examples" / "bike-visits.csv"


def run(*arguments):
    return CliRunner().invoke(main, ["discover", *map(str, arguments)], catch_exceptions=False)


def test_a_map_of_a_log(tmp_path):
    place = tmp_path / "bike.yaml"
    done = run(VISITS, "-o", place, "--score", "rating", "--scale", "1,5", "--goal", "Collects the bike", "--name", "Bikes")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "case: customer_id\nactivity: event\ntimestamp: timestamp\nchannel: channel\nscore: rating\n" in done.stderr
    assert "Discovered from 150 customers" in done.stderr
    log = jm.EventLog.read(VISITS, score="rating")
    assert jm.read(place) == jm.discover(log, name="Bikes", goal="Collects the bike", scale=jm.Scale(1, 5)).replace(name="Bikes")


def test_stages_and_stdout(tmp_path):
    place = tmp_path / "log.csv"
    place.write_text("who,what,when\nanna,ad,01.03.2026\nanna,site,02.03.2026\n", encoding="utf-8")
    named = ("--case", "who", "--activity", "what", "--timestamp", "when", "--time-format", "%d.%m.%Y")
    done = run(place, *named, "-o", "-", "--stage", "Look=ad, site")
    journey = jm.loads(done.stdout, format="yaml")
    assert [(stage.name, len(stage.touchpoints)) for stage in journey.stages] == [("Look", 2)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--case", "customer"), "there is no column 'customer'; did you mean 'customer_id'?"),
        (("--scale", "1to5"), "'1to5' is no scale"),
        (("--stage", "Look"), "'Look' is no stage"),
        (("--goal", "Pay"), "nobody ever did 'Pay'; did you mean 'Pays'?"),
        (("--tz", "Moon"), "'Moon' is no time zone"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path, arguments, words):
    done = run(VISITS, "-o", tmp_path / "bike.yaml", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (tmp_path / "bike.yaml").exists()
