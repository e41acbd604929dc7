"""How long documents take, and how much memory: journeys of 10,000, 30,000 and 100,000 touchpoints, read and written.

Each is measured in a process of its own: CPU seconds, and the most memory that the process ever had.
``python benchmarks/documents.py [FORMAT ...]`` measures other formats than JSON; the bar is JSON's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import journeymap as jm
from journeymap.io.texts import loads_document, to_bytes

SIZES = (10_000, 30_000, 100_000)
SECONDS = 3.0
MEBIBYTES = 1024
ROUNDS = 3
"""The quickest of these counts: the others waited for whatever else the machine does."""


def journey(size: int) -> jm.Journey:
    """A map of that many touchpoints, a hundred in each stage, with about what people write down."""
    steps = [
        jm.Touchpoint(
            f"Step {number}",
            channel=("Website", "Phone", "Shop")[number % 3],
            emotion=number % 5 - 2,
            actions=["Does what the step asks for"],
            thoughts=["Which one fits me?"],
            pains=[jm.PainPoint(f"It takes too long, {number}", severity=2)] if number % 4 == 0 else [],
        )
        for number in range(size)
    ]
    return jm.Journey("Large", [jm.Stage(f"Part {at}", steps[at : at + 100]) for at in range(0, size, 100)])


def measured(format: str, size: int) -> dict[str, float]:
    """Seconds to write and to read, and mebibytes, in this process."""
    whole = journey(size)
    data, write, read = b"", float("inf"), float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        data = to_bytes(whole, format=format)
        write = min(write, time.process_time() - began)
        began = time.process_time()
        again = loads_document(data, format=format)
        read = min(read, time.process_time() - began)
        assert again == whole
        del again
    return {"bytes": len(data), "write": write, "read": read, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main(formats: list[str]) -> int:
    """Print a line a size; 1 if JSON does not keep to the bar, or does not grow in proportion."""
    failed = False
    for format in formats or ["json"]:
        rates = []
        for size in SIZES:
            command = [sys.executable, __file__, "--measure", format, str(size)]
            found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603  ourselves
            rates.append(max(found["write"], found["read"]) / size)
            keeps = found["write"] < SECONDS and found["read"] < SECONDS and found["memory"] < MEBIBYTES
            failed |= format == "json" and not keeps
            print(
                f"{format:<8}{size:>8,} touchpoints  {found['bytes'] / 1e6:6.1f} MB  write {found['write']:5.2f} s  "
                f"read {found['read']:5.2f} s  {found['memory']:5.0f} MiB{'' if keeps else '  beyond the bar'}"
            )
        failed |= format == "json" and max(rates) > 2 * min(rates)
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]))))
    else:
        sys.exit(main(sys.argv[1:]))
