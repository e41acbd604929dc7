"""Files to journeys and atlases and back; a file is there as a whole, old or new, or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from journeymap.errors import DocumentError, FileError, PluginError, UnknownName, shown
from journeymap.io.limits import LIMITS, Limits, check_limits
from journeymap.io.texts import available, loads, loads_atlas, loads_document, refuse_size, to_bytes
from journeymap.model import Atlas, Journey
from journeymap.plugins import FORMATS

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "there is no such file or folder; check the name",
    IsADirectoryError: "is a folder; give a file",
    NotADirectoryError: "is in something that is no folder; check the name",
    PermissionError: "may not be opened; check its permissions and those of its folder",
}


def read(path: str | os.PathLike[str], *, format: str | None = None, limits: Limits = LIMITS) -> Journey:
    """The journey in a file; the suffix of its name tells the format unless ``format`` names one.

    DocumentError tells all that is wrong with the document; FileError if the file cannot be read; UnknownName if no format
    has that name or suffix.
    """
    name = _format(path, format)
    return loads(read_bytes(path, limits=limits), format=name, source=name_of(path), limits=limits)


def read_atlas(path: str | os.PathLike[str], *, format: str | None = None, limits: Limits = LIMITS) -> Atlas:
    """The atlas in a file, as `read` reads a journey."""
    name = _format(path, format)
    return loads_atlas(read_bytes(path, limits=limits), format=name, source=name_of(path), limits=limits)


def read_document(path: str | os.PathLike[str], *, format: str | None = None, limits: Limits = LIMITS) -> Journey | Atlas:
    """The journey or atlas in a file, for those who take either."""
    name = _format(path, format)
    return loads_document(read_bytes(path, limits=limits), format=name, source=name_of(path), limits=limits)


def read_bytes(path: str | os.PathLike[str], *, limits: Limits = LIMITS) -> bytes:
    """What a file holds; FileError if it cannot be read, DocumentError if it is longer than the limit."""
    check_limits(limits)
    source = name_of(path)
    try:
        with Path(path).open("rb") as file:
            refuse_size(os.fstat(file.fileno()).st_size, source, limits)
            return file.read(limits.bytes + 1)  # what has no size, such as a pipe, may still be long
    except DocumentError:
        raise
    except (OSError, ValueError) as error:
        raise _file_error(path, error) from error


def write(journey: Journey | Atlas, path: str | os.PathLike[str], *, format: str | None = None) -> None:
    """Write a journey or an atlas to a file, as a whole or not at all; the suffix tells the format unless ``format`` names one.

    FileError if the file cannot be written; UnknownName if no format has that name or suffix.
    """
    write_atomically(path, to_bytes(journey, format=_format(path, format)))


def _format(path: str | os.PathLike[str], format: str | None) -> str:
    return format_of(path) if format is None else format


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format that a file's suffix tells; UnknownName if it tells none, FileError if it is a folder.

    >>> format_of("maps/bike.YML")
    'yaml'
    """
    _check_path(path)
    suffix = Path(path).suffix.lower()
    same_name = suffix[1:]
    if same_name in FORMATS.names() and suffix in FORMATS[same_name].suffixes:
        return same_name
    found = available()
    named = [name for name, format in found.items() if suffix in format.suffixes]
    if not named and Path(path).is_dir():
        raise FileError(name_of(path), _REASONS[IsADirectoryError])
    if not named:
        raise UnknownName("format for files that end in", suffix, [one for format in found.values() for one in format.suffixes])
    if len(named) > 1:
        raise PluginError(f"the formats {' and '.join(named)} both have files that end in {suffix!r}; say which with format=")
    return named[0]


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Put the bytes into a file so that it is never half written: whoever looks sees the old file or the new one.

    A link is followed to its target, and a file that is replaced keeps its permissions. FileError if it cannot be done; the
    old file is as it was then.
    """
    _check_path(path)
    try:
        target = Path(path).resolve()
        before = target.stat() if target.exists() else None
        if before is not None and not stat.S_ISREG(before.st_mode):
            target.write_bytes(data)  # a pipe or a device is no file that could be replaced; a folder says so itself
        elif before is not None and not os.access(target, os.W_OK):
            raise PermissionError(_REASONS[PermissionError])
        else:
            _replace(target, data, None if before is None else stat.S_IMODE(before.st_mode))
    except (OSError, ValueError, RuntimeError) as error:
        raise _file_error(path, error) from error


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    new = target.with_name(f".journeymap-{secrets.token_hex(8)}.tmp")
    try:
        with new.open("xb") as file:
            if mode is not None:
                new.chmod(mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Have the new name of the file written down too, where the system can be asked to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def name_of(path: str | os.PathLike[str]) -> str:
    """The path as messages show it; FileError for what is no path."""
    _check_path(path)
    name = os.fspath(path)
    return name if name.isprintable() else ascii(name)[1:-1]


def _check_path(path: object) -> None:
    if not isinstance(path, str | os.PathLike) or not isinstance(os.fspath(path), str):
        raise FileError(shown(path), "is no name of a file; give text or a pathlib.Path")


def _file_error(path: str | os.PathLike[str], error: Exception) -> FileError:
    if isinstance(error, OSError):
        return FileError(name_of(path), _REASONS.get(type(error)) or error.strerror or str(error))
    return FileError(name_of(path), "is no name that a file can have; check it")  # a NUL in it, or links in a circle
