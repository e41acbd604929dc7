"""The emotion curve of a journey: every step on it, in words too, for any number of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from attrs import asdict
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Emotion, Journey, Persona, Scale, Stage, Touchpoint
from journeymap.renderers.emotion_curve import emotion_curve
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Circle, Group, Line, Path, Rect, Shape, Text, Use
from journeymap.scene.theme import DARK, LIGHT, Theme, mixed


def loan() -> Journey:
    return Journey(
        "Getting a loan",
        [
            Stage(
                "Apply",
                [
                    Touchpoint("Creates an account", emotion=0),
                    Touchpoint("Uploads proof", emotion=-2, moment=True),
                    Touchpoint("Waits"),
                    Touchpoint("Signs", emotion=Emotion(1, label="relieved"), personas=["maya"]),
                ],
                goal="Submit once, correctly",
                period="Day 4 to 9",
            ),
            Stage("Use", [Touchpoint("Gets the payout", emotion=2, emotions={"tom": -1})]),
        ],
        scale=Scale(1, 5),
        personas=[Persona("Maya", id="maya", role="Café owner"), Persona("Tom", id="tom")],
    )


def many(stages: int, each: int) -> Journey:
    return Journey(
        "Long",
        [
            Stage(f"Stage {s}", [Touchpoint(f"Does step {s}.{t}", id=f"t-{s}-{t}", emotion=(s + t) % 5 - 2) for t in range(each)])
            for s in range(stages)
        ],
    )


def texts_of(scene: Scene) -> list[Text]:
    return [shape for shape in scene.walk() if isinstance(shape, Text)]


def said(scene: Scene) -> list[str]:
    return [" ".join(text.lines) for text in texts_of(scene)]


def point_ids(scene: Scene) -> list[str | None]:
    return [shape.about for shape in scene.walk() if isinstance(shape, Group) and shape.role == "point"]


def test_every_step_is_named_and_every_known_emotion_is_a_point() -> None:
    scene = emotion_curve(loan())
    for words in ("Creates an account", "Uploads proof", "Waits", "Signs", "Gets the payout", "1.1", "1.4", "2.1", "relieved"):
        assert words in said(scene)
    assert point_ids(scene) == ["creates-an-account", "uploads-proof", "signs", "gets-the-payout"]


def test_title_scope_stages_goal_key_and_footer_are_there() -> None:
    words = said(emotion_curve(loan(), persona="maya"))
    for expected in (
        "Getting a loan",
        "Current-state journey · Maya, Café owner",
        "Apply",
        "Day 4 to 9",
        "Submit once, correctly",
        "1 Very negative",
        "Moment of truth",
        "Sources: none named",
        "Lowest point",
    ):
        assert expected in words


def test_the_key_explains_every_face_of_the_axis() -> None:
    words = said(emotion_curve(loan()))
    assert [word for word in words if word.endswith(("egative", "eutral", "ositive"))] == [
        "1 Very negative",
        "2 Negative",
        "3 Neutral",
        "4 Positive",
        "5 Very positive",
    ]


def test_a_mean_of_one_step_is_not_printed() -> None:
    words = said(emotion_curve(loan()))
    assert "2.7" in words
    assert "5.0" not in words


def test_the_mean_of_a_stage_is_that_of_the_persona() -> None:
    assert "2.0" in said(emotion_curve(loan(), persona="tom"))
    assert "2.7" in said(emotion_curve(loan(), persona="maya"))


def test_a_stage_that_speaks_for_silent_steps_shows_its_own_emotion() -> None:
    journey = Journey("Any", [Stage("A", [Touchpoint("B"), Touchpoint("C")], emotion=-1)])
    scene = emotion_curve(journey)
    assert point_ids(scene) == ["a"]
    assert "\u22121" in said(scene)


def test_a_persona_has_a_curve_of_their_own() -> None:
    scene = emotion_curve(loan(), persona="tom")
    assert point_ids(scene) == ["creates-an-account", "uploads-proof", "gets-the-payout"]
    assert "Signs" not in said(scene)
    assert "2" in said(scene)


def test_an_unknown_persona_is_refused_with_a_suggestion() -> None:
    with pytest.raises(RenderError, match="no persona 'maja'; did you mean 'maya'"):
        emotion_curve(loan(), persona="maja")


def test_the_description_tells_all_to_those_who_do_not_see() -> None:
    told = emotion_curve(loan(), persona="maya").description
    for words in ("Maya", "Apply, Use", "Lowest point: Uploads proof", "Signs", "4 of 5, positive, relieved", "Moment of truth", "unknown"):
        assert words in told


def test_the_scene_says_its_language_and_name() -> None:
    scene = emotion_curve(Journey("Kredit", language="de"))
    assert (scene.language, scene.title) == ("de", "Kredit: emotion curve")


def test_a_name_in_two_lines_leaves_no_word_alone() -> None:
    journey = Journey("Any", [Stage("A", [Touchpoint("Finding something to do", id=f"t-{n}", emotion=0) for n in range(8)])])
    found = {text.lines for text in texts_of(emotion_curve(journey)) if text.lines[0].startswith("Finding")}
    assert found <= {("Finding", "something to do"), ("Finding something", "to do")}
    assert found


def test_moments_of_truth_have_a_star_over_and_under_the_curve() -> None:
    stars = [shape for shape in emotion_curve(loan()).walk() if isinstance(shape, Use) and shape.symbol.startswith("icon-star")]
    assert len(stars) == 3


@pytest.mark.parametrize(
    ("journey", "words"),
    [
        (Journey("Empty"), "This journey has no stages yet."),
        (Journey("Silent", [Stage("A", [Touchpoint("B")])]), "Not known yet"),
        (Journey("Bare", [Stage("A"), Stage("C")]), "Not known yet"),
    ],
)
def test_what_is_missing_is_said_in_the_picture(journey: Journey, words: str) -> None:
    assert words in said(emotion_curve(journey))


def test_a_map_kept_at_the_level_of_stages_has_a_point_a_stage() -> None:
    journey = Journey("Care", [Stage("Learn", emotion=Emotion(-1, label="lost")), Stage("Use", emotion=2), Stage("Leave")])
    scene = emotion_curve(journey)
    assert point_ids(scene) == ["learn", "use"]
    assert "lost" in said(scene)
    assert said(scene).count("Learn") == 1


def test_one_step_is_enough() -> None:
    assert point_ids(emotion_curve(Journey("One", [Stage("A", [Touchpoint("B", emotion=1)])]))) == ["b"]


def test_a_long_journey_breaks_between_stages_and_names_its_lowest_point_once() -> None:
    scene = emotion_curve(many(50, 4))
    assert scene.width <= 3400
    assert len(point_ids(scene)) == 200
    assert said(scene).count("Stage") > 5
    assert said(scene).count("Lowest point") == 1
    assert said(scene).count("Key") == 1


def test_a_stage_longer_than_the_sheet_is_continued() -> None:
    words = said(emotion_curve(many(1, 60)))
    assert "Stage 0 (continued)" in words
    assert "1.60" in words


def test_dark_is_the_same_picture_in_other_colours() -> None:
    light, dark = emotion_curve(loan()), emotion_curve(loan(), theme=DARK)
    assert (light.width, light.height) == (dark.width, dark.height)
    assert said(light) == said(dark)
    assert dark.paper == DARK.paper
    assert colours(dark) <= tokens(DARK)
    assert colours(light) <= tokens(LIGHT)


def tokens(theme: Theme) -> set[str]:
    """The colours of a theme, with the tints that its areas have on the band."""
    values = asdict(theme)
    above = mixed(theme.area_positive, theme.area_positive_opacity, theme.band)
    below = mixed(theme.area_negative, theme.area_negative_opacity, theme.band)
    return {value for value in values.values() if isinstance(value, str)} | {*theme.levels, above, below}


def colours(scene: Scene) -> set[str]:
    found = {scene.paper}
    everything: list[Shape] = [*scene.walk(), *(shape for symbol in scene.symbols for shape in symbol.shapes)]
    for shape in everything:
        match shape:
            case Rect(paint=paint) | Circle(paint=paint) | Line(paint=paint) | Path(paint=paint):
                found |= {colour for colour in (paint.fill, paint.stroke) if colour}
            case Text(fill=fill, halo=halo):
                found |= {colour for colour in (fill, halo) if colour}
            case _:
                pass
    return found


NAMES = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60).filter(str.strip)
STEPS = st.builds(lambda name, valence, moment: (name, valence, moment), NAMES, st.none() | st.floats(-2, 2), st.booleans())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NAMES, st.lists(STEPS, max_size=9)), max_size=6))
def test_nothing_leaves_the_sheet_and_no_words_overlap(content: Sequence[tuple[str, Sequence[tuple[str, float | None, bool]]]]) -> None:
    journey = Journey(
        "Any",
        [
            Stage(
                name,
                [Touchpoint(step, id=f"t-{s}-{t}", emotion=valence, moment=moment) for t, (step, valence, moment) in enumerate(steps)],
                id=f"s-{s}",
            )
            for s, (name, steps) in enumerate(content)
        ],
    )
    scene = emotion_curve(journey)
    for text in texts_of(scene):
        assert text.box.x >= -1e-6
        assert text.box.right <= scene.width + 1e-6
        assert text.box.bottom <= scene.height + 1e-6
    for one, other in overlapping(texts_of(scene)):
        raise AssertionError((one.lines, one.box, other.lines, other.box))


def overlapping(found: Sequence[Text]) -> Iterator[tuple[Text, Text]]:
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            apart = one.box.right <= other.box.x + 0.01 or other.box.right <= one.box.x + 0.01
            if not apart and min(one.box.bottom, other.box.bottom) - max(one.box.y, other.box.y) > 0.26 * min(one.size, other.size):
                yield one, other


def several() -> Journey:
    return Journey(
        "Getting a loan",
        [
            Stage(
                "Apply",
                [
                    Touchpoint(
                        "Asks", emotion=Emotion(0, n=25, spread=1), emotions={"maya": 1, "tom": -1}, believed_emotion=2, engagement=5
                    ),
                    Touchpoint("Signs", emotion=Emotion(1, n=25, spread=0.5), emotions={"maya": 2}, believed_emotion=1, engagement=1),
                    Touchpoint("Waits", emotion=-1, personas=["tom"]),
                ],
            )
        ],
        personas=[Persona("Maya", id="maya"), Persona("Tom", id="tom")],
    )


def lines_of(scene: Scene) -> dict[str, Group]:
    return {shape.label or "": shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "line"}


def roles_of(scene: Scene) -> list[str | None]:
    return [shape.role for shape in scene.walk() if isinstance(shape, Path) and shape.role]


def test_several_personas_have_a_line_each_told_apart_without_colour() -> None:
    scene = emotion_curve(several(), personas=["maya", "tom"])
    found = lines_of(scene)
    assert list(found) == ["Maya", "Tom"]
    dashes = [next(shape.paint.dash for shape in line.shapes if isinstance(shape, Path)) for line in found.values()]
    marks = [type(line.shapes[-1]) for line in found.values()]
    assert dashes[0] != dashes[1]
    assert marks == [Circle, Path]
    assert point_ids(scene) == []
    assert [words for words in said(scene) if words.startswith(("Maya ", "Tom "))] == ["Maya +1", "Tom −1", "Maya +2", "Tom +1", "Tom −1"]


def test_a_step_that_a_persona_does_not_meet_is_a_gap_in_their_line() -> None:
    line = lines_of(emotion_curve(several(), personas=["maya"]))["Maya"]
    assert sum(isinstance(shape, Circle) for shape in line.shapes) == 2


def test_the_map_to_be_is_a_ghost_matched_by_id() -> None:
    to = several().replace("asks", emotion=2).rename("signs", "signs-online").replace(name="Later")
    scene = emotion_curve(several(), to=to)
    assert "To be +2" in said(scene)
    assert "To be: Later" in said(scene)
    assert "Only in the map to be: Signs." in said(scene)
    assert len(point_ids(scene)) == 3
    with pytest.raises(RenderError, match="'Other' shares no step with 'Getting a loan'; steps are matched by their ids"):
        emotion_curve(several(), to=Journey("Other"))


def test_the_gap_between_what_is_felt_and_what_is_believed_is_shaded() -> None:
    assert "perception-gap" in roles_of(emotion_curve(several(), believed=True))
    assert "Believed +2" in said(emotion_curve(several(), believed=True))
    assert "perception-gap" not in roles_of(emotion_curve(several()))
    assert "Perception gap" not in said(emotion_curve(loan(), believed=True))


def test_engagement_is_a_line_of_its_own_with_its_own_numbers() -> None:
    scene = emotion_curve(several(), engagement=True)
    assert [words for words in said(scene) if words.startswith("Engagement ")] == ["Engagement 5", "Engagement 1"]
    assert "Engagement, 1 to 5 (the dramatic arc)" in said(scene)


def test_a_band_shows_the_interval_of_the_means_whose_n_and_spread_are_known() -> None:
    scene = emotion_curve(several())
    (band,) = (shape for shape in scene.walk() if isinstance(shape, Path) and shape.role == "interval")
    rules = sorted(shape.y1 for shape in scene.walk() if isinstance(shape, Line) and shape.paint.width == 1.25)
    point = (rules[-1] - rules[0]) / 4
    heights = [step.y for step in band.steps if hasattr(step, "y")]
    first = rules[0] + 2 * point
    assert min(abs(y - (first - 1.96 / 5 * point)) for y in heights) < 0.1
    assert min(abs(y - (first + 1.96 / 5 * point)) for y in heights) < 0.1
    assert "95% interval of the mean" in said(scene)
    assert "interval" not in roles_of(emotion_curve(loan()))


def test_peak_valley_and_end_are_named() -> None:
    words = said(emotion_curve(several()))
    assert words.count("Lowest point") == 1
    assert words.count("Highest point") == 1
    journey = Journey("Up and down", [Stage("Only", [Touchpoint(name, emotion=v) for name, v in (("Up", 2), ("Down", -2), ("On", 0))])])
    assert {"Highest point", "Lowest point", "End"} <= set(said(emotion_curve(journey)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"personas": ["maya", "nobody"]}, "no persona 'nobody'"),
        ({"personas": "maya"}, "personas='maya' is not a list of ids"),
        ({"personas": ["a", "b", "c", "d", "e", "f"]}, "6 personas are more than can be told apart"),
        ({"personas": ["maya"], "persona": "tom"}, "give persona= or personas=, not both"),
        ({"to": "later.yaml"}, "to='later.yaml' is not a Journey"),
    ],
)
def test_lines_that_cannot_be_drawn_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(RenderError, match=message):
        emotion_curve(several(), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_all_lines_at_once_stay_inside(theme: Theme) -> None:
    scene = emotion_curve(several(), theme=theme, to=several(), believed=True, engagement=True)
    for text in texts_of(scene):
        assert text.box.x >= 0
        assert text.box.right <= scene.width
        assert text.box.bottom <= scene.height


def test_no_rule_is_drawn_across_a_line() -> None:
    (lane,) = [shape for shape in emotion_curve(several(), personas=["maya", "tom"]).walk() if getattr(shape, "role", "") == "lane:emotion"]
    assert isinstance(lane, Group)
    rules = [index for index, shape in enumerate(lane.shapes) if isinstance(shape, Line)]
    lines = [index for index, shape in enumerate(lane.shapes) if isinstance(shape, Group) and shape.label]
    assert len(rules) == 5
    assert max(rules) < min(lines)
