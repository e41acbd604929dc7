"""Ids from names: readable, stable, in any script."""

from __future__ import annotations

import unicodedata

LONGEST = 60


def slug(name: str, *, fallback: str = "item") -> str:
    """A readable id for a name: letters and digits of any script, the rest as hyphens.

    >>> slug("Uploads proof of income")
    'uploads-proof-of-income'
    >>> slug("Zahlt über PayPal!")
    'zahlt-über-paypal'
    """
    kept = [c if unicodedata.category(c)[0] in "LMN" else " " for c in unicodedata.normalize("NFC", name).lower()]
    words = "".join(kept).split()
    while len(words) > 1 and len("-".join(words)) > LONGEST:
        words.pop()
    return "-".join(words)[:LONGEST] or fallback


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
