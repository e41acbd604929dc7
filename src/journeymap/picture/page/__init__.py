"""The interactive page: one file that holds a picture in several themes, and all that the map says."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from journeymap.backends.checked import checked
from journeymap.errors import RenderError, shown
from journeymap.model import Journey
from journeymap.picture.page.details import Step, steps_in_words
from journeymap.picture.text import text_of
from journeymap.plugins import BACKENDS
from journeymap.scene.fonts import FAMILY, font_faces
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Group, Text
from journeymap.scene.theme import contrast

if TYPE_CHECKING:
    from journeymap.picture.picture import Picture

_LANE = "lane:"
_HEADS = ("lane:stages", "lane:goals")
"""What a map cannot do without."""
_FOLDER = Path(__file__).parent
_MOST_PERSONAS = 5
"""More would make the file too heavy to send around."""
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What could end a script element, or a line within it."""


def _scenes(values: Iterable[Scene]) -> tuple[Scene, ...]:
    return tuple(values)


@frozen(kw_only=True)
class View:
    """One way in which the page shows the map."""

    theme: str
    persona: str | None
    scenes: tuple[Scene, ...] = field(converter=_scenes)

    @property
    def dark(self) -> bool:
        """Whether its paper is."""
        return contrast(self.scenes[0].paper, "#000000") < contrast(self.scenes[0].paper, "#FFFFFF")


def html(scenes: Iterable[Scene], /, *, picture: Picture | None = None, themes: Sequence[str] = ("light", "dark")) -> bytes:
    """The scenes as one page that needs no network: details on hover, focus and tap, lanes to hide, search, zoom, print.

    A picture that `journeymap.render` made is there in its own theme and in ``themes``, for each of up to five personas, with
    all steps in a table; by default the page is light or dark as its reader's screen is. RenderError if a scene cannot be drawn.
    """
    from jinja2 import Environment
    from markupsafe import Markup

    sheets = checked(scenes)
    views = _views(sheets, picture, themes)
    journey = picture.recipe.journey if picture is not None and picture.recipe is not None else None
    steps = steps_in_words(journey) if isinstance(journey, Journey) else ()
    script = (_FOLDER / "page.js").read_text(encoding="utf-8")
    names = {} if not isinstance(journey, Journey) else {persona.id: persona.name for persona in journey.personas}
    page = (
        Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        .from_string((_FOLDER / "page.html").read_text(encoding="utf-8"))
        .render(
            title=sheets[0].title,
            language=sheets[0].language,
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            style=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
            fonts=Markup("".join(_font_rules(sheets))),  # noqa: S704 - letters in base64
            data=Markup(_data(steps)),  # noqa: S704 - JSON with everything escaped that could end it
            views=[(view, [Markup(_drawn(scene)) for scene in view.scenes]) for view in views],  # noqa: S704 - markup of our svg
            lanes=list(_lanes(sheets)),
            personas=[(known, names.get(known, known)) for known in dict.fromkeys(view.persona for view in views) if known is not None],
            everyone=any(view.persona is None for view in views),
            themes=list(dict.fromkeys(view.theme for view in views)),
            steps=steps,
            text=text_of(sheets),
        )
    )
    return page.encode()


def _views(sheets: tuple[Scene, ...], picture: Picture | None, themes: Sequence[str]) -> list[View]:
    if isinstance(themes, str) or not all(isinstance(theme, str) for theme in themes):
        raise RenderError(f"themes={shown(themes)} is not a list of names; for example themes=['light', 'dark']")
    recipe = picture.recipe if picture is not None else None
    if recipe is None:
        return [View(theme="as drawn", persona=None, scenes=sheets)]
    known = [persona.id for persona in recipe.journey.personas] if isinstance(recipe.journey, Journey) and recipe.by_persona else []
    others = known[:_MOST_PERSONAS] if len(known) > 1 else []
    personas = list(dict.fromkeys([recipe.persona, *others]))
    chosen = list(dict.fromkeys([recipe.theme.name, *themes])) if recipe.themed else [recipe.theme.name]
    own = (recipe.theme.name, recipe.persona)

    def drawn(theme: str, persona: str | None) -> tuple[Scene, ...]:
        if (theme, persona) == own:
            return sheets
        return recipe.drawn(theme=None if theme == recipe.theme.name else theme, persona=persona)

    return [View(theme=theme, persona=persona, scenes=drawn(theme, persona)) for persona in personas for theme in chosen]


def _drawn(scene: Scene) -> str:
    """The svg of a scene as a part of a page: its parts can be reached, so it is a group and no image."""
    text = BACKENDS["svg"]([scene], font="system").decode()
    return text.partition("?>\n")[2].replace('role="img"', 'role="group"', 1)


def _lanes(sheets: tuple[Scene, ...]) -> Iterator[tuple[str, str]]:
    """The lanes of the map, each with its title: what can be hidden."""
    found = {}
    for scene in sheets:
        for shape in scene.walk():
            if isinstance(shape, Group) and shape.role is not None and shape.role.startswith(_LANE) and shape.role not in _HEADS:
                found[shape.role] = shape.label or shape.role.removeprefix(_LANE)
    yield from found.items()


def _font_rules(sheets: tuple[Scene, ...]) -> Iterator[str]:
    """The letters that are used, once for all views, with room for what the panel shows."""
    for face in font_faces(shape for scene in sheets for shape in scene.walk() if isinstance(shape, Text)):
        data = base64.b64encode(face.data).decode("ascii")
        style = "italic" if face.italic else "normal"
        yield (
            f'@font-face{{font-family:"{FAMILY}";font-weight:{face.weight};font-style:{style};'
            f'src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{face.unicode_range}}}'
        )


def _data(steps: Sequence[Step]) -> str:
    told = {step.id: {"name": step.name, "stage": step.stage, "facts": step.facts} for step in steps}
    return json.dumps(told, ensure_ascii=False).translate(_UNSAFE)
