"""The svg that a browser draws and the png that matplotlib draws are one picture."""

from __future__ import annotations

import io
import shutil

import numpy as np
import pytest
from PIL import Image as Raster

from journeymap.backends.matplotlib import png
from journeymap.backends.svg import svg
from journeymap.scene.text import Measure, Style
from journeymap.testing.scenes import lettering, scripts, shapes

pytestmark = pytest.mark.browser

SCALE = 2


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def opened(browser):
    pages = []

    def show(scene):
        page = browser.new_page(viewport={"width": int(scene.width), "height": int(scene.height)}, device_scale_factor=SCALE)
        pages.append(page)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        # Letters as they are designed: on a coarse screen a browser moves their tops to whole dots.
        style = "<style>body{margin:0}svg{display:block;text-rendering:geometricPrecision}</style>"
        page.set_content(style + svg([scene]).decode().partition("?>")[2])
        page.evaluate("document.fonts.ready")
        assert [url for url in asked if not url.startswith(("data:", "about:"))] == []
        return page

    yield show
    for page in pages:
        page.close()


@pytest.mark.parametrize(("scene", "share"), [(shapes(), 0.02), (lettering(), 0.08)], ids=["shapes", "lettering"])
def test_both_draw_the_same(opened, scene, share):
    theirs = np.asarray(Raster.open(io.BytesIO(opened(scene).screenshot())).convert("RGB")).astype(float)
    ours = np.asarray(Raster.open(io.BytesIO(png([scene], dpi=96 * SCALE)))).astype(float)
    assert theirs.shape == ours.shape
    difference = np.abs(theirs - ours).mean() / (255 - theirs).mean()
    assert difference < share
    shifted = [np.abs(theirs - np.roll(ours, move, axis)).mean() for move in (-1, 1) for axis in (0, 1)]
    assert min(shifted) > 4 * np.abs(theirs - ours).mean()


def test_the_embedded_letters_are_those_that_were_measured(opened):
    scene = lettering()
    page = opened(scene)
    widths = page.evaluate("[...document.querySelectorAll('text')].map(t => [t.textContent, t.getComputedTextLength(), t.children.length])")
    measure = Measure()
    texts = {text.lines[0]: text for text in scene.walk() if hasattr(text, "lines")}
    single = [(words, width) for words, width, lines in widths if not lines]
    assert len(single) > 8
    for words, width in single:
        text = texts[words]
        expected = measure.width(words, Style(size=text.size, weight=text.weight, italic=text.italic))
        assert expected * 0.95 < width < expected + 0.2


def test_text_from_right_to_left_ends_where_the_scene_says(opened):
    page = opened(scripts())
    ends = page.evaluate(
        "[...document.querySelectorAll('text[text-anchor=end]')].map(t => { const b = t.getBBox(); return b.x + b.width })"
    )
    assert ends == pytest.approx([230, 230], abs=0.5)


def test_loose_spaces_take_room_in_the_browser_too(opened):
    from journeymap.scene.scene import Scene
    from journeymap.scene.shapes import Box, Text

    box = Box(x=0, y=0, width=180, height=40)
    held = [Text(lines=lines, x=0, y=20, box=box, size=13, leading=17, fill="#000000") for lines in (["a b"], ["a  b"], ["x", "a  b"])]
    page = opened(Scene(width=200, height=100, title="Spaces", shapes=held))
    one, two, in_lines = page.evaluate("[...document.querySelectorAll('text')].map(t => (t.lastElementChild || t).getComputedTextLength())")
    assert two > one + 2
    assert in_lines == pytest.approx(two)
