"""Our backends keep the rules of the kit, and the kit finds out those that do not."""

from __future__ import annotations

import itertools

import pytest
from attrs import evolve

from journeymap.backends.matplotlib import pdf, png
from journeymap.backends.pptx import pptx
from journeymap.backends.svg import svg
from journeymap.scene.shapes import Circle, Group, Rect, Text
from journeymap.testing.backends import check_backend

MISSING_LETTERS = pytest.mark.filterwarnings("ignore:.* characters are drawn as")


@pytest.mark.parametrize(
    ("backend", "suffix", "options"),
    [
        (svg, "svg", {}),
        (svg, "svg", {"font": "system"}),
        pytest.param(png, "png", {"dpi": 96}, marks=MISSING_LETTERS),
        pytest.param(pdf, "pdf", {}, marks=MISSING_LETTERS),
        (pptx, "pptx", {}),
    ],
)
def test_our_backends_conform(backend, suffix, options):
    check_backend(backend, suffix=suffix, **options)


def plain(scenes):
    return svg(scenes, font="system")


def changed(change):
    """A backend that draws each shape as ``change`` leaves it, or not at all."""

    def kept(shapes):
        for shape in shapes:
            found = change(shape)
            if found is not None:
                yield evolve(found, shapes=kept(found.shapes)) if isinstance(found, Group) else found

    return lambda scenes: plain([evolve(scene, shapes=kept(scene.shapes)) for scene in scenes])


def without_circle(shape):
    return None if isinstance(shape, Circle) else shape


def without_dashes(shape):
    return evolve(shape, paint=evolve(shape.paint, dash=())) if isinstance(shape, Rect) else shape


def without_halo(shape):
    return evolve(shape, halo=None) if isinstance(shape, Text) else shape


def without_checks(scenes):
    try:
        return plain(scenes)
    except ValueError:
        return b"<svg/>"


def without_leading(shape):
    """Lines of text that tells no leading, one upon another."""
    return evolve(shape, leading=0.001) if isinstance(shape, Text) and not shape.leading else shape


def stumbling_over_nothing(scenes):
    first, *others = [scenes[number] for number in range(max(1, len(scenes)))]
    return plain([first, *others])


counter = itertools.count()


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        (lambda scenes: plain(scenes).decode(), "gives str for the scene 'Every shape'"),
        (lambda _: b"", "and not bytes"),
        (lambda scenes: b"GIF89a" + plain(scenes), "does not begin like a svg file"),
        (lambda scenes: plain(scenes) + b"<!-- %d -->" % next(counter), "other bytes when it draws"),
        (changed(without_circle), "whether there is a Circle"),
        (changed(without_dashes), "the dashes of a stroke"),
        (changed(without_halo), "the halo of text"),
        (changed(without_leading), "that tells no leading stand 1.34 sizes apart"),
        (lambda scenes: plain(scenes).replace(b"Typographic", b"T"), "'Weight 400: Typographic AVAToW 0123' are not in the file"),
        (lambda scenes: plain(scenes).replace(b"</svg>", b"<script/></svg>"), "there is a <script> in the file"),
        (lambda scenes: plain(scenes).replace(b"</svg>", b"<g onload='x'/></svg>"), "there is an event handler onload"),
        (lambda scenes: plain(scenes).replace(b"</svg>", b"<a href='javascript:x'/></svg>"), "there is a link to 'javascript:x'"),
        (lambda scenes: plain(scenes).replace(b"&lt;", b"<"), "is not well-formed"),
        (without_checks, "it has to raise RenderError for no scene at all"),
        (stumbling_over_nothing, "it raises IndexError for no scene at all, and not RenderError"),
    ],
)
def test_the_kit_finds_faults(faulty, message):
    with pytest.raises(AssertionError, match=message):
        check_backend(faulty, suffix="svg")


def test_the_words_of_any_markup_are_looked_at():
    with pytest.raises(AssertionError, match="'Weight 400: Typographic AVAToW 0123' are not in the file"):
        check_backend(lambda scenes: plain(scenes).replace(b"Typographic", b"T"), suffix="xhtml")
