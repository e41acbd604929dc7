"""What befalls files, by mistake or on purpose, in a repeatable way; and whether a format takes it well.

@pytest.mark.parametrize("number", range(300))
def test_only_journeys_and_document_errors_come_of_it(number):
    assert not fault("my-format", mutated(document, Random(number)))
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from journeymap.errors import MESSAGE_LENGTH, DocumentError
from journeymap.io.texts import loads_document, to_bytes
from journeymap.plugins import FORMATS

PIECES: tuple[bytes, ...] = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *"{}[]():,;\"'\\-#&*!|>%@`~?<=/+$\t\n\r ",
        "\r\n", "\x00", "\x1b[31m", "\u0085", "\u2028", "\ud800", "\ufeff", "\U0001f469", "٣", "é", "\u202e",
        "null", "true", "NaN", "-Infinity", ".nan", "1e999", "1_0", "0x1F", "01", "-0", "1.0", "-1", "7", "9" * 30, "9" * 5000, '"x"', "",
        "- ", ": ", "? ", "<<: ", "&a ", "*a", "!!str ", "!", "---\n", "...\n", "%YAML 1.1\n", '"id": "a", ', "id: a\n", "\\ud800",
        "\\u0000", "[" * 100, "{" * 100, "- " * 100, "start", "end", "2025-02-30", "P1M", "2025-01-01T00:00", "2025-01-01T00:00Z",
        "%%", "section x\n", "title x\n", "x: 5: Me\n", "#35;", "%%{init}%%", "## ", "# ", "- [ ] ", "**",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&lt;", "&#0;", "<![CDATA[", "]]>", "<!--", "<?x?>", "</", "<x>", "<x/>", 'xmlns="y" ',
        "=1+1", "@SUM(A1)", '""', ";", "XFD1048576", "A0", 't="s"', 'r="A1"', "<c><v>9</v></c>",
    )
)  # fmt: skip
"""What the parsers of some format or other may trip over."""

_WORD = re.compile(rb"[\w.-]+")
_SAME_TIME = (1980, 1, 1, 0, 0, 0)


def mutated(data: bytes, chance: Random) -> bytes:
    """The document after one to four accidents; in a zip archive, such as a spreadsheet, mostly within one of its files."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _packed_anew(data, chance)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_ACCIDENTS)(data, chance) or b" "
    return data


def fault(format: str, data: bytes, *, lossless: bool = False) -> str:
    """What is wrong with how a format takes a document: nothing (an empty text), or what happened.

    All is well if a journey comes of it, which can be written and read again, or a `DocumentError` of a length and in
    letters that any terminal shows. A ``lossless`` format has to give the same journey again.
    """
    try:
        held = loads_document(data, format=format)
    except DocumentError as error:
        return _fault_of_message(str(error))
    except Exception as error:  # noqa: BLE001  whatever comes of it is told
        return f"{type(error).__name__} on reading: {error}"
    if FORMATS[format].dumps is None and FORMATS[format].to_bytes is None:
        return ""
    try:
        again = loads_document(to_bytes(held, format=format), format=format)
    except Exception as error:  # noqa: BLE001  as above: it is told
        return f"{type(error).__name__} on writing what was read, and reading that: {error}"
    return "what was read is written as something else" if lossless and again != held else ""


def _fault_of_message(message: str) -> str:
    if len(message) > MESSAGE_LENGTH:
        return f"a message of {len(message):,} characters, more than {MESSAGE_LENGTH:,}"
    return "" if all(line.isprintable() for line in message.split("\n")) else f"a message that cannot be printed: {message!a}"


def _near(data: bytes, chance: Random) -> tuple[int, int]:
    here = chance.randrange(len(data) + 1)
    return here, min(here + chance.randint(1, 12), len(data))


def _flip(data: bytes, chance: Random) -> bytes:
    here = chance.randrange(len(data))
    return data[:here] + bytes([data[here] ^ (1 << chance.randrange(8))]) + data[here + 1 :]


def _insert(data: bytes, chance: Random) -> bytes:
    here = chance.randrange(len(data) + 1)
    return data[:here] + chance.choice(PIECES) + data[here:]


def _cut(data: bytes, chance: Random) -> bytes:
    here, there = _near(data, chance)
    return data[:here] + data[there:]


def _put_in_place(data: bytes, chance: Random) -> bytes:
    here, there = _near(data, chance)
    return data[:here] + chance.choice(PIECES) + data[there:]


def _repeat(data: bytes, chance: Random) -> bytes:
    here, there = _near(data, chance)
    return data[:here] + data[here:there] * chance.randint(2, 30) + data[there:]


def _move_line(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _double_line(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def _break_off(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.2 else _cut(data, chance)


def _swap_parts(data: bytes, chance: Random) -> bytes:
    here, there = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:here] + data[there:] + data[here:there]


def _swap_words(data: bytes, chance: Random) -> bytes:
    words = list(_WORD.finditer(data))
    if len(words) < 2:
        return data
    one, other = sorted(chance.sample(words, 2), key=lambda word: word.start())
    return data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]


def _change_word(data: bytes, chance: Random) -> bytes:
    words = list(_WORD.finditer(data))
    if not words:
        return data
    word = chance.choice(words)
    return data[: word.start()] + chance.choice(PIECES) + data[word.end() :]


_ACCIDENTS: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flip, _insert, _insert, _cut, _put_in_place, _repeat, _move_line, _double_line, _break_off, _swap_parts, _swap_words),
    *(_swap_words, _change_word, _change_word),
)


def _packed_anew(data: bytes, chance: Random) -> bytes:
    """The archive with an accident in one of its files, or with one file lost, or there twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    place = chance.randrange(len(files))
    name, held = files[place]
    accident = chance.random()
    if accident < 0.05:
        del files[place]
    elif accident < 0.1:
        files[place] = (chance.choice(files)[0] + "x", held)
    else:
        files[place] = (name, mutated(held, chance))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in files:
            archive.writestr(zipfile.ZipInfo(each, _SAME_TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
