"""What a document cannot hold of a journey: found by writing it, reading it back, and comparing the two.

So nothing can be forgotten. Only a format that cannot be read has to say by itself what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from journeymap.errors import DocumentError, PluginError, Problem
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.texts import guarded, loads, to_bytes
from journeymap.model import Atlas, Journey
from journeymap.plugins import FORMATS

_SHOWN = 100
_WIDE = Limits(bytes=2**62, nodes=2**62, unpacked=2**62, cells=2**62)
"""What is written by ourselves may be as long as it is."""
_UNTOLD = "this format can only be written, and does not say what it leaves out"


def _as_losses(values: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(values)


@frozen(repr=False)
class LossReport:
    """What a document of some format cannot hold of a journey; true where anything is lost.

    >>> from journeymap.model import Journey
    >>> bool(losses(Journey("Buy a bike"), format="yaml"))
    False
    """

    format: str
    """The name of the format."""
    losses: tuple[Problem, ...] = field(default=(), converter=_as_losses)
    """Each with its path in the journey, and a sentence."""

    def __bool__(self) -> bool:
        return bool(self.losses)

    def __len__(self) -> int:
        return len(self.losses)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.losses)

    def __str__(self) -> str:
        if not self.losses:
            return f"{self.format} holds all of it"
        count = len(self.losses)
        lines = [f"{self.format} does not hold all of it: {count:,} loss{'' if count == 1 else 'es'}"]
        lines += [f"  {loss}" for loss in self.losses[:_SHOWN]]
        return "\n".join(lines + ([f"  ... and {count - _SHOWN:,} more"] if count > _SHOWN else []))

    __repr__ = __str__

    def to_dict(self) -> dict[str, object]:
        """The report as plain values, for a program or a log."""
        return {"format": self.format, "losses": [{"path": loss.path, "message": loss.message} for loss in self.losses]}


def losses(journey: Journey | Atlas, *, format: str) -> LossReport:
    """What a document of that format would not hold of the journey; nothing is written.

    ModelError if the format cannot write the journey at all; UnknownName if there is no such format, or it can only be
    read.
    """
    found = FORMATS[format]
    data = to_bytes(journey, format=format)
    if isinstance(journey, Atlas):
        return LossReport(format)  # only lossless formats write one
    tells = found.losses
    if tells is not None:
        return LossReport(format, guarded(format, lambda: tells(journey)))
    if found.loads is None and found.from_bytes is None:
        return LossReport(format, [Problem("", _UNTOLD)])
    try:
        again = loads(data, format=format, limits=_WIDE if len(data) > 2**20 else LIMITS)
    except DocumentError as error:
        raise PluginError(f"the format {format!r} does not read what it writes: {error}; tell those who offer it") from error
    from journeymap.io.differences import differences

    return LossReport(format, differences(journey, again))


def nothing(_: Journey) -> tuple[Problem, ...]:
    """For ``Format.losses`` of a format that holds everything, which spares it from being read back."""
    return ()
