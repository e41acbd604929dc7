"""Icons and faces: every name is drawn, nothing leaves its square, and symbols are shared."""

from __future__ import annotations

from typing import get_args

import pytest

from journeymap.errors import RenderError, UnknownName
from journeymap.model import ChannelKind
from journeymap.scene.faces import face
from journeymap.scene.icons import channel_icon, icon, names
from journeymap.scene.shapes import Circle, Close, CurveTo, LineTo, MoveTo, Path, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.theme import DARK, LIGHT

LANES = (
    "steps", "emotion", "thoughts", "pains", "opportunities", "metrics", "frontstage", "backstage", "support",
    "goal", "evidence", "owner", "star", "quote", "clock", "link",
)  # fmt: skip


def extent(shapes: tuple[Shape, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all ink; the bends of curves count, which is more than what is drawn."""
    found: list[tuple[float, float, float, float]] = []
    for shape in shapes:
        match shape:
            case Circle(x=x, y=y, radius=radius, paint=paint):
                reach = radius + (paint.width / 2 if paint.stroke else 0)
                found.append((x - reach, y - reach, x + reach, y + reach))
            case Path(steps=steps, paint=paint):
                half = paint.width / 2 if paint.stroke else 0
                for step in steps:
                    match step:
                        case CurveTo(x1, y1, x2, y2, x, y):
                            corners = [(x1, y1), (x2, y2), (x, y)]
                        case MoveTo(x, y) | LineTo(x, y):
                            corners = [(x, y)]
                        case Close():
                            corners = []
                    found.extend((x - half, y - half, x + half, y + half) for x, y in corners)
            case _:
                raise AssertionError(shape)
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@pytest.mark.parametrize("kind", get_args(ChannelKind))
def test_every_kind_of_channel_has_an_icon_of_its_own(kind: str) -> None:
    assert channel_icon(kind) == kind
    assert icon(kind, size=14, colour="#455064")


@pytest.mark.parametrize("name", LANES)
def test_every_lane_has_an_icon(name: str) -> None:
    assert icon(name, size=16, colour="#455064")


def test_a_kind_that_nobody_knows_has_the_icon_for_other() -> None:
    assert channel_icon("carrier pigeon") == "other"
    assert channel_icon("star") == "other"


def test_no_two_icons_look_alike() -> None:
    drawn = [icon(name, size=16, colour="#000000") for name in names()]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("size", [11, 14, 16, 64])
def test_an_icon_stays_in_its_square_and_fills_it(name: str, size: float) -> None:
    left, top, right, bottom = extent(icon(name, size=size, colour="#000000"))
    assert left >= -0.02 * size
    assert top >= -0.02 * size
    assert right <= 1.02 * size
    assert bottom <= 1.02 * size
    assert max(right - left, bottom - top) >= 0.65 * size


def test_an_unknown_icon_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName, match="no icon 'phome'; did you mean 'phone'"):
        icon("phome", size=14, colour="#000000")


@pytest.mark.parametrize("level", range(1, 6))
def test_a_face_is_a_disc_of_its_radius_and_nothing_leaves_it(level: int) -> None:
    shapes = face(level, radius=15, colour="#1797AE", strokes="#FFFFFF")
    disc = shapes[0]
    assert isinstance(disc, Circle)
    assert (disc.x, disc.y, disc.radius, disc.paint.fill) == (0, 0, 15, "#1797AE")
    left, top, right, bottom = extent(shapes[1:])
    assert max(left**2, right**2) + max(top**2, bottom**2) < 15**2 * 1.25
    assert min(left, top) > -15
    assert max(right, bottom) < 15


def test_faces_differ_by_shape_not_only_by_colour() -> None:
    drawn = {face(level, radius=15, colour="#000000", strokes="#FFFFFF") for level in range(1, 6)}
    assert len(drawn) == 5


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_faces(level: int) -> None:
    with pytest.raises(RenderError, match=f"{level} is no level of emotion; give 1"):
        face(level, radius=15, colour="#000000", strokes="#FFFFFF")
    with pytest.raises(RenderError, match=f"{level} is no level of emotion"):
        Symbols().face(level, x=0, y=0, radius=15, theme=LIGHT)


def test_a_symbol_is_drawn_once_and_used_often() -> None:
    symbols = Symbols()
    uses = [symbols.icon("phone", x=10 * place, y=5, size=14, colour="#455064") for place in range(5)]
    uses.append(symbols.face(4, x=7, y=8, radius=15, theme=LIGHT))
    assert [symbol.id for symbol in symbols.collected()] == ["icon-phone-14-455064", "face-4-15-1797ae-ffffff"]
    assert [(use.symbol, use.x, use.y) for use in uses[1:2]] == [("icon-phone-14-455064", 10, 5)]


def test_other_sizes_colours_and_themes_are_other_symbols() -> None:
    symbols = Symbols()
    symbols.icon("phone", x=0, y=0, size=14, colour="#455064")
    symbols.icon("phone", x=0, y=0, size=16, colour="#455064")
    symbols.icon("phone", x=0, y=0, size=14, colour="#C3CCDA")
    for theme in (LIGHT, DARK):
        symbols.face(1, x=0, y=0, radius=9.5, theme=theme)
    held = symbols.collected()
    assert len({symbol.id for symbol in held}) == len({symbol.shapes for symbol in held}) == 5


def test_two_scenes_do_not_share_symbols() -> None:
    Symbols().icon("phone", x=0, y=0, size=14, colour="#455064")
    assert Symbols().collected() == ()
