"""The heatmap: stages or touchpoints by persona, channel or metric, each cell told by colour, number and shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import get_args

from attrs import frozen

from journeymap.errors import RenderError, shown
from journeymap.model import Journey
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, widest
from journeymap.renderers.frame import key_items
from journeymap.renderers.heatmap.cells import CELL, INSET, Cell, cell_of, draw_cell, points_entry, tint_entry
from journeymap.renderers.heatmap.values import SCORES, Column, Columns, Row, Rows, Score, Value, columns_of, rows_of
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, face_entry, finished, heading_of, note, row_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Paint, Rect, Shape
from journeymap.scene.text import Style, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["heatmap"]

_NAMES = 300.0
_SIDE = 16.0
_BETWEEN_BLOCKS = 36.0
_STAGE_GAP = 10.0
_MOST_LOWEST = 3

_STAGE = Style(13, weight=700)
_NUMBER = Style(11.5, weight=600)
_NAME = Style(13, weight=500)
_HEAD = Style(13, weight=600)
_CAPTION = Style(11)

Place = tuple[int, int]
"""A row and a column."""


@frozen(kw_only=True)
class _Table:
    """What the blocks of a heatmap share."""

    drawing: Drawing
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    values: Mapping[Place, Value]
    cells: Mapping[Place, Cell]
    by_stage: bool


def heatmap(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    rows: Rows = "touchpoints",
    columns: Columns = "persona",
    of: Score = "emotion",
    max_width: float = MAX_WIDTH,
) -> Scene:
    """Stages or touchpoints in rows, against personas, channels or metrics in columns: how it feels, or how it scores.

    ``rows`` is ``"stages"`` or ``"touchpoints"``, ``columns`` ``"persona"``, ``"channel"`` or ``"metric"``. For channels ``of`` says
    what is shown: ``"emotion"``, ``"satisfaction"``, ``"importance"`` or ``"engagement"``; personas are known by what they feel
    alone. A stage shows the mean of its steps. What is not known stays empty, and so do rows and columns that hold nothing.
    ``persona`` is the id of the one whose steps are shown. Columns beyond ``max_width`` px stand in a block of their own.
    RenderError if there is no such persona, or for another word.
    """
    for name, given, known in (("rows", rows, get_args(Rows)), ("columns", columns, get_args(Columns)), ("of", of, get_args(Score))):
        if given not in known:
            raise RenderError(f"{name}={shown(given)} is unknown; give {', '.join(map(repr, known[:-1]))} or {known[-1]!r}")
    if of != "emotion" and columns != "channel":
        raise RenderError(f"of={of!r} goes with columns='channel'; a persona is known by emotion alone, and metrics show every score")
    drawing = drawing_of(journey, theme, persona)
    table = _table(drawing, rows, columns, of)
    what = f"Heatmap: {rows} by {columns}" + (f", {SCORES[of].lower()}" if columns == "channel" else "")
    per_block = max(int((widest(max_width) - 2 * MARGIN - _NAMES - 2 * _SIDE) // CELL), 1)
    blocks = [table.columns[first : first + per_block] for first in range(0, len(table.columns), per_block)]
    broadest = max((len(block) for block in blocks), default=0)
    width = 2 * MARGIN + max(_NAMES + broadest * CELL + 2 * _SIDE, LEAST_WIDE)
    title, y = heading_of(drawing, what, width=width)
    shapes: list[Shape] = [title]
    y += 26
    first = 0
    for number, block in enumerate(blocks):
        drawn, y = _block(table, range(first, first + len(block)), top=y + (_BETWEEN_BLOCKS if number else 0), width=width)
        shapes.append(row_of(drawn))
        first += len(block)
    if not blocks:
        said = note(drawing, _nothing(drawing, columns, of), top=y, width=width)
        shapes.append(said)
        y = said.box.bottom
    told = _told(table, what, _nothing(drawing, columns, of))
    return finished(drawing, shapes, what="heatmap", description=told, bottom=y, width=width, entries=_key(table))


def _table(drawing: Drawing, rows: Rows, columns: Columns, of: Score) -> _Table:
    """The values that there are, without rows and columns that hold none."""
    all_rows, all_columns = rows_of(drawing, rows), columns_of(drawing, columns, of)
    found = {
        (r, c): value for c, column in enumerate(all_columns) for r, row in enumerate(all_rows) if (value := column.value(row)) is not None
    }
    kept_rows = [r for r in range(len(all_rows)) if any((r, c) in found for c in range(len(all_columns)))]
    kept_columns = [c for c in range(len(all_columns)) if any((r, c) in found for r in kept_rows)]
    values = {(r, c): found[at, of_] for r, at in enumerate(kept_rows) for c, of_ in enumerate(kept_columns) if (at, of_) in found}
    felt = [value.value for value in values.values() if value.kind == "emotion"]
    lowest = [place for place, value in values.items() if value.kind == "emotion" and value.value == min(felt)]
    marked = set(lowest) if len(lowest) <= _MOST_LOWEST and min(felt, default=0.0) < 0 else set[Place]()
    cells = {}
    for c in range(len(kept_columns)):
        held = {place: value for place, value in values.items() if place[1] == c}
        cells.update(
            {
                place: cell_of(drawing, value, share=_share(value, list(held.values())), lowest=place in marked)
                for place, value in held.items()
            }
        )
    return _Table(
        drawing=drawing,
        rows=tuple(all_rows[r] for r in kept_rows),
        columns=tuple(all_columns[c] for c in kept_columns),
        values=values,
        cells=cells,
        by_stage=rows == "touchpoints",
    )


def _share(value: Value, column: Sequence[Value]) -> float | None:
    """How much of 100% a measure is; else where it stands in its column, if all of that measures the same."""
    if value.part is not None or not value.measures or {other.measures for other in column} != {value.measures} or len(column) == 1:
        return value.part
    low, high = min(other.value for other in column), max(other.value for other in column)
    return (value.value - low) / (high - low) if high > low else None


def _block(table: _Table, columns: range, *, top: float, width: float) -> tuple[list[Shape], float]:
    """So many columns side by side with all rows, and the y where they end."""
    shapes, y = _heads(table, columns, top=top)
    for _, members in groupby(range(len(table.rows)), key=lambda r: table.rows[r].stage if table.by_stage else ""):
        drawn, y = _band(table, list(members), columns, top=y, width=width)
        shapes += drawn
        y += _STAGE_GAP
    return shapes, y - _STAGE_GAP


def _x(columns: range, c: int) -> float:
    return MARGIN + _SIDE + _NAMES + CELL * (c - columns.start)


def _heads(table: _Table, columns: range, *, top: float) -> tuple[list[Shape], float]:
    """The names of the columns, standing on one line, with the y under them."""
    theme, measure, symbols = table.drawing.theme, table.drawing.measure, table.drawing.symbols
    room = CELL - 12
    texts = []
    for c in columns:
        column = table.columns[c]
        name = measure.wrap(column.name, room, _HEAD)
        caption = measure.wrap(column.caption, room, _CAPTION) if column.caption else ()
        texts.append((c, column, name, caption, (20 if column.icon else 0) + len(name) * _HEAD.leading + len(caption) * _CAPTION.leading))
    bottom = top + max(height for *_, height in texts)
    shapes: list[Shape] = []
    for c, column, name, caption, height in texts:
        box = Box(x=_x(columns, c) + 6, y=bottom - height, width=room, height=0)
        parts: list[Shape] = []
        if column.icon:
            parts.append(symbols.icon(column.icon, x=box.centre - 8, y=box.y, size=16, colour=theme.ink_2))
            box = Box(x=box.x, y=box.y + 20, width=box.width, height=0)
        large = text_block(name, box=box, style=_HEAD, fill=theme.ink, measure=measure, anchor="middle", lines_given=True)
        parts.append(large)
        if caption:
            below = Box(x=box.x, y=large.box.bottom, width=box.width, height=0)
            parts.append(
                text_block(caption, box=below, style=_CAPTION, fill=theme.ink_2, measure=measure, anchor="middle", lines_given=True)
            )
        shapes.append(Group(shapes=parts, label=column.name, role="column", about=column.about))
    return shapes, bottom + 10


def _band(table: _Table, rows: Sequence[int], columns: range, *, top: float, width: float) -> tuple[list[Shape], float]:
    """The rows of a stage on their tint, under its name where rows are touchpoints; with the y where they end."""
    theme, measure = table.drawing.theme, table.drawing.measure
    shapes: list[Shape] = []
    y = top + 6
    if table.by_stage:
        box = Box(x=MARGIN + _SIDE, y=y + 6, width=width - 2 * MARGIN - 2 * _SIDE, height=0)
        name = text_block(table.rows[rows[0]].stage, box=box, style=_STAGE, fill=theme.ink, measure=measure)
        shapes.append(name)
        y = name.box.bottom + 6
    for r in rows:
        drawn, y = _row(table, r, columns, top=y)
        shapes.append(drawn)
    band = Rect(box=Box(x=MARGIN, y=top, width=width - 2 * MARGIN, height=y + 6 - top), paint=Paint(fill=theme.band), radius=8)
    return [band, *shapes], y + 6


def _row(table: _Table, r: int, columns: range, *, top: float) -> tuple[Group, float]:
    drawing, theme, measure = table.drawing, table.drawing.theme, table.drawing.measure
    row = table.rows[r]
    inset = max(34.0, measure.width(row.number, _NUMBER) + 10)
    lines = measure.wrap(row.name, _NAMES - inset - _SIDE, _NAME)
    here = [(c, table.values[r, c], table.cells[r, c]) for c in columns if (r, c) in table.values]
    height = max([len(lines) * _NAME.leading + 12, 34.0, *(cell.height for _, _, cell in here)])
    middle = top + INSET + height / 2
    first = middle - len(lines) * _NAME.leading / 2
    left = MARGIN + _SIDE
    room = Box(x=left + inset, y=first, width=_NAMES - inset - _SIDE, height=0)
    shapes: list[Shape] = [
        text_line(row.number, x=left, middle=first + _NAME.leading / 2, style=_NUMBER, fill=theme.ink_3, measure=measure),
        text_block(lines, box=room, style=_NAME, fill=theme.ink, measure=measure, lines_given=True),
    ]
    for c, value, cell in here:
        box = Box(x=_x(columns, c) + INSET, y=top + INSET, width=CELL - 2 * INSET, height=height)
        column = table.columns[c]
        label = f"{row.name}, {column.name}: {', '.join([cell.words, *(['lowest'] if cell.lowest else []), *value.captions])}"
        shapes.append(Group(shapes=draw_cell(drawing, value, cell, box=box), label=label, role="cell", about=row.about, title=label))
    return Group(shapes=shapes, label=f"{row.number} {row.name}", role="row", about=row.about), top + height + 2 * INSET


def _key(table: _Table) -> Iterator[KeyEntry]:
    kinds = {value.kind for value in table.values.values()}
    theme = table.drawing.theme
    if "emotion" in kinds:
        for item in key_items(levels=range(1, 6), scale=table.drawing.journey.scale):
            if item.face is not None:
                yield face_entry(table.drawing, item.face, item.text)
    if "score" in kinds:
        yield points_entry(theme, "Score, 1 to 5")
    if kinds & {"score", "measure"}:
        yield tint_entry(theme, "Low to high: of 100%, or within the column")


def _nothing(drawing: Drawing, columns: Columns, of: Score) -> str:
    if not drawing.stages:
        return "This journey has no stages yet."
    if columns == "metric":
        return "Nothing is measured yet: no step has an emotion, a score or a metric."
    return f"{SCORES[of]} is not known yet{' at any channel' if columns == 'channel' else ''}."


def _told(table: _Table, what: str, nothing: str) -> str:
    """The picture in sentences, row by row."""
    sentences = [f"{what}. {table.drawing.journey.name}."]
    if not table.values:
        sentences.append(nothing)
    for r, row in enumerate(table.rows):
        held = [(column.name, table.cells[r, c]) for c, column in enumerate(table.columns) if (r, c) in table.cells]
        told = "; ".join(f"{name} {cell.words}{' (lowest)' if cell.lowest else ''}" for name, cell in held)
        sentences.append(f"{row.number} {row.name}: {told}.")
    return " ".join(sentences)
