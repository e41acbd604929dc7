"""How soon files made to do harm are refused: every bomb of 64 KiB of `tests/io/test_hostile.py`, in CPU seconds.

Each has to be refused in under a second. Their memory is tested where they stand.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path

import journeymap as jm

SECONDS = 1.0
BOMBS = Path(__file__).parents[1] / "tests" / "io" / "test_hostile.py"


def seconds(text: str, format: str) -> float:
    """How long it takes to refuse a text."""
    began = time.process_time()
    try:
        jm.loads(text, format=format)
    except jm.DocumentError:
        return time.process_time() - began
    raise SystemExit("a bomb was read")


def main() -> int:
    """Print the slowest of each format; 1 if one is too slow."""
    spec = importlib.util.spec_from_file_location("bombs", BOMBS)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no bombs at {BOMBS}")
    bombs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bombs)
    slow = False
    for format, texts in (("json", bombs.JSON), ("yaml", bombs.YAML)):
        jm.loads(jm.dumps(jm.Journey("x"), format=format), format=format)  # what is made once is made before
        took = sorted(((seconds(text, format), name) for name, text in texts.items()), reverse=True)
        slow |= took[0][0] > SECONDS
        print(f"{format}: {len(took)} bombs, the slowest: " + ", ".join(f"{name} {time:.2f} s" for time, name in took[:4]))
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
