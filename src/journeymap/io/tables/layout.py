"""The tables that a journey is told in, and what has a row in each."""

from __future__ import annotations

from attrs import frozen

from journeymap.io.tables.columns import Column, columns_of
from journeymap.model import (
    Activity,
    Emotion,
    Evidence,
    Journey,
    Metric,
    Opportunity,
    PainPoint,
    Persona,
    Source,
    Stage,
    Touchpoint,
    Transition,
)

CLAIMS = ("persona", "metric", "stage", "touchpoint", "pain", "opportunity")
"""What evidence can stand on."""

_STAGE = Column("stage", "text", refers="stage")
_TOUCHPOINT = Column("touchpoint", "text", refers="touchpoint")


@frozen
class Layout:
    """A table: what its rows are, and its columns."""

    name: str
    """What it is called: ``touchpoints``."""
    kind: type
    """The class that has a row."""
    owners: tuple[Column, ...] = ()
    """The columns that say what a row belongs to; they come first."""
    first: str = ""
    """The columns that stand on a sheet whether anything is known of them or not, in the order that people fill them in."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """All its columns: whom a row belongs to, then the fields in their order."""
        return (*self.owners, *columns_of(self.kind))

    @property
    def word(self) -> str:
        """What one row is: ``touchpoint``."""
        return {"PainPoint": "pain"}.get(self.kind.__name__, self.kind.__name__.lower())

    @property
    def known_by(self) -> str:
        """The column by which people know a row; sheets call it what the row is."""
        return next((column.name for column in columns_of(self.kind) if column.name in ("name", "description")), "")

    def heading(self, column: Column) -> str:
        """What people call a column: ``Believed emotion``, and the name of a touchpoint is just ``Touchpoint``.

        >>> TABLES["touchpoints"].heading(TABLES["touchpoints"].columns[1])
        'Touchpoint'
        """
        said = self.word if column.name == self.known_by and self.kind is not Journey else column.name
        return said.replace("_", " ").capitalize()


_PLACE = (_STAGE, _TOUCHPOINT)
_LAYOUTS = (
    Layout("journey", Journey),
    Layout(
        "personas",
        Persona,
        first="name role segment share quote goals needs frustrations behaviours channels evidence notes id",
    ),
    Layout("stages", Stage, first="name phase goal period owner thoughts notes id"),
    Layout(
        "touchpoints",
        Touchpoint,
        (_STAGE,),
        "stage name channel channel_kind personas actions thoughts emotion emotion_label pains opportunities moment moment_reason "
        "owner duration evidence notes id",
    ),
    Layout("activities", Activity, _PLACE[1:], "touchpoint name layer owner system manual duration id"),
    Layout("pains", PainPoint, _PLACE, "description touchpoint stage severity frequency persona evidence notes id"),
    Layout(
        "opportunities",
        Opportunity,
        _PLACE,
        "name addresses touchpoint stage impact effort confidence reach horizon owner status notes id",
    ),
    Layout("metrics", Metric, _PLACE, "name touchpoint stage kind value unit n target observed id"),
    Layout("sources", Source, first="name kind solicited n date quote url notes id"),
    Layout("transitions", Transition, first="source target kind probability count wait condition"),
    Layout("emotions", Emotion, (_TOUCHPOINT, Column("persona", "text", refers="persona")), "touchpoint persona valence label n spread"),
    Layout(
        "evidence",
        Evidence,
        (Column("claim", "choice", choices=CLAIMS), Column("claim_id", "text")),
        "claim claim_id source score weight quote",
    ),
)
TABLES = {layout.name: layout for layout in _LAYOUTS}
"""All tables by name, in the order in which they are read."""
