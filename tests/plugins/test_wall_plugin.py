"""A package written from the documentation alone: it keeps the rules of every kit where it is installed, beside others that do not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytestmark = pytest.mark.plugin

Run = Callable[..., subprocess.CompletedProcess[str]]
MAP = """
name: Buy a bike
stages:
  - name: Discover
    goal: Know what there is
    touchpoints:
      - {name: Sees an advert, channel: Instagram, emotion: 1}
  - name: Buy
    touchpoints:
      - {name: Test ride, channel: Shop, emotion: 2, satisfaction: 4.5}
      - {name: "Pays </text><script>", emotion: -1}
"""
KITS = """
import journeymap as jm
from journeymap.testing import check_backend, check_format, check_lane, check_renderer, check_theme

check_renderer("sticky-notes")
check_renderer("sticky-notes", max_width=500, notes=3)
check_backend("xhtml", suffix="xhtml")
check_theme("corkboard")
check_format("wall")
check_lane("satisfaction", journeys=[jm.Journey("Buy", [jm.Stage("Pay", [jm.Touchpoint("Pays", satisfaction=3.5)])])])
"""
DRAWING = """
import sys
import journeymap as jm

picture = jm.render(jm.loads(sys.stdin.read(), format="yaml"), "sticky-notes", theme="corkboard")
for name in sys.argv[1:]:
    picture.save(name)
"""
BREAKING = """
import journeymap as jm

journey = jm.Journey("Buy", [jm.Stage("Pay", [jm.Touchpoint("Pays")])])
for attempt in (
    lambda: jm.render(journey, "lost"),
    lambda: jm.render(journey, "torn"),
    lambda: jm.render(journey, "nonsense"),
    lambda: jm.render(journey, "words"),
    lambda: jm.render(journey, theme="words"),
    lambda: jm.render(journey, lanes=["odd"]),
    lambda: jm.render(journey).to("nothing"),
    lambda: jm.render(journey).to("torn"),
    lambda: jm.dumps(journey, format="mute"),
    lambda: jm.loads("x", format="mute"),
):
    try:
        attempt()
    except jm.JourneyMapError as error:
        print(f"{type(error).__name__}: {error}")
"""
TOLD = """\
PluginError: the renderer 'lost' of other-notes does not load: ModuleNotFoundError: No module named 'nowhere_to_be_found'; \
update or reinstall that package
PluginError: the renderer 'torn' failed with KeyError: 'a page is missing'; tell those who offer it
RenderError: the renderer 'nonsense' gave a int; a renderer gives a Scene, or several for several pages
PluginError: the renderer 'words' of other-notes is a str; it has to be a function: update or remove that package
PluginError: the theme 'words' of other-notes is a str; it has to be a journeymap.scene.theme.Theme: update or remove that package
RenderError: the lane 'odd' returned 'words' for 'pay'; it has to be a Cell, or None
RenderError: the backend 'nothing' gave a NoneType; a backend gives the bytes of a file
PluginError: the backend 'torn' failed with KeyError: 'a page is missing'; tell those who offer it
PluginError: the format 'mute' wrote a NoneType, not str; tell those who offer it
PluginError: the format 'mute' read a int, not a Journey; tell those who offer it
"""
STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!", "pptx": b"PK", "xhtml": b"<?xml"}
OTHER = """
from journeymap import Format

def good(journey): ...
def torn(journey):
    raise KeyError("a page is missing")
def nonsense(journey):
    return 5
def nothing(scenes): ...
def odd(step, pen):
    return "words"
WORDS = "words"
MUTE = Format(summary="Says nothing", suffixes=[".mute"], dumps=lambda journey: None, loads=lambda text, source: 5)
"""
OFFERS = """
[journeymap.renderers]
sticky-notes = other_notes:good
lost = nowhere_to_be_found:lost
torn = other_notes:torn
nonsense = other_notes:nonsense
words = other_notes:WORDS

[journeymap.backends]
nothing = other_notes:nothing
torn = other_notes:torn

[journeymap.themes]
words = other_notes:WORDS

[journeymap.lanes]
odd = other_notes:odd

[journeymap.formats]
mute = other_notes:MUTE
"""


@pytest.fixture(scope="module")
def wall(install: Callable[[str], Path]) -> Path:
    return install("wall_plugin")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package that offers a name of the wall's, and things that cannot work."""
    place = tmp_path_factory.mktemp("other")
    metadata = place / "other_notes-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: other-notes\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(OFFERS)
    (place / "other_notes.py").write_text(OTHER)
    return place


def test_it_keeps_the_rules_of_each_kit(wall: Path, run: Run) -> None:
    done = run(wall, "-c", KITS)
    assert done.returncode == 0, done.stderr


def test_the_command_line_lists_all_of_it(wall: Path, run: Run) -> None:
    done = run(wall, "-m", "journeymap", "list")
    assert done.returncode == 0, done.stderr
    words = " ".join(done.stdout.split())
    for name, summary in {
        "sticky-notes": "A wall of sticky notes",
        "xhtml": "The scenes as a page of XHTML without scripts",
        "corkboard": "Warm paper and dark wood",
        "satisfaction": "How satisfied, 1 to 5",
        "wall": "Stages, steps and emotions in lines",
    }.items():
        assert f"{name} {summary}" in words


def test_its_wall_comes_out_in_every_kind_of_file(wall: Path, run: Run, tmp_path: Path) -> None:
    done = run(wall, "-c", DRAWING, *(str(tmp_path / f"wall.{suffix}") for suffix in STARTS), text=MAP)
    assert done.returncode == 0, done.stderr
    for suffix, start in STARTS.items():
        assert (tmp_path / f"wall.{suffix}").read_bytes().startswith(start)


def test_the_command_line_draws_it(wall: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "wall.svg"
    done = run(wall, "-m", "journeymap", "render", "-", "-o", str(out), "--renderer", "sticky-notes", "--theme", "corkboard", text=MAP)
    assert done.returncode == 0, done.stderr
    assert "#FFFAF0" in out.read_text(encoding="utf-8")


def test_its_backend_draws_what_others_draw(wall: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "map.xhtml"
    done = run(wall, "-m", "journeymap", "render", "-", "-o", str(out), "--lanes", "steps,emotion,satisfaction", text=MAP)
    assert done.returncode == 0, done.stderr
    page = ET.parse(out).getroot()
    words = "".join(page.itertext())
    for said in ("Buy a bike", "Test ride", "</text><script>", "Satisfaction", "4.5"):
        assert said in words
    assert not [element for element in page.iter() if element.tag.endswith("script")]


def test_its_format_is_read_and_written(wall: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "bike.wall"
    source = tmp_path / "bike.yaml"
    source.write_text(MAP)
    done = run(wall, "-m", "journeymap", "convert", str(source), str(out))
    assert done.returncode == 0, done.stderr
    assert "the channel 'shop' is left out" in " ".join(done.stderr.split())
    assert "* [+2] Test ride\n" in out.read_text()
    out.write_text("= Buy a bike\n== Buy\n* [glad] Test ride\nPays\n")
    done = run(wall, "-m", "journeymap", "check", str(out))
    assert done.returncode == 1
    assert "line 3  'glad' is no emotion; write a number from -2 to +2, or nothing" in done.stdout
    assert "line 4  'Pays' is neither a stage nor a step" in done.stdout


def test_its_long_wall_is_broken_into_pages(wall: Path, run: Run) -> None:
    program = (
        "import journeymap as jm\n"
        "journey = jm.Journey('Long', [jm.Stage(f'Part {n}', [jm.Touchpoint(f'Step {n}.{m}') for m in range(3)]) for n in range(30)])\n"
        "print([scene.title for scene in jm.render(journey, 'sticky-notes', pages='a4').scenes])\n"
    )
    done = run(wall, "-c", program)
    assert done.returncode == 0, done.stderr
    assert "'Long, page 2 of " in done.stdout


def test_a_name_that_two_packages_offer_names_both(wall: Path, faulty: Path, run: Run, tmp_path: Path) -> None:
    done = run(wall, faulty, "-m", "journeymap", "render", "-", "-o", str(tmp_path / "x.svg"), "--renderer", "sticky-notes", text=MAP)
    assert done.returncode == 2
    told = "the renderer 'sticky-notes' is offered by journeymap-wall and other-notes; uninstall one of them"
    assert told in " ".join(done.stderr.split())
    listed = run(wall, faulty, "-m", "journeymap", "list")
    assert listed.returncode == 0, listed.stderr
    words = " ".join(listed.stdout.split()).replace("- ", "-")
    assert f"(unusable) {told}" in words
    assert "The full map" in words, "what is built in stands beside it"


def test_what_cannot_work_is_told_in_a_line(faulty: Path, run: Run) -> None:
    assert run(faulty, "-c", BREAKING).stdout == TOLD
    drawn = run(faulty, "-m", "journeymap", "render", "-", "-o", "-", "--to", "svg", "--renderer", "torn", text=MAP)
    assert drawn.returncode == 2
    assert drawn.stderr == "Error: the renderer 'torn' failed with KeyError: 'a page is missing'; tell those who offer it\n"


def test_others_work_beside_what_does_not(wall: Path, faulty: Path, run: Run, tmp_path: Path) -> None:
    drawing = [
        "-m",
        "journeymap",
        "render",
        "-",
        "-o",
        str(tmp_path / "map.xhtml"),
        "--theme",
        "corkboard",
        "--lanes",
        "steps,satisfaction",
    ]
    done = run(wall, faulty, *drawing, text=MAP)
    assert done.returncode == 0, done.stderr
