"""Texts to journeys and atlases and back, in any format there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from journeymap.errors import DocumentError, JourneyMapError, ModelError, PluginError, Problem, UnknownName, shown
from journeymap.io.limits import LIMITS, Limits, check_limits
from journeymap.model import Atlas, Journey
from journeymap.plugins import FORMATS, Format

T = TypeVar("T")

_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def loads(text: str | bytes, *, format: str = "json", source: str = "<text>", limits: Limits = LIMITS) -> Journey:
    """The journey in a text; bytes are read as UTF-8 and nothing else, unless the format is one of bytes.

    ``source`` is what messages call the text. DocumentError tells all that is wrong with it; UnknownName if there is no
    such format, or it can only be written.

    >>> loads('{"name": "Buy a bike"}').id
    'buy-a-bike'
    """
    held = loads_document(text, format=format, source=source, limits=limits)
    if isinstance(held, Atlas):
        raise DocumentError(source, [Problem("", f"it holds an atlas, {shown(held.name)}, not one journey; read it with read_atlas")])
    return held


def loads_atlas(text: str | bytes, *, format: str = "json", source: str = "<text>", limits: Limits = LIMITS) -> Atlas:
    """The atlas in a text, as `loads` reads a journey.

    >>> loads_atlas('{"name": "Bike shop", "journeys": [{"name": "Buy a bike"}]}').journeys[0].id
    'buy-a-bike'
    """
    held = loads_document(text, format=format, source=source, limits=limits)
    if isinstance(held, Journey):
        message = f"it holds one journey, {shown(held.name)}, and no atlas, which has 'journeys'; read it with read"
        raise DocumentError(source, [Problem("", message)])
    return held


def loads_document(text: str | bytes, *, format: str = "json", source: str = "<text>", limits: Limits = LIMITS) -> Journey | Atlas:
    """The journey or atlas in a text, for those who take either."""
    check_limits(limits)
    if not isinstance(source, str):
        raise ModelError(f"source={shown(source)} is not text; give what messages call the document")
    found = FORMATS[format]
    reads = found.from_bytes or found.loads
    if reads is None:
        raise UnknownName("format to read", format, [name for name, other in available().items() if other.loads or other.from_bytes])
    given = _decoded(text, source, limits) if found.from_bytes is None else _bytes(text, source, limits)
    options = {} if limits == LIMITS else {"limits": limits}
    held: object = guarded(format, lambda: reads(given, source, **options))
    if not isinstance(held, Journey | Atlas):
        raise PluginError(f"the format {format!r} read a {type(held).__name__}, not a Journey; tell those who offer it")
    return held


def dumps(journey: Journey | Atlas, *, format: str = "json") -> str:
    """The text of a journey or an atlas: the same text for the same journey.

    UnknownName if there is no such format, or it can only be read, or holds no atlas.

    >>> from journeymap.model import Journey
    >>> print(dumps(Journey("Buy a bike"), format="yaml"), end="")
    journeymap: 1
    name: Buy a bike
    id: buy-a-bike
    """
    found = FORMATS[format]
    if isinstance(journey, Atlas):
        writes_many = found.dumps_atlas
        if writes_many is None:
            raise UnknownName("format to write an atlas in", format, [name for name, other in available().items() if other.dumps_atlas])
        return _wrote(format, guarded(format, lambda: writes_many(journey)), str)
    _check_journey(journey)
    writes = found.dumps
    if writes is None:
        raise UnknownName("format to write as text", format, [name for name, other in available().items() if other.dumps])
    return _wrote(format, guarded(format, lambda: writes(journey)), str)


def to_bytes(journey: Journey | Atlas, *, format: str = "json") -> bytes:
    """The bytes of a file that holds the journey or atlas: UTF-8 where the format is text.

    UnknownName if there is no such format, or it can only be read, or holds no atlas.
    """
    encodes = FORMATS[format].to_bytes
    if encodes is None or isinstance(journey, Atlas):
        return dumps(journey, format=format).encode()
    _check_journey(journey)
    return _wrote(format, guarded(format, lambda: encodes(journey)), bytes)


def _check_journey(journey: object) -> None:
    if not isinstance(journey, Journey):
        raise ModelError(f"{shown(journey)} is neither a Journey nor an Atlas; those are what is written")


def available() -> dict[str, Format]:
    """The formats there are, by name; one that does not load is left out, and breaks only itself."""
    found = {}
    for name in FORMATS.names():
        try:
            found[name] = FORMATS[name]
        except PluginError:
            continue
    return found


def refuse_size(size: int, source: str, limits: Limits) -> None:
    """DocumentError for a text that is longer than the limit."""
    if size > limits.bytes:
        message = f"it has {size:,} bytes or more, beyond {limits.bytes:,}; split it, or raise the limit if this is meant"
        raise DocumentError(source, [Problem("", message)], unreadable=True)


def _bytes(data: object, source: str, limits: Limits) -> bytes:
    if not isinstance(data, bytes):
        raise DocumentError(source, [Problem("", f"{shown(data)} is not bytes; give those of the whole file")], unreadable=True)
    refuse_size(len(data), source, limits)
    return data


def _decoded(text: object, source: str, limits: Limits) -> str:
    if isinstance(text, str):
        if len(text) > limits.bytes // 4:  # below that, it cannot have too many bytes
            refuse_size(len(text.encode("utf-8", "surrogatepass")), source, limits)
        return text
    if not isinstance(text, bytes):
        raise DocumentError(source, [Problem("", f"{shown(text)} is neither text nor bytes")], unreadable=True)
    refuse_size(len(text), source, limits)
    if text.startswith(_OTHER_ENCODINGS):
        raise DocumentError(source, [Problem("", "it is in UTF-16 or UTF-32; save it as UTF-8")], unreadable=True)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{text[error.start]:02X}, the {error.start + 1:,}. of all, is not UTF-8; save the text as UTF-8"
        raise DocumentError(source, [Problem("", message, line)], unreadable=True) from None


def _wrote(format: str, given: object, kind: type[T]) -> T:
    """What a format wrote, if it is of the kind that it has to be."""
    if not isinstance(given, kind):
        raise PluginError(f"the format {format!r} wrote a {type(given).__name__}, not {kind.__name__}; tell those who offer it")
    return given


def guarded(format: str, call: Callable[[], T]) -> T:
    """What the format gives; no error of another kind leaves it, whoever wrote it."""
    try:
        return call()
    except JourneyMapError:
        raise
    except Exception as error:
        told = shown(str(error), longest=300)[1:-1]
        raise PluginError(f"the format {format!r} failed with {type(error).__name__}: {told}; tell those who offer it") from error
