"""Whatever somebody does to a file by mistake or on purpose: a journey comes of it, or an error of our own.

Every format that can be read takes part by itself. `benchmarks/mutate.py` does the same ten thousand times.
"""

from random import Random

import pytest

import journeymap as jm
from journeymap.io.texts import available, to_bytes
from journeymap.testing.journeys import rich, small
from journeymap.testing.mutations import fault, mutated

MUTATIONS = 400
READABLE = [name for name, format in available().items() if (format.loads or format.from_bytes) and (format.dumps or format.to_bytes)]
LOSSLESS = ("json", "yaml")


@pytest.mark.parametrize("name", READABLE)
def test_only_journeys_and_document_errors_come_of_mutations(name):
    documents = [to_bytes(journey, format=name) for journey in (rich(), small())]
    changed = 0
    for number in range(MUTATIONS):
        document = documents[number % 2]
        mutation = mutated(document, Random(f"{name} {number}"))
        changed += mutation != document
        wrong = fault(name, mutation, lossless=name in LOSSLESS)
        assert not wrong, f"mutation {number}: {wrong}"
    assert changed > MUTATIONS * 0.9


@pytest.mark.parametrize("name", LOSSLESS)
def test_mutations_are_neither_all_refused_nor_all_harmless(name):
    document = to_bytes(rich(), format=name)
    refused = 0
    for number in range(100):
        try:
            jm.loads(mutated(document, Random(number)), format=name)
        except jm.DocumentError:
            refused += 1
    assert 40 < refused < 99


def test_the_same_chance_makes_the_same_mutation():
    document = to_bytes(rich())
    assert mutated(document, Random(7)) == mutated(document, Random(7)) != mutated(document, Random(8))


@pytest.mark.parametrize(
    ("loads", "wrong"),
    [
        (lambda text, source: 1 / 0, "PluginError on reading: the format 'frail' failed with ZeroDivisionError"),
        (lambda text, source: jm.Emotion(7), "ModelError on reading: valence: 7 is outside"),
        (lambda text, source: jm.loads("{", source="\x07"), "a message that cannot be printed"),
        (lambda text, source: jm.loads("{", source="x" * 3000), "a message of 3,"),
        (lambda text, source: jm.Journey(text), ""),
    ],
)
def test_what_is_a_fault(loads, wrong):
    jm.plugins.FORMATS.register(
        "frail", jm.Format(summary="for a test", suffixes=(".frail",), loads=loads, dumps=lambda journey: journey.name)
    )
    try:
        found = fault("frail", b"Buy a bike")
    finally:
        jm.plugins.FORMATS.unregister("frail")
    assert found.startswith(wrong)
    assert bool(found) == bool(wrong)
