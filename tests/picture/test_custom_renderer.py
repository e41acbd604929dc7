"""The renderer that the README shows: short, and good for every kind of picture."""

from __future__ import annotations

import ast
import importlib.util
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

import journeymap as jm
from journeymap.plugins import RENDERERS
from journeymap.scene.shapes import Rect
from journeymap.scene.theme import LIGHT
from journeymap.testing import check_renderer

EXAMPLE = Path(__file__).parents[2] / "examples" / "custom_renderer.py"
JOURNEY = jm.Journey(
    "Buy a bike",
    [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2), jm.Touchpoint("Waits"), jm.Touchpoint("Pays", emotion=-1.5)])],
)


@pytest.fixture(autouse=True)
def bars() -> Iterator[None]:
    spec = importlib.util.spec_from_file_location("custom_renderer", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    yield
    RENDERERS.unregister("bars")


def test_it_takes_at_most_15_lines() -> None:
    function = next(node for node in ast.parse(EXAMPLE.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef))
    assert function.end_lineno is not None
    assert function.end_lineno - function.decorator_list[0].lineno + 1 <= 15


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_draws_every_kind_of_picture_in_every_theme(suffix: str, start: bytes, theme: str) -> None:
    assert jm.render(JOURNEY, "bars", theme=theme).to(suffix).startswith(start)


def test_each_step_that_is_felt_has_its_bar() -> None:
    scene = jm.render(JOURNEY, "bars").scene
    drawn = {shape.about: shape.box for shape in scene.walk() if isinstance(shape, Rect)}
    assert list(drawn) == ["test-ride", "pays"]
    assert drawn["test-ride"].x == drawn["pays"].right
    assert drawn["test-ride"].width == pytest.approx(drawn["pays"].width * 4 / 3)
    assert all(box.x >= 0 and box.right <= scene.width and box.bottom <= scene.height for box in drawn.values())


def test_it_keeps_the_rules_for_renderers() -> None:
    check_renderer("bars")
    check_renderer("bars", journeys=[jm.Journey("A journey of a very long name " * 9, JOURNEY.stages, language="de")])
    assert jm.render(jm.Journey("Reise", JOURNEY.stages, language="de"), "bars").scene.language == "de"


@pytest.mark.parametrize("valence", [-2, -1.5, -0.5, -0.4, 0, 0.5, 1.2])
def test_a_bar_has_the_colour_of_its_level(valence: float) -> None:
    journey = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Pays", emotion=valence)])])
    (bar,) = (shape for shape in jm.render(journey, "bars").scene.walk() if isinstance(shape, Rect))
    assert bar.paint.fill == LIGHT.levels[jm.Emotion(valence).level - 1]


def test_its_svg_can_be_read() -> None:
    text = "".join(ET.fromstring(jm.render(JOURNEY, "bars").to("svg", font="system")).itertext())
    for words in ("Buy a bike", "Test ride", "+2", "Pays", "-1.5"):
        assert words in text
