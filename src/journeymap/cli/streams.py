"""What comes from stdin and goes to stdout as bytes."""

from __future__ import annotations

import sys

from journeymap.errors import FileError


def from_stdin(most: int) -> bytes:
    """What stands on stdin, up to so many bytes; FileError if the shell closed it."""
    if sys.stdin is None:
        raise FileError("<stdin>", "is closed; name a file")
    return sys.stdin.buffer.read(most)


def to_stdout(data: bytes) -> None:
    """Put the bytes on stdout; FileError if the shell closed it."""
    if sys.stdout is None:
        raise FileError("<stdout>", "is closed; name a file")
    sys.stdout.buffer.write(data)
