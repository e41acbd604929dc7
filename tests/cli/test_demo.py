"""``journeymap demo``: everything that ships is drawn, and the page shows it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import journeymap as jm
from journeymap.cli import main
from journeymap.cli.examples import example_files


class Page(HTMLParser):
    """What the page points to, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        if tag == "a":
            self.links.append(found["href"] or "")
        if tag == "img":
            self.images.append(found)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "maps" / "drawn"
    result = CliRunner().invoke(main, ["demo", "--output", str(folder)], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    return folder, result.stdout


def test_every_example_is_drawn_and_told(demo: tuple[Path, str]) -> None:
    folder, told = demo
    assert len(example_files()) >= 5
    for file in example_files():
        assert jm.read(file).name in told
        assert (folder / f"{file.stem}.svg").read_bytes() == jm.render(jm.read(file)).to("svg")
        assert (folder / file.name).read_bytes() == file.read_bytes()
    assert told.rstrip().endswith(str(folder / "index.html"))


def test_an_emotion_curve_is_drawn_where_there_are_emotions(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    for file in example_files():
        journey, curve = jm.read(file), folder / f"{file.stem}-emotion.svg"
        felt = any(step.emotion for step in (*journey.stages, *journey.touchpoints))
        assert curve.exists() == felt
        assert not felt or curve.read_bytes() == jm.render(journey, "emotion-curve").to("svg")


def test_the_page_points_to_what_is_there_and_to_nothing_else(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    text = (folder / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    images = [str(image["src"]) for image in page.images]
    assert {*page.links, *images} == {path.name for path in folder.iterdir()} - {"index.html"}
    assert all(image["alt"] and image["width"] and image["height"] for image in page.images)
    assert "script" not in page.tags
    assert not re.search(r"https?:|@import|url\(", text)


def test_a_map_can_be_drawn_again_over_itself(demo: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = demo
    first = example_files()[0]
    before = {path.name: path.read_bytes() for path in folder.glob(f"{first.stem}*")}
    monkeypatch.setattr("journeymap.cli.demo.example_files", lambda: (first,))
    result = CliRunner().invoke(main, ["demo", "-o", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.glob(f"{first.stem}*")} == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    result = CliRunner().invoke(main, ["demo", "-o", str(tmp_path / "taken")], catch_exceptions=False)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {tmp_path / 'taken'}: cannot be made a folder (File exists); name another with --output\n"
