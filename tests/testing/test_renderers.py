from __future__ import annotations

import itertools

import pytest
from attrs import evolve

from journeymap.errors import UnknownName
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Paint, Rect, Text
from journeymap.scene.text import Measure, Style, text_block
from journeymap.testing.journeys import empty, sample_journeys, small, wide
from journeymap.testing.renderers import check_renderer, faults


def as_list(journey, *, size=13.0):
    """A custom renderer as a user writes one."""
    measure = Measure()
    words = [journey.name, *(touchpoint.name for touchpoint in journey.touchpoints)]
    held = []
    top = 16.0
    for line in words:
        held.append(text_block(line, box=Box(x=16, y=top, width=300, height=0), style=Style(size), fill="#1B2333", measure=measure))
        top = held[-1].box.bottom + 8
    return Scene(width=332, height=top + 8, shapes=held, title=journey.name, description=". ".join(words))


def test_a_renderer_that_keeps_the_rules_passes():
    check_renderer(as_list)
    check_renderer(as_list, size=20)
    check_renderer(lambda journey: [as_list(journey), as_list(journey)])


counter = itertools.count()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda scene: evolve(scene, description=""), "for the journey 'Yet to be mapped': the scene has no description"),
        (lambda scene: evolve(scene, title=""), "no backend can draw the scene: the scene has no title"),
        (lambda scene: evolve(scene, width=10), "the text 'Yet to be mapped' leaves the paper"),
        (lambda scene: evolve(scene, shapes=[evolve(s, x=s.x + 250) for s in scene.shapes]), "'Yet to be mapped' leaves its box"),
        (lambda scene: evolve(scene, shapes=[evolve(s, y=s.y + 9) for s in scene.shapes]), "'Yet to be mapped' leaves its box"),
        (lambda scene: evolve(scene, shapes=[evolve(s, size=40) for s in scene.shapes]), "'Yet to be mapped' leaves its box"),
        (lambda scene: evolve(scene, shapes=[*scene.shapes, *scene.shapes[:1]]), None),
        (lambda scene: evolve(scene, shapes=[*scene.shapes, evolve(scene.shapes[0], about="again")]), "stand on one another"),
        (lambda scene: evolve(scene, title=f"{next(counter)}"), "draws another scene when it is asked again"),
        (lambda _: [], "there is no scene to draw"),
        (lambda _: "a map", "is not a Scene"),
        (lambda _: None, "None is no list of scenes"),
        (lambda _: 5, "5 is no list of scenes"),
    ],
)
def test_the_kit_finds_faults(change, message):
    def faulty(journey):
        return change(as_list(journey))

    if message is None:
        check_renderer(faulty)
    else:
        with pytest.raises(AssertionError, match=message):
            check_renderer(faulty)


def test_the_kits_stand_in_the_package_itself_and_know_names():
    from journeymap.testing import check_backend
    from journeymap.testing import check_renderer as promised

    assert promised is check_renderer
    check_renderer("emotion-curve", journeys=[small()])
    check_backend("svg", suffix="svg")
    with pytest.raises(UnknownName, match="did you mean 'swimlane'"):
        check_renderer("swimlan")


def test_lines_of_one_text_may_be_close():
    close = Text(lines=["one", "two"], x=10, y=20, box=Box(x=10, y=5, width=60, height=40), size=20, leading=10, fill="#000000")
    sheet = Scene(width=100, height=60, title="Close", description="Two lines.", shapes=[close, Rect(box=close.box, paint=Paint())])
    assert list(faults(sheet)) == []


def test_journeys_of_ones_own_can_be_drawn_instead():
    seen = []

    def noting(journey):
        seen.append(journey.name)
        return as_list(journey)

    check_renderer(noting, journeys=[small()])
    assert set(seen) == {small().name}


def test_the_sample_journeys_reach_from_nothing_to_sixty_columns():
    lengths = [len(journey.touchpoints) for journey in sample_journeys()]
    assert lengths[0] == len(empty().touchpoints) == 0
    assert max(lengths) == len(wide().touchpoints) == 60


def test_a_renderer_that_fails_is_told_with_the_journey_that_it_fails_for():
    def failing(journey):
        return as_list(journey) if journey.touchpoints[0].name else None

    with pytest.raises(AssertionError, match="for the journey 'Yet to be mapped': it fails with IndexError") as caught:
        check_renderer(failing)
    assert isinstance(caught.value.__cause__, IndexError)
