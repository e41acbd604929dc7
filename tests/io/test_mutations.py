"""Whatever somebody does to a file by mistake or on purpose: a journey comes of it, or an error of our own."""

import random

import pytest

from journeymap.errors import MESSAGE_LENGTH, DocumentError
from journeymap.io import dumps, loads

MUTATIONS = 2_000

PIECES = [
    *"{}[]:,\"'\\-#&*!|>%@`~?<=\t\n ",
    "\r\n", "\x00", "\x1b[31m", "\u0085", "\u2028", "\ud800", "\ufeff", "\U0001f469", "٣", "é",
    "null", "true", "NaN", "-Infinity", ".nan", "1e999", "1_0", "0x1F", "01", "-0", "1.0", "9" * 30, "9" * 5000, '"x"', "7", "- ", ": ", "? ",
    "<<: ", "&a ", "*a", "!!str ", "!", "---\n", "...\n", "%YAML 1.1\n", '"id": "a", ', "id: a\n", "2025-02-30", "P1M", "\\ud800", "\\u0000",
    "[" * 100, "{" * 100, "- " * 100, "start", "end", "maya-okafor",
]  # fmt: skip


def mutated(text, chance):
    """The text after one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        here, there = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        near = min(here + chance.randint(1, 12), len(text))
        accident = chance.randrange(6)
        if accident == 0:
            text = text[:here] + chance.choice(PIECES) + text[here:]
        elif accident == 1:
            text = text[:here] + text[near:]
        elif accident == 2:
            text = text[:here] + chance.choice(PIECES) + text[near:]
        elif accident == 3:
            text = text[:here] + text[here:near] * chance.randint(2, 30) + text[near:]
        elif accident == 4:
            lines = text.split("\n")
            lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
            text = "\n".join(lines)
        else:
            text = text[:here] if chance.random() < 0.1 else text[:here] + text[there:] + text[here:there]
        text = text or " "
    return text


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_only_journeys_and_document_errors_come_of_mutations(format, rich):
    text = dumps(rich, format=format)
    chance = random.Random(f"journeymap {format}")
    refused = 0
    for _ in range(MUTATIONS):
        changed = mutated(text, chance)
        try:
            journey = loads(changed, format=format)
        except DocumentError as error:
            refused += 1
            message = str(error)
            assert len(message) <= MESSAGE_LENGTH
            assert all(line.isprintable() for line in message.split("\n"))
        else:
            assert loads(dumps(journey, format=format), format=format) == journey
    assert MUTATIONS * 0.5 < refused < MUTATIONS, "mutations that are all refused, or hardly ever, show little"
