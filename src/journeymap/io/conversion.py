"""From one format to another, with a report of what gets lost on the way."""

from __future__ import annotations

import os

from journeymap.io.files import format_of, read_document, write
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.loss import LossReport, losses


def convert(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    limits: Limits = LIMITS,
) -> LossReport:
    """Write what one file holds into another, and say what the other's format cannot hold.

    The suffixes tell the formats unless they are named. `losses` says the same beforehand, without writing. Errors are
    those of `read` and `write`.
    """
    name = format_of(target) if to_format is None else to_format
    held = read_document(source, format=from_format, limits=limits)
    report = losses(held, format=name)
    write(held, target, format=name)
    return report
