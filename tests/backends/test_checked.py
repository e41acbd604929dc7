from __future__ import annotations

import math

import numpy as np
import pytest

from journeymap.backends.checked import checked
from journeymap.errors import RenderError
from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import (
    Box,
    Circle,
    Close,
    CurveTo,
    Group,
    Image,
    Line,
    LineTo,
    MoveTo,
    Paint,
    Path,
    Rect,
    Text,
    Use,
)
from journeymap.testing.scenes import PNG, sample_scenes

BOX = Box(x=0, y=0, width=10, height=10)
PAINT = Paint(fill="#000000")


def scene(*held, **fields):
    return Scene(**{"width": 200, "height": 100, "title": "A map", "shapes": held, **fields})


def text(**fields):
    return Text(**{"lines": ["Pays"], "x": 1, "y": 1, "box": BOX, "size": 13, "fill": "#000000", **fields})


def path(*steps):
    return Path(steps=steps, paint=PAINT)


def test_scenes_that_can_be_drawn_come_back_as_they_are():
    assert checked(iter(sample_scenes())) == sample_scenes()


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (
            Rect(box=Box(x=0, y=math.nan, width=1, height=1), paint=PAINT, about="pay"),
            r"Rect about 'pay': box.y is nan; every number has to be",
        ),
        (Rect(box=BOX, paint=PAINT, radius=math.inf), "radius is inf"),
        (Rect(box=Box(x=0, y=0, width=-3, height=1), paint=PAINT), "Rect: -3 is negative"),
        (Rect(box=BOX, paint=Paint(stroke="#000000", width=math.nan)), "paint.width is nan"),
        (Rect(box=BOX, paint=Paint(fill="#000000", fill_opacity=1.5)), "opacity 1.5 is above 1"),
        (Rect(box=BOX, paint=Paint(fill="red")), "'red' is not a colour; write #RRGGBB"),
        (Rect(box=BOX, paint=Paint(fill="#FFF")), "'#FFF' is not a colour"),
        (Rect(box=BOX, paint=Paint(stroke="#00000G")), "'#00000G' is not a colour"),
        (Line(x1=0, y1=0, x2=-math.inf, y2=1, paint=PAINT), "x2 is -inf"),
        (Line(x1=0, y1=0, x2=1, y2=1, paint=Paint(stroke="#000000", dash=(0, 0))), r"dashes \(0, 0\) have no length"),
        (Line(x1=0, y1=0, x2=1, y2=1, paint=Paint(stroke="#000000", dash=(3, -1))), "-1 is negative"),
        (Circle(x=0, y=0, radius=-1, paint=PAINT), "-1 is negative"),
        (path(MoveTo(0, 0), CurveTo(0, 0, math.nan, 0, 0, 0)), r"steps\[1\].x2 is nan"),
        (path(LineTo(0, 0)), "does not begin with MoveTo"),
        (path(MoveTo(0, 0), LineTo(1, 1), Close(), LineTo(2, 2)), "one after each Close"),
        (text(size=0), "the size is 0"),
        (text(size=math.nan), "size is nan"),
        (text(leading=-1), "-1 is negative"),
        (text(fill="url(#x)"), "is not a colour"),
        (text(halo="white"), "'white' is not a colour"),
        (text(weight=450), "weight 450"),
        (text(anchor="left"), "anchor 'left'"),
        (Image(box=BOX, data=b"<svg/>", media_type="image/png"), "the data is no image/png"),
        (Image(box=BOX, data=PNG, media_type="image/jpeg"), "the data is no image/jpeg"),
        (Image(box=BOX, data=PNG, media_type="image/svg+xml"), "the data is no image/svg"),
        (Use(symbol="star", x=0, y=0), "no symbol 'star'; put it into the scene's symbols"),
        (Use(symbol="dot", x=math.nan, y=0), "x is nan"),
        ("a string", "'a string'"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_its_name_and_a_remedy(shape, message):
    symbols = [Symbol("dot", [Circle(x=0, y=0, radius=1, paint=PAINT)])]
    for held in (shape, Group(shapes=[Group(shapes=[shape])])):
        with pytest.raises(RenderError, match=message):
            checked([scene(held, symbols=symbols)])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": " "}, "has no title"),
        ({"width": 0}, "is 0 x 100 px"),
        ({"height": math.inf}, "is 200 x inf px"),
        ({"width": math.nan}, "is nan x 100 px"),
        ({"paper": "white"}, "'white' is not a colour"),
        ({"symbols": [Symbol("a", []), Symbol("a", [])]}, "two symbols are called 'a'"),
        ({"symbols": [Symbol("a", [Use(symbol="a", x=0, y=0)])]}, "no symbol 'a'"),
        ({"symbols": [Symbol("a", [Rect(box=BOX, paint=Paint(fill="red"))])]}, "'red' is not a colour"),
    ],
)
def test_a_sheet_that_cannot_be_drawn_is_told(fields, message):
    with pytest.raises(RenderError, match=message):
        checked([scene(**fields)])


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (Rect(box=Box(x="1", y=0, width=1, height=1), paint=PAINT, about="pay"), r"^Rect about 'pay': box\.x '1' is not a number"),
        (Rect(box=BOX, paint=None), "Rect: paint None is not Paint"),
        (Rect(box=None, paint=PAINT), "Rect: box None is not Box"),
        (Circle(x=0, y=0, radius=None, paint=PAINT), "Circle: radius None is not a number"),
        (Line(x1=0, y1=0, x2=1, y2="2", paint=Paint(stroke="#000000", dash=("3",))), "Line: y2 '2' is not a number"),
        (Line(x1=0, y1=0, x2=1, y2=2, paint=Paint(stroke="#000000", dash=("3",))), r"Line: paint\.dash\[0\] '3' is not a number"),
        (Rect(box=BOX, paint=Paint(fill=3)), r"Rect: paint\.fill 3 is not text or None"),
        (path(1), r"Path: steps\[0\] 1 is not MoveTo or LineTo or CurveTo or Close"),
        (path(MoveTo(0, None)), r"Path: steps\[0\]\.y None is not a number"),
        (Image(box=BOX, data="str", media_type="image/png"), "Image: data 'str' is not bytes"),
        (Image(box=BOX, data=PNG, media_type=None), "Image: media_type None is not text"),
        (text(about=5), "Text about 5: about 5 is not text or None"),
        (text(lines=[None]), r"Text: lines\[0\] None is not text"),
        (text(size="13"), "Text: size '13' is not a number"),
        (text(weight="bold"), "Text: weight 'bold' is not a"),
        (Use(symbol=[], x=0, y=0), r"Use: symbol \[\] is not text"),
        (Group(shapes=[], label=7), "Group: label 7 is not text or None"),
        (None, "None is not a shape"),
    ],
)
def test_what_has_the_wrong_type_is_told_by_shape_and_field(shape, message):
    with pytest.raises(RenderError, match=message):
        checked([scene(shape)])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": None}, "Scene: title None is not text"),
        ({"width": "10"}, "Scene: width '10' is not a number"),
        ({"paper": 3}, "Scene: paper 3 is not text"),
        ({"language": None}, "Scene: language None is not text"),
        ({"symbols": ["dot"]}, r"Scene: symbols\[0\] 'dot' is not Symbol"),
        ({"symbols": [Symbol(None, [])]}, "Symbol: id None is not text"),
    ],
)
def test_a_sheet_of_the_wrong_type_is_told_by_field(fields, message):
    with pytest.raises(RenderError, match=message):
        checked([scene(**fields)])


@pytest.mark.parametrize("scenes", [None, 5, scene()])
def test_scenes_come_in_a_list(scenes):
    with pytest.raises(RenderError, match="put one into a list"):
        checked(scenes)


def test_numbers_of_numpy_are_numbers():
    checked([scene(Rect(box=Box(x=np.float32(1), y=np.int64(2), width=3, height=4), paint=PAINT))])


def test_something_has_to_be_drawn():
    with pytest.raises(RenderError, match="no scene to draw"):
        checked([])
    with pytest.raises(RenderError, match="is not a Scene"):
        checked([None])
