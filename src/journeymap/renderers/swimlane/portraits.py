"""Whether an embedded portrait is a whole picture, told without a library that decodes it."""

from __future__ import annotations

import zlib

MOST_PIXELS = 30_000_000
"""What a portrait may hold: more than any camera makes, and no bomb."""

_NO_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def is_whole(data: bytes) -> bool:
    """Whether the bytes are a png or jpeg file to its very end, of a size that can be drawn."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _is_whole_png(data)
    return data.startswith(b"\xff\xd8\xff") and _is_whole_jpeg(data)


def _is_whole_png(data: bytes) -> bool:
    """Chunk after chunk, each with the checksum that it says, up to the one that ends the file."""
    kinds: list[bytes] = []
    place = 8
    while place + 12 <= len(data) and kinds[-1:] != [b"IEND"]:
        end = place + 8 + int.from_bytes(data[place : place + 4])
        if int.from_bytes(data[end : end + 4]) != zlib.crc32(data[place + 4 : end]):
            return False
        kinds.append(data[place + 4 : place + 8])
        place = end + 4
    return kinds[:1] == [b"IHDR"] and b"IDAT" in kinds and kinds[-1] == b"IEND" and _fits(data[16:20], data[20:24])


def _is_whole_jpeg(data: bytes) -> bool:
    """Segment after segment up to the one that tells the size; the dots themselves end with a mark of their own."""
    if b"\xff\xd9" not in data[-64:]:
        return False
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if mark in _SIZES:
            return _fits(data[place + 5 : place + 7], data[place + 7 : place + 9])
        if mark == 0xFF:
            place += 1
        else:
            place += 2 if mark in _NO_LENGTH else 2 + int.from_bytes(data[place + 2 : place + 4])
    return False


def _fits(width: bytes, height: bytes) -> bool:
    return 0 < int.from_bytes(width) * int.from_bytes(height) <= MOST_PIXELS
