"""The picture: scenes that can be saved, shown or turned into bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from attrs import field, frozen

from journeymap.errors import RenderError, shown
from journeymap.io.files import write_atomically
from journeymap.picture.options import called, check_options, takes
from journeymap.picture.recipe import Recipe
from journeymap.picture.text import TextAlternative, text_of
from journeymap.plugins import BACKENDS
from journeymap.scene.scene import Scene


def _scenes(values: Iterable[Scene]) -> tuple[Scene, ...]:
    scenes = tuple(values) if isinstance(values, Iterable) else (values,)
    for scene in scenes:
        if not isinstance(scene, Scene):
            raise RenderError(f"{shown(scene)} is not a Scene; a picture is made of a list of scenes, see journeymap.render")
    return scenes


def _check_scenes(_: object, __: object, value: tuple[Scene, ...]) -> None:
    if not value:
        raise RenderError("the picture has no scene; give it at least one")


@frozen(repr=False)
class Picture:
    """A journey drawn: one scene, or several for several pages. `journeymap.render` makes one.

    In a notebook it shows itself.
    """

    scenes: tuple[Scene, ...] = field(converter=_scenes, validator=_check_scenes)
    """The pages, in order."""
    recipe: Recipe | None = field(default=None, kw_only=True, eq=False)
    """How `journeymap.render` drew it, so that a page can show it in other themes; None for scenes made otherwise."""

    @property
    def scene(self) -> Scene:
        """The only scene, or the first."""
        return self.scenes[0]

    @property
    def text(self) -> TextAlternative:
        """All that the picture says, in words: ``.prose`` to be read aloud, ``.table`` to look things up."""
        return text_of(self.scenes)

    def to(self, suffix: str, **options: object) -> bytes:
        """The bytes of a file of that kind: ``"svg"``, ``"png"``, ``"pdf"``, ``"pptx"``, ``"html"`` or what a plug-in adds.

        Options go to the backend. UnknownName if there is no such backend, RenderError if it does not take an option or
        gives no bytes, PluginError if it fails.
        """
        if not isinstance(suffix, str):
            raise RenderError(f"{shown(suffix)} is no kind of picture; name one as text, such as 'svg', 'png' or 'pdf'")
        name = suffix.lower().removeprefix(".")
        backend = BACKENDS[name]
        if takes(backend, "picture", by_name=True):
            options["picture"] = self
        what = f"the backend {name!r}"
        check_options(what, backend, options)
        data = called(what, backend, self.scenes, options)
        if not isinstance(data, bytes):
            raise RenderError(f"{what} gave a {type(data).__name__}; a backend gives the bytes of a file")
        return data

    def save(self, path: str | os.PathLike[str], **options: object) -> None:
        """Write the picture to a file, whole or not at all; the suffix of its name chooses the backend.

        UnknownName or RenderError as `to` has them, FileError if the file cannot be written.
        """
        if not isinstance(path, str | os.PathLike) or not isinstance(os.fspath(path), str):
            raise RenderError(f"{shown(path)} is no name of a file; give it as text or as a Path")
        suffix = Path(path).suffix
        if not suffix:
            raise RenderError(f"{os.fspath(path)!r} does not say what kind of picture it is; end it in .svg, .png, .pdf, .pptx or .html")
        write_atomically(path, self.to(suffix, **options))

    def __repr__(self) -> str:
        pages = f"{len(self.scenes)} pages, " if len(self.scenes) > 1 else ""
        return f"<Picture {self.scene.title!r}, {pages}{self.scene.width:.0f} x {self.scene.height:.0f} px>"

    def _repr_svg_(self) -> str:
        """The first scene for a notebook, in the reader's own font: small."""
        return Picture([self.scene]).to("svg", font="system").decode()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "image/svg+xml": self._repr_svg_()}
