"""Plug-ins that load and then fail: what they are called by name tells of them, with their own error behind."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest

import journeymap as jm
from journeymap.errors import PluginError
from journeymap.plugins import BACKENDS, FORMATS, RENDERERS
from journeymap.scene.scene import Scene

JOURNEY = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2)])])


def torn(thing: object) -> bytes:
    """Fails"""
    raise KeyError("a page is missing")


def refusing(thing: object) -> bytes:
    """Refuses, in our own words"""
    raise jm.RenderError("not today")


def warning(thing: object) -> bytes:
    """Warns"""
    warnings.warn("small letters", stacklevel=1)
    return b"drawn"


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    mute = jm.Format(
        summary="Mute",
        suffixes=[".mute"],
        dumps=lambda _: None,  # type: ignore[arg-type, return-value]  # that is the test
        dumps_atlas=lambda _: b"",  # type: ignore[arg-type, return-value]  # that is the test
    )
    packed = jm.Format(
        summary="Packed",
        suffixes=[".packed"],
        to_bytes=lambda _: "text",  # type: ignore[arg-type, return-value]  # that is the test
    )
    for name, function in (("torn", torn), ("refusing", refusing), ("warning", warning)):
        RENDERERS.register(name, function)  # type: ignore[arg-type]  # that is the test
        BACKENDS.register(name, function)
    FORMATS.register("mute", mute)
    FORMATS.register("packed", packed)
    yield
    for name in ("torn", "refusing", "warning"):
        RENDERERS.unregister(name)
        BACKENDS.unregister(name)
    FORMATS.unregister("mute")
    FORMATS.unregister("packed")


def test_a_renderer_asked_for_by_name_that_fails_is_told_with_its_error_behind() -> None:
    with pytest.raises(PluginError, match="the renderer 'torn' failed with KeyError: 'a page is missing'; tell those") as caught:
        jm.render(JOURNEY, "torn")
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(KeyError, match="a page is missing"):
        jm.render(JOURNEY, torn)  # type: ignore[arg-type]  # whoever gives a function wants its own error


def test_a_backend_that_fails_is_told_with_its_error_behind() -> None:
    with pytest.raises(PluginError, match="the backend 'torn' failed with KeyError") as caught:
        jm.render(JOURNEY).to("torn")
    assert isinstance(caught.value.__cause__, KeyError)


def test_what_is_ours_passes_as_it_is() -> None:
    with pytest.raises(jm.RenderError, match=r"^not today$"):
        jm.render(JOURNEY, "refusing")
    with pytest.raises(jm.RenderError, match=r"^not today$"):
        jm.render(JOURNEY).to("refusing")
    with pytest.raises(UserWarning, match="small letters"):  # as warnings are errors here
        jm.render(JOURNEY).to("warning")


def test_a_format_that_writes_no_document_is_told() -> None:
    with pytest.raises(PluginError, match="the format 'mute' wrote a NoneType, not str; tell those who offer it"):
        jm.dumps(JOURNEY, format="mute")
    with pytest.raises(PluginError, match="the format 'mute' wrote a bytes, not str"):
        jm.dumps(jm.Atlas("Shop", [JOURNEY]), format="mute")
    with pytest.raises(PluginError, match="the format 'packed' wrote a str, not bytes"):
        jm.write(JOURNEY, "bike.packed")


def test_others_draw_beside_them() -> None:
    assert isinstance(jm.render(JOURNEY).scene, Scene)
