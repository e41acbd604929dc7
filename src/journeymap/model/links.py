"""Addresses that a map may point to: only such as are safe to click."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from journeymap.errors import ModelError, shown
from journeymap.model.checks import check_text, fail, text_problem, tuple_of

_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


def check_link(_: object, attribute: Attribute[Any], value: object) -> None:
    """Empty, or an http, https or mailto address."""
    problem = text_problem(value)
    if problem is None and isinstance(value, str) and value and not _SAFE.fullmatch(value):
        problem = f"{shown(value)} is not a web or mail address; it has to begin with http://, https:// or mailto:"
    if problem:
        raise fail(attribute.name, problem)


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
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ModelError(f"{shown(values)} is not a list of links; put it in [ ]")
    return tuple_of(Link, tuple(Link(v) if isinstance(v, str) else v for v in values))
