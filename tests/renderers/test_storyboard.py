"""The storyboard: a frame a touchpoint, with its own picture or a drawing, thoughts in bubbles, in rows that fit."""

from __future__ import annotations

import base64

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Channel, Journey, Persona, Scale, Stage, Touchpoint
from journeymap.renderers.steps import steps_by_stage
from journeymap.renderers.storyboard import storyboard
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Image, Path, Rect, Text, Use
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.scenes import PNG
from journeymap.testing.strategies import journeys

PICTURE = "data:image/png;base64," + base64.b64encode(PNG).decode()


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def frame_of(group: Group) -> Box:
    frame = group.shapes[0]
    assert isinstance(frame, Rect)
    return frame.box


def frames(scene: Scene) -> dict[str, Box]:
    return {group.about or "": frame_of(group) for group in groups(scene, "touchpoint")}


def one(touchpoint: Touchpoint, **options: str) -> Group:
    """The frame of a journey that has a single one."""
    (found,) = groups(storyboard(Journey("Any", [Stage("S", [touchpoint])], scale=Scale(1, 5)), **options), "touchpoint")  # type: ignore[arg-type]  # plain words
    return found


def words(group: Group) -> list[str]:
    return [" ".join(shape.lines) for shape in group.shapes if isinstance(shape, Text)]


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(storyboard)
    check_renderer(storyboard, theme=DARK, max_width=500)


def test_a_frame_says_number_name_channel_thought_and_feeling() -> None:
    found = one(Touchpoint("Calls", channel="Phone", emotion=-1, thoughts=["Again?"], moment=True))
    assert words(found) == ["“Again?”", "1.1", "Calls", "Phone"]
    assert [shape.symbol.split("-")[:2] for shape in found.shapes if isinstance(shape, Use)] == [
        ["face", "2"],
        ["icon", "phone"],
        ["icon", "star"],
        ["icon", "phone"],
    ]
    assert found.label == "Step 1.1: Calls. Channel: Phone. Emotion 2 of 5, negative. Moment of truth. They think: Again?"
    assert found.about == "calls"


def test_what_is_not_known_is_not_made_up() -> None:
    found = one(Touchpoint("Waits"))
    assert words(found) == ["1.1", "Waits"]
    assert not [shape for shape in found.shapes if isinstance(shape, Use)]
    assert "Emotion unknown" in (found.label or "")
    assert "Key" not in words(Group(shapes=storyboard(Journey("Any", [Stage("S", [Touchpoint("A")])])).walk()))


def test_the_pictures_that_a_touchpoint_carries_are_shown_whole() -> None:
    drawn = one(Touchpoint("Looks", channel=Channel("Web", kind="website")))
    shown = one(Touchpoint("Looks", channel=Channel("Web", kind="website"), images=["https://example.org/a.png", PICTURE], emotion=2))
    (image,) = (shape for shape in shown.shapes if isinstance(shape, Image))
    assert image.data == PNG
    assert image.box.width / image.box.height == pytest.approx(20 / 12)
    panel = shown.shapes[1]
    assert isinstance(panel, Rect)
    assert panel.box.x <= image.box.x < image.box.right <= panel.box.right
    assert panel.box.y <= image.box.y < image.box.bottom <= panel.box.bottom + 1e-6
    assert not [shape for shape in drawn.shapes if isinstance(shape, Image)]
    assert [shape.symbol.split("-")[:2] for shape in shown.shapes if isinstance(shape, Use)] == [["face", "5"], ["icon", "website"]]


def test_a_picture_that_is_cut_off_is_not_drawn() -> None:
    broken = "data:image/png;base64," + base64.b64encode(PNG[:-9]).decode()
    assert not [shape for shape in one(Touchpoint("Looks", images=[broken])).shapes if isinstance(shape, Image)]


def test_the_bubble_holds_the_thought_and_points_to_who_thinks_it() -> None:
    found = one(Touchpoint("Calls", channel="Phone", emotion=1, thoughts=["A rather long thought that takes more than a line of its own."]))
    thought = next(shape for shape in found.shapes if isinstance(shape, Text))
    bubble = next(shape for shape in found.shapes[2:] if isinstance(shape, Rect) and shape.box.y <= thought.box.y < shape.box.bottom)
    assert bubble.box.x < thought.box.x
    assert thought.box.right < bubble.box.right
    assert thought.box.bottom < bubble.box.bottom
    face = next(shape for shape in found.shapes if isinstance(shape, Use))
    tails = [shape for shape in found.shapes if isinstance(shape, Path) and len(shape.steps) == 3]
    tip = tails[0].steps[1]
    assert (getattr(tip, "x", None), getattr(tip, "y", 0.0) < face.y) == (face.x, True)


def test_the_tint_follows_the_feeling() -> None:
    tints = [one(Touchpoint("A", emotion=emotion)).shapes[1] for emotion in (-2, -1, 0, None, 1, 2)]
    fills = [tint.paint.fill for tint in tints if isinstance(tint, Rect)]
    assert fills[0] == fills[1] != fills[2] == fills[3] == LIGHT.backstage != fills[4] == fills[5]


def test_frames_of_a_row_are_alike_and_rows_break_at_the_width() -> None:
    stages = [Stage(f"S{s}", [Touchpoint(f"t{s}{i}", thoughts=["word " * 9 * i] if i else []) for i in range(4)]) for s in range(3)]
    scene = storyboard(Journey("Any", stages), max_width=1100)
    rows: dict[float, list[Box]] = {}
    for box in frames(scene).values():
        rows.setdefault(box.y, []).append(box)
    assert [len(row) for row in rows.values()] == [4, 4, 4]
    assert all(len({box.height for box in row}) == 1 for row in rows.values())
    assert all(box.right <= 1100 for row in rows.values() for box in row)
    assert len(groups(scene, "system")) == 3


def test_a_stage_kept_as_a_whole_is_a_frame_and_an_empty_journey_a_note() -> None:
    scene = storyboard(Journey("Any", [Stage("Wait", emotion=-1, thoughts=["Silence."])]))
    assert set(frames(scene)) == {"wait"}
    empty = storyboard(Journey("Any"))
    assert any("This journey has no stages yet." in " ".join(shape.lines) for shape in empty.walk() if isinstance(shape, Text))


def test_a_persona_has_their_own_frames_and_faces() -> None:
    people = [Persona("Ada", id="ada"), Persona("Tom", id="tom")]
    steps = [Touchpoint("A", personas=["ada"]), Touchpoint("B", emotion=1, emotions={"tom": -2})]
    journey = Journey("Any", [Stage("S", steps)], personas=people)
    assert set(frames(storyboard(journey, persona="tom"))) == {"b"}
    assert "very negative" in storyboard(journey, persona="tom").description
    with pytest.raises(RenderError, match="there are: ada, tom"):
        storyboard(journey, persona="eve")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(journeys(), st.sampled_from([500.0, 1880.0]))
def test_every_step_has_a_frame_and_no_frames_overlap(journey: Journey, max_width: float) -> None:
    scene = storyboard(journey, max_width=max_width)
    assert not list(faults(scene))
    persona = journey.personas[0].id if len(journey.personas) == 1 else None
    assert [group.about for group in groups(scene, "touchpoint")] == [
        step.about for held in steps_by_stage(journey, persona) for step in held.steps
    ]
    boxes = [frame_of(group) for group in groups(scene, "touchpoint")]
    for index, first in enumerate(boxes):
        assert 0 <= first.x < first.right <= scene.width
        for other in boxes[index + 1 :]:
            assert first.right <= other.x or other.right <= first.x or first.bottom <= other.y or other.bottom <= first.y
