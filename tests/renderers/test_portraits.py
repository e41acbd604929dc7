"""Portraits in data addresses: drawn if they can be, else the initials stand there."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image as Raster

import journeymap as jm
from journeymap.renderers.swimlane.portraits import is_whole
from journeymap.scene.shapes import Image


def picture(kind, **options):
    stream = io.BytesIO()
    Raster.linear_gradient("L").convert("RGB").save(stream, kind, **options)
    return stream.getvalue()


def drawn(kind, data):
    address = f"data:image/{kind};base64," + base64.b64encode(data).decode()
    return jm.render(jm.Journey("Buy a bike", [jm.Stage("Buy")], personas=[jm.Persona("Jamie Fox", image=address)]))


def portraits(found):
    return [shape for shape in found.scene.walk() if isinstance(shape, Image)]


@pytest.mark.parametrize(("kind", "options"), [("png", {}), ("jpeg", {}), ("jpeg", {"progressive": True})])
def test_a_whole_portrait_is_drawn(kind, options):
    found = drawn(kind, picture(kind, **options))
    assert [shape.title for shape in portraits(found)] == ["Jamie Fox"]
    assert found.to("png", dpi=24)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_broken_portrait_leaves_the_initials(kind):
    whole = picture(kind)
    for broken in (whole[: len(whole) // 2], whole[:12], whole[:-20]):
        found = drawn(kind, broken)
        assert portraits(found) == []
        assert "JF" in found.to("svg", font="system").decode()
        assert found.to("png", dpi=24)


def test_a_changed_dot_is_noticed():
    whole = bytearray(picture("png"))
    whole[60] ^= 1
    assert not is_whole(bytes(whole))


def test_a_portrait_that_would_fill_the_memory_is_not_drawn():
    stream = io.BytesIO()
    Raster.new("1", (6000, 6000)).save(stream, "png")
    assert not is_whole(stream.getvalue())
