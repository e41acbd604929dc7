"""Ids from names: readable, stable, in any script."""

from __future__ import annotations

import unicodedata

from attrs import Factory

LONGEST = 60
_BLANK = frozenset(
    "\u034f\u115f\u1160\u3164\uffa0\u180b\u180c\u180d\u180f" + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
"""Count as letters or marks, yet show nothing: fillers and variation selectors (an emoji brings one along)."""


def id_from(attribute: str, *, fallback: str) -> str:
    """The default of an ``id`` field: the slug of what another field says."""

    def derived(value: object) -> str:
        name = getattr(value, attribute)
        return slug(name, fallback=fallback) if isinstance(name, str) else fallback

    return Factory(derived, takes_self=True)


def slug(name: str, *, fallback: str = "item") -> str:
    """A readable id for a name: letters and digits of any script, the rest as hyphens; the fallback if nothing is left.

    >>> slug("Uploads proof of income")
    'uploads-proof-of-income'
    >>> slug("Zahlt über PayPal!")
    'zahlt-über-paypal'
    """
    seen = "".join(c for c in name.lower() if c not in _BLANK and unicodedata.category(c) != "Cf")
    spelt = [""]
    for c in unicodedata.normalize("NFC", seen):
        kind = unicodedata.category(c)
        if kind[0] in "LN" or (kind in {"Mn", "Mc"} and spelt[-1]):
            spelt[-1] += c
        elif kind[0] != "M" and spelt[-1]:
            spelt.append("")
    words, length = [spelt[0][:LONGEST]], len(spelt[0])
    for word in spelt[1:]:
        length += 1 + len(word)
        if not word or length > LONGEST:
            break
        words.append(word)
    return "-".join(words) or fallback


def unique(wanted: str, taken: set[str] | frozenset[str]) -> str:
    """The id, or the id with the first free number from 2 behind it.

    >>> unique("pay", {"pay", "pay-2"})
    'pay-3'
    """
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
