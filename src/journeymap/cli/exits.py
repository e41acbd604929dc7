"""What an exit code tells a script."""

from enum import IntEnum


class Exit(IntEnum):
    """The codes that the program ends with."""

    FINE = 0
    FINDINGS = 1
    """What was checked breaks a rule."""
    UNUSABLE = 2
    """The input cannot be read, or the command was not meant so."""
    MISSING_EXTRA = 3
    """An optional package is not installed."""
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    """Whoever read the output stopped reading."""
