"""Scenes to PowerPoint: a slide each, of native shapes and text that can be edited."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from journeymap.backends.checked import checked
from journeymap.backends.lettering import clean
from journeymap.backends.pptx_shapes import EMU, Pen, slide_of
from journeymap.errors import MissingExtra, RenderError, shown
from journeymap.scene.scene import Scene

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_LONGEST = 51_206_400
"""In EMU: 56 inches, what a slide can be at most."""
_SHORTEST = 914_400
"""In EMU: an inch, what it has to be at least."""
_BLANK = 6
"""The layout without placeholders, in the template of python-pptx."""
_THEN = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zones; any fixed time keeps the bytes the same
_ZIPPED = (1980, 1, 1, 0, 0, 0)


def pptx(scenes: Iterable[Scene], /, *, font: str = "Arial") -> bytes:
    """The scenes as a PowerPoint file, a slide each: shapes, groups, pictures and text boxes, all native.

    ``font`` is what the text is set in. It is not put into the file, so it has to be there where the slides are shown: Arial is
    nearly everywhere, and no wider than the Inter that the picture was laid out with. What the picture says in words stands in
    the notes. A px is 1/96 inch; only a slide that would be longer than 56 inches is made smaller. MissingExtra without
    python-pptx, RenderError if a scene cannot be drawn.
    """
    if not isinstance(font, str) or not font.strip():
        raise RenderError(f"font {shown(font)} is no name of a font; give one that is there where the slides are shown, such as 'Arial'")
    sheets = checked(scenes)
    presentation = _presentation()
    from pptx.util import Emu

    width, height = max(scene.width for scene in sheets), max(scene.height for scene in sheets)
    scale = min(1.0, _LONGEST / EMU / max(width, height))
    presentation.slide_width = Emu(max(_SHORTEST, round(width * scale * EMU)))
    presentation.slide_height = Emu(max(_SHORTEST, round(height * scale * EMU)))
    for scene in sheets:
        _add_slide(presentation, scene, Pen(scale=scale, font=clean(font), language=scene.language))
    told = presentation.core_properties
    told.title, told.author, told.last_modified_by, told.revision = clean(sheets[0].title)[:255], "", "", 1
    told.created = told.modified = _THEN
    stream = io.BytesIO()
    presentation.save(stream)
    return _settled(stream)


def _presentation() -> Presentation:
    try:
        from pptx import Presentation
    except ImportError as error:
        raise MissingExtra("pptx", "office") from error
    return Presentation()


def _add_slide(presentation: Presentation, scene: Scene, pen: Pen) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml

    slide = presentation.slides.add_slide(presentation.slide_layouts[_BLANK])

    def link(address: str) -> str:
        return str(slide.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def picture(data: bytes) -> str:
        return str(slide.part.get_or_add_image_part(io.BytesIO(data))[1])

    found = parse_xml(slide_of(scene, pen, link=link, picture=picture))
    held = slide.element
    for empty in held.findall(str(found.tag)):
        held.replace(empty, found)
    if scene.description and slide.notes_slide.notes_text_frame is not None:
        slide.notes_slide.notes_text_frame.text = clean(scene.description).replace("\v", " ")


def _settled(stream: io.BytesIO) -> bytes:
    """The same file with fixed times in its directory, so that the same scenes give the same bytes."""
    settled = io.BytesIO()
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _ZIPPED), made.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
