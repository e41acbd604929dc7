"""Tables made to do harm are refused soon, and in little memory."""

import time
import tracemalloc

import pytest

import journeymap as jm
from journeymap.errors import MESSAGE_LENGTH

SIZE = 64 * 1024
HEAD = "Stage,Touchpoint,Emotion,Pains\n"

TABLES = {
    "quotes": '"' * SIZE,
    "an odd quote": '"' + '""' * (SIZE // 2),
    "an open quote": HEAD + '"' + "x\n" * (SIZE // 2),
    "quoted cells in a heading": '"",' * (SIZE // 3) + '"',
    "commas": "," * SIZE,
    "commas below a heading": HEAD + "," * SIZE,
    "lines": HEAD + ",\n" * (SIZE // 2) + "x",
    "wrong numbers": HEAD + "s,t,x,\n" * (SIZE // 7),
    "digits": HEAD + "s,t," + "9" * SIZE + ",",
    "apostrophes": HEAD + "s," + "'" * SIZE + ",7,",
    "one name": HEAD + "s,t,,\n" * (SIZE // 6) + "s,t,7,",
    "pains": HEAD + 's,t,7,"' + "x\n" * (SIZE // 2) + '"',
    "headings": ",".join(f"touchpoimt{i}" for i in range(SIZE // 14)) + "\nx",
    "one heading": "Name," * (SIZE // 5) + "\nx",
    "control characters": HEAD + "s,\x00\x01,,\n" * (SIZE // 8),
    "both separators": ";," * (SIZE // 2),
}
MANY = ("one name", "pains")
"""Ten thousand things that are all right but for one."""


@pytest.mark.parametrize("name", TABLES)
def test_hostile_tables(name):
    began = time.process_time()
    with pytest.raises(jm.DocumentError) as caught:
        jm.loads(TABLES[name], format="csv")
    assert time.process_time() - began < (3 if name in MANY else 1)
    assert len(str(caught.value)) <= MESSAGE_LENGTH
    assert len(caught.value.problems) <= 101
    tracemalloc.start()
    with pytest.raises(jm.DocumentError):
        jm.loads(TABLES[name], format="csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 2**20
