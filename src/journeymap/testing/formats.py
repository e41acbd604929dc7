"""The conformance kit for formats: whether what one writes is read again, and bad documents are refused with words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import Random

from journeymap.errors import DocumentError, JourneyMapError
from journeymap.io.loss import losses
from journeymap.io.texts import loads_document, to_bytes
from journeymap.model import Journey
from journeymap.plugins import FORMATS, Format
from journeymap.testing.journeys import sample_journeys
from journeymap.testing.mutations import PIECES, fault, mutated

_UNDER_TEST = "format-under-test"
_SOURCE = "the document of the kit"


def check_format(format: Format | str, *, lossless: bool = False, journeys: Iterable[Journey] | None = None, accidents: int = 100) -> None:
    """Write the sample journeys in a format, given as itself or by name, and read them back; AssertionError tells what is wrong.

    The same journey has to give the same document. Where the format can be read, it has to read what it writes, and what was read
    has to give that document again; a ``lossless`` one gives the journey itself. Of each document that had one of so many ``accidents``,
    and of what is no document at all, comes a journey, or a `DocumentError` that can be shown and calls the document as it was called.
    ``journeys`` replaces the sample journeys.
    """
    with _named(format) as name:
        found = FORMATS[name]
        for wrong in _declared(found):
            raise AssertionError(wrong)
        reads, writes = found.loads or found.from_bytes, found.dumps or found.to_bytes
        documents = [_written(name, journey, lossless) for journey in (sample_journeys() if journeys is None else journeys) if writes]
        if reads:
            _check_hostile(name, documents, accidents, lossless=lossless)


@contextmanager
def _named(format: Format | str) -> Iterator[str]:
    """The format's name; one that is given as itself has a name for as long as this takes."""
    if isinstance(format, str):
        yield format
        return
    if not isinstance(format, Format):
        raise AssertionError(f"it is a {type(format).__name__} and no journeymap.Format")  # noqa: TRY004 - as the other faults
    FORMATS.register(_UNDER_TEST, format)
    try:
        yield _UNDER_TEST
    finally:
        FORMATS.unregister(_UNDER_TEST)


def _declared(format: Format) -> Iterator[str]:
    if not any((format.loads, format.from_bytes, format.dumps, format.to_bytes)):
        yield "it neither reads nor writes; give loads, dumps, from_bytes or to_bytes"
    if not format.summary.strip():
        yield "it has no summary; say in a line what it is for"
    for suffix in format.suffixes:
        if not suffix.startswith(".") or suffix != suffix.lower() or suffix == ".":
            yield f"the suffix {suffix!r} is none; write it with its dot and in small letters, such as '.ini'"


def _written(name: str, journey: Journey, lossless: bool) -> bytes:
    """The journey as a document, which is read as it should be."""
    where = f"for the journey {journey.name!r}"
    try:
        document = to_bytes(journey, format=name)
        if document != to_bytes(journey, format=name):
            raise AssertionError(f"{where}: it writes another document when it is asked again; take out dates, sets and counters")
        lost = losses(journey, format=name)
    except JourneyMapError as error:
        raise AssertionError(f"{where}: {error}") from error
    if lossless and lost:
        raise AssertionError(f"{where}: {lost}")
    format = FORMATS[name]
    if format.loads or format.from_bytes:
        held = loads_document(document, format=name)
        if lossless and held != journey:
            raise AssertionError(f"{where}: it reads another journey than it wrote")
        if to_bytes(held, format=name) != document:
            raise AssertionError(f"{where}: what it reads is written as another document")
    return document


def _check_hostile(name: str, documents: list[bytes], accidents: int, *, lossless: bool) -> None:
    chance = Random(4)  # noqa: S311 - the same accidents each time
    broken = [mutated(chance.choice(documents), chance) for _ in range(accidents if documents else 0)]
    for document in (b"", b"\xff\xfe", *PIECES, *broken):
        shown = f"of the document {document[:60]!r}"
        wrong = fault(name, document, lossless=lossless)
        if wrong:
            raise AssertionError(f"{shown}: {wrong}")
        try:
            loads_document(document, format=name, source=_SOURCE)
        except DocumentError as error:
            if error.source != _SOURCE:
                raise AssertionError(f"{shown}: the message calls it {error.source!r}, not {_SOURCE!r}, the second argument") from None
