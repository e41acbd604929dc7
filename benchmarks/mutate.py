"""Seeded mutations of valid documents in every format that is read: how many journeys, faults, hangs and crashes come of them.

``python benchmarks/mutate.py [COUNT] [FORMAT ...]`` makes COUNT mutations a format (500 unless it is given; 10,000 is the
bar). They run in processes of their own, so that what hangs or crashes is counted, and do the same each time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from random import Random

from journeymap.errors import DocumentError
from journeymap.io.texts import available, loads_document, to_bytes
from journeymap.testing.journeys import rich, small
from journeymap.testing.mutations import fault, mutated

COUNT = 500
CHUNK = 250
SECONDS = 120
"""How long a chunk may take before it counts as hanging."""
LOSSLESS = ("json", "yaml")


def mutation(name: str, number: int, documents: list[bytes]) -> bytes:
    """The mutation of that number, which is always the same."""
    return mutated(documents[number % len(documents)], Random(f"{name} {number}"))  # noqa: S311  repeatable, no secret


def chunk(name: str, first: int, count: int) -> dict[str, object]:
    """What came of so many mutations."""
    documents = [to_bytes(journey, format=name) for journey in (rich(), small())]
    refused, slowest, faults = 0, 0.0, []
    for number in range(first, first + count):
        document = mutation(name, number, documents)
        began = time.process_time()
        wrong = fault(name, document, lossless=name in LOSSLESS)
        slowest = max(slowest, time.process_time() - began)
        if wrong:
            faults.append(f"{number}: {wrong}"[:300])
        try:
            loads_document(document, format=name)
        except DocumentError:
            refused += 1
        except Exception:  # noqa: BLE001, S112  counted above
            continue
    return {"refused": refused, "slowest": slowest, "faults": faults}


def chunks(name: str, count: int) -> Iterator[tuple[dict[str, object] | None, str]]:
    """The outcome of each chunk, or None and what became of its process."""
    for first in range(0, count, CHUNK):
        command = [sys.executable, __file__, "--chunk", name, str(first), str(min(CHUNK, count - first))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  ourselves
        except subprocess.TimeoutExpired:
            yield None, f"hang within mutations {first} to {first + CHUNK}"
            continue
        if done.returncode:
            yield None, f"crash ({done.returncode}) within mutations {first} to {first + CHUNK}: {done.stderr[-300:]}"
        else:
            yield json.loads(done.stdout), ""


def main(arguments: list[str]) -> int:
    """Print a line a format; 1 if anything went wrong."""
    count = int(arguments[0]) if arguments else COUNT
    formats = {name for name, each in available().items() if (each.loads or each.from_bytes) and (each.dumps or each.to_bytes)}
    failed = 0
    for name in arguments[1:] or sorted(formats):
        refused, slowest, wrong = 0, 0.0, []
        for outcome, end in chunks(name, count):
            if outcome is None:
                wrong.append(end)
                continue
            refused += int(str(outcome["refused"]))
            slowest = max(slowest, float(str(outcome["slowest"])))
            wrong += [str(each) for each in outcome["faults"]] if isinstance(outcome["faults"], list) else []
        print(f"{name:<16}{count:>7,} mutations  {refused:>6,} refused  {len(wrong):>3} faults, hangs, crashes  slowest {slowest:.2f} s")
        for each in wrong[:10]:
            print(f"    {each}")
        failed += bool(wrong)
    return min(failed, 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--chunk"]:
        print(json.dumps(chunk(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
    else:
        sys.exit(main(sys.argv[1:]))
