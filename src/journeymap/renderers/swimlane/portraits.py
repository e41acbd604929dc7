"""The raster pictures that a map carries in itself, and whether they are whole, told without a library that decodes them."""

from __future__ import annotations

import base64
import zlib
from typing import Literal, get_args

MediaType = Literal["image/png", "image/jpeg"]
_MEDIA_TYPES: tuple[MediaType, ...] = get_args(MediaType)

MOST_PIXELS = 30_000_000
"""What a portrait may hold: more than any camera makes, and no bomb."""

_NO_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def embedded(image: str) -> tuple[MediaType, bytes] | None:
    """The raster picture in a data address; None for what cannot be drawn, and for other addresses: a renderer reads no files."""
    for media_type in _MEDIA_TYPES:
        prefix = f"data:{media_type};base64,"
        if image.startswith(prefix):
            try:
                data = base64.b64decode(image[len(prefix) :], validate=True)
            except ValueError:  # not ASCII, or no base64
                return None
            return (media_type, data) if is_whole(data) else None
    return None


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in dots of a png or jpeg file that `is_whole`."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    place = _frame(data)
    return int.from_bytes(data[place + 7 : place + 9]), int.from_bytes(data[place + 5 : place + 7])


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
    place = _frame(data)
    return place > 0 and _fits(data[place + 5 : place + 7], data[place + 7 : place + 9])


def _frame(data: bytes) -> int:
    """Where in a jpeg file the segment begins that tells the size; 0 if it has none."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if mark in _SIZES:
            return place
        if mark == 0xFF:
            place += 1
        else:
            place += 2 if mark in _NO_LENGTH else 2 + int.from_bytes(data[place + 2 : place + 4])
    return 0


def _fits(width: bytes, height: bytes) -> bool:
    return 0 < int.from_bytes(width) * int.from_bytes(height) <= MOST_PIXELS
