"""Addresses that a map may point to: only such as are safe to click."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from journeymap.errors import shown
from journeymap.model.checks import check_each, check_text, fail, text_problem
from journeymap.model.conversion import tuple_of

LONGEST_IMAGE = 10_000_000
"""Characters: room for a picture of 7 MB in base64."""
_BEGINS = {"data:image/png;base64": b"\x89PNG\r\n\x1a\n", "data:image/jpeg;base64": b"\xff\xd8\xff"}
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


def check_link(_: object, attribute: Attribute[Any], value: object) -> None:
    """Empty, or an http, https or mailto address."""
    problem = text_problem(value)
    if problem is None and isinstance(value, str) and value and not _SAFE.fullmatch(value):
        problem = f"{shown(value)} is not a web or mail address; it has to begin with http://, https:// or mailto:"
    if problem:
        raise fail(attribute.name, problem)


def image_problem(value: object) -> str | None:
    """What is wrong with the address of an image, or None; it may hold the image itself, so it may be long."""
    problem = text_problem(value, longest=LONGEST_IMAGE)
    if problem is None and isinstance(value, str) and value.lower().startswith("data:image/"):
        return _embedded_problem(value)
    return problem


def _embedded_problem(address: str) -> str | None:
    """What is wrong with a png or jpeg picture that stands in its address itself; pictures of other kinds are only kept."""
    head, comma, data = address.partition(",")
    if not comma:
        return f"{shown(address)} has no data; write data:image/png;base64, and then the file in base64"
    begins = _BEGINS.get(head.lower())
    if begins is None:
        return None
    kind = head[len("data:image/") : -len(";base64")]
    try:
        held = base64.b64decode(data, validate=True)
    except ValueError:
        return f"{shown(address)} is no valid base64; encode the whole {kind} file with base64.b64encode"
    if not held.startswith(begins):
        return f"{shown(address)} holds no {kind} file but {shown(held[:12])}; embed a png or jpeg file and say which it is"
    return None


def check_image(_: object, attribute: Attribute[Any], value: object) -> None:
    """Empty, or the address of an image; a png or jpeg picture in a data address has to be one."""
    problem = image_problem(value)
    if problem:
        raise fail(attribute.name, problem)


def check_images(_: object, attribute: Attribute[Any], value: tuple[object, ...]) -> None:
    """Each of them the address of an image."""
    check_each(attribute.name, value, image_problem)


@frozen
class Link:
    """An address that belongs to a touchpoint: the page, the form, the ticket."""

    url: str = field(validator=check_link)
    name: str = field(default="", kw_only=True, validator=check_text)

    def __attrs_post_init__(self) -> None:
        if not self.url:
            raise fail("url", "the address is empty; leave the link out")


def as_links(values: Iterable[Link | str]) -> tuple[Link, ...]:
    """Links as a tuple; a plain string is the address."""
    return tuple_of(Link, values, from_text=Link)
