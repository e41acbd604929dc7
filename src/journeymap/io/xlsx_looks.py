"""How a workbook looks, and the words that help to fill it in."""

from __future__ import annotations

from typing import Any

from journeymap.io.tables.columns import YES, Column
from journeymap.io.tables.layout import Layout

_INK, _PAPER, _LINE, _SIDE = "#1F2937", "#FFFFFF", "#D5DAE1", "#F3F5F8"
_BAD, _MIDDLE, _GOOD = "#F4A3A0", "#FFFFFF", "#9AD5B4"

GUIDE = (
    ("Touchpoints", "One row for each step of the customer. Leave the stage empty where it is the same as in the row above."),
    (
        "Emotion",
        "From -2 (very bad) over 0 (neutral) to 2 (very good), decimals too. Leave it empty where nobody knows: unknown is not neutral.",
    ),
    ("Channel", "Where the step happens, in your words; the kind of channel decides the icon, and may stay empty."),
    ("Several in one cell", "Thoughts, actions, pains, opportunities, personas: one on each line (Alt + Enter begins a new one)."),
    ("Pains", "A pain may simply stand in the row of its touchpoint. To say how bad it is, give it a row in Pain points instead."),
    ("Moment", "yes for a moment of truth, or which: zmot (research), fmot (first sight), smot (in use), tmot (telling others)."),
    ("Durations", "25 min, 2 h, 3 d 4 h. Days are written as 2026-03-31."),
    (
        "Names and ids",
        "To refer to a persona, touchpoint or source, write its name. The column Id may stay empty; it is made from the name.",
    ),
    (
        "Sheets and columns",
        "Further columns need names that are known; a sheet whose name begins with _ is not read, and this one is not either.",
    ),
    ("When it is done", "Save the workbook. journeymap reads it, draws it, and says of every cell that is wrong where it is."),
)
"""What is on the page How to."""

_HINTS = {
    "emotion": ("Emotion", "-2 very bad, -1 bad, 0 neutral, 1 good, 2 very good. Empty: unknown."),
    "believed_emotion": ("Believed emotion", "What the business thinks that customers feel: -2 to 2."),
    "valence": ("Emotion", "-2 very bad, -1 bad, 0 neutral, 1 good, 2 very good."),
    "severity": ("Severity", "1 minor, 2 medium, 3 major, 4 critical."),
    "frequency": ("Frequency", "The share of customers who meet it: 0 to 1, or 40 %."),
    "share": ("Share", "The share of all customers: 0 to 1, or 40 %."),
    "impact": ("Impact", "What it does for the customer, 1 (little) to 5 (very much)."),
    "effort": ("Effort", "What it costs, 1 (little) to 5 (very much)."),
    "confidence": ("Confidence", "How sure the estimates are: 0 to 1, or 80 %."),
    "moment": ("Moment of truth", "yes, or which: zmot, fmot, smot, tmot."),
    "duration": ("Duration", "25 min, 2 h, 3 d 4 h."),
    "thoughts": ("Thoughts", "What the customer thinks or says; one on each line."),
    "pains": ("Pains", "What hurts; one on each line. To say how bad, use the sheet Pain points."),
    "channel_kind": ("Kind of channel", "Decides the icon; may stay empty."),
}
_NUMBERS = {
    "emotion": (-2, -1, 0, 1, 2), "believed_emotion": (-2, -1, 0, 1, 2), "valence": (-2, -1, 0, 1, 2), "severity": (1, 2, 3, 4),
    "impact": (1, 2, 3, 4, 5), "effort": (1, 2, 3, 4, 5), "satisfaction": (1, 2, 3, 4, 5), "importance": (1, 2, 3, 4, 5),
}  # fmt: skip
_WIDTHS = {"number": 11.0, "whole": 11.0, "flag": 11.0, "day": 13.0, "length": 14.0, "choice": 15.0, "lines": 32.0, "text": 22.0}
_WIDE = ("notes", "quote", "goal", "moment_reason", "condition", "image")


def hint_of(layout: Layout, column: Column) -> tuple[str, str, tuple[str | int, ...]]:
    """What helps to fill in a column: a title, a sentence, and what to choose from."""
    choices: tuple[str | int, ...] = column.choices or _NUMBERS.get(column.name, ())
    if column.kind == "flag":
        choices = (YES, "no")
    title, message = _HINTS.get(column.name, ("", ""))
    return title or (layout.heading(column)[:32] if choices else ""), message, choices


def width_of(column: Column, known_by: str) -> float:
    """How many characters wide a column is."""
    if column.name == known_by:
        return 34.0
    return 36.0 if column.name in _WIDE else _WIDTHS[column.kind]


class Looks:
    """The formats of cells."""

    def __init__(self, book: Any) -> None:
        framed = {"valign": "top", "border": 1, "border_color": _LINE, "font_color": _INK}
        self.heading = book.add_format(
            {
                "bold": True,
                "font_color": _PAPER,
                "bg_color": _INK,
                "valign": "vcenter",
                "text_wrap": True,
                "border": 1,
                "border_color": _INK,
            }
        )
        self.side = book.add_format({**framed, "bold": True, "bg_color": _SIDE})
        self.value = book.add_format({**framed, "text_wrap": True, "align": "left"})
        self.piece = book.add_format(framed)
        self.title = book.add_format({"bold": True, "font_size": 20, "font_color": _INK, "valign": "vcenter"})
        self.strong = book.add_format({"bold": True, "font_color": _INK, "valign": "top"})
        self.plain = book.add_format({"font_color": _INK, "valign": "top", "text_wrap": True})
        self.feelings = {
            "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
            "min_value": -2, "mid_value": 0, "max_value": 2, "min_color": _BAD, "mid_color": _MIDDLE, "max_color": _GOOD,
        }  # fmt: skip
        self._text = book.add_format({**framed, "text_wrap": True, "num_format": "@"})
        self._number = book.add_format({**framed, "align": "center"})
        self._choice = book.add_format({**framed, "align": "center"})
        self._day = book.add_format({**framed, "align": "center", "num_format": "yyyy-mm-dd"})

    def of(self, column: Column, *, is_day: bool) -> Any:
        """The format of a cell in that column; text is marked as such, so that what is typed there stays text."""
        if is_day or column.kind == "day":
            return self._day
        if column.kind in ("number", "whole"):
            return self._number
        return self._choice if column.kind in ("choice", "flag", "length") else self._text
