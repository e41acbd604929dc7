"""What is moved or scaled stays the same picture."""

from __future__ import annotations

import pytest

from journeymap.backends.svg import svg
from journeymap.scene import Scene, Text
from journeymap.scene.shapes import Circle, Group, Line, Rect
from journeymap.scene.transform import moved, scaled
from journeymap.testing.scenes import sample_scenes


@pytest.mark.parametrize("scene", sample_scenes(), ids=lambda scene: scene.title[:12])
def test_twice_as_large_and_back_is_the_same_picture(scene: Scene) -> None:
    assert svg([scaled(scaled(scene, 2.0), 0.5)]) == svg([scene])


@pytest.mark.parametrize("scene", sample_scenes(), ids=lambda scene: scene.title[:12])
def test_moved_there_and_back_is_the_same_picture(scene: Scene) -> None:
    assert moved(moved(scene.shapes, 64.0, -32.0), -64.0, 32.0) == tuple(scene.shapes)


def test_every_length_grows() -> None:
    scene, grown = sample_scenes()[0], scaled(sample_scenes()[0], 2.0)
    assert (grown.width, grown.height) == (2 * scene.width, 2 * scene.height)
    for one, other in zip(scene.walk(), grown.walk(), strict=True):
        if isinstance(one, Rect) and isinstance(other, Rect):
            assert (other.box.x, other.box.width, other.radius) == (2 * one.box.x, 2 * one.box.width, 2 * one.radius)
            assert (other.paint.width, other.paint.dash) == (2 * one.paint.width, tuple(2 * dash for dash in one.paint.dash))
        if isinstance(one, Circle) and isinstance(other, Circle):
            assert (other.x, other.radius) == (2 * one.x, 2 * one.radius)
        if isinstance(one, Line) and isinstance(other, Line):
            assert (other.x1, other.y2) == (2 * one.x1, 2 * one.y2)
        assert not isinstance(one, Group) or one.label == getattr(other, "label", None)


def test_letters_keep_their_place_in_their_box() -> None:
    for one, other in zip(sample_scenes()[1].walk(), scaled(sample_scenes()[1], 0.5).walk(), strict=True):
        if isinstance(one, Text) and isinstance(other, Text):
            assert other.size == one.size / 2
            assert (other.x - other.box.x, other.leading) == pytest.approx(((one.x - one.box.x) / 2, one.leading / 2))
