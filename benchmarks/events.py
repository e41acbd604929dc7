"""How fast a log answers, as ratios to what DuckDB itself takes for the same columns: a scan, and a scan with a sort.

Everything runs in a process of its own, from cold: Parquet in, result out, two threads, 1 GB of memory. The quickest of the rounds counts.
``python benchmarks/events.py [EVENTS]`` chooses another size than a million.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = 1_000_000
ROUNDS = 3
STEPS = ["Looks at bikes", "Books a test ride", "Visits the shop", "Takes a test ride", "Pays"]
AT_MOST = {"transitions": ("sort", 2.5), "variants": ("sort", 3.0), "discover": ("transitions", 4.0)}
"""What each is held against, and how many times as long it may take."""
AIMS = {"funnel": ("scan", 2.5)}
"""What is aimed at and not reached yet: it is printed, and fails nothing."""
COLUMNS = "customer_id, event, timestamp"


def made(folder: Path, events: int) -> None:
    """Write a log of about that many events, as Parquet: copies of the customers of a smaller one, the rows shuffled."""
    import duckdb

    from journeymap.testing.events import write_events

    some = write_events(folder / "some.csv", 20_000)
    copies = max(1, round(events / some))
    place = folder / "log.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT customer_id || '-' || copy AS customer_id, event, timestamp + to_seconds(copy) AS timestamp"  # noqa: S608  our own
            f" FROM read_csv('{folder / 'some.csv'}'), range({copies}) AS copies(copy) ORDER BY hash(customer_id, copy, timestamp))"
            f" TO '{place}' (FORMAT parquet)"
        )


def measured(what: str, place: str) -> dict[str, float]:
    """Seconds and mebibytes of one job in this process, importing included."""
    began = time.perf_counter()
    if what in {"scan", "sort"}:
        import duckdb

        with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as connection:
            order = " ORDER BY customer_id, timestamp" if what == "sort" else ""
            # Hashes need every value, where the greatest stands in the head of the file; the offset keeps the sort from being left out.
            parts = ", ".join(f"bit_xor(hash({column}))" for column in COLUMNS.split(", "))
            held = f"SELECT {COLUMNS} FROM read_parquet('{place}'){order}{' OFFSET 1' if order else ''}"  # noqa: S608  our own
            connection.execute(f"SELECT {parts} FROM ({held})").fetchall()  # noqa: S608  our own
    else:
        import journeymap as jm

        log = jm.EventLog.read(place, threads=2)
        match what:
            case "transitions":
                assert log.transitions().moves
            case "variants":
                assert log.variants().variants
            case "funnel":
                assert log.funnel(STEPS).steps
            case _:
                assert jm.discover(log).transitions
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main(events: int) -> int:
    """Print a line a job; 1 if one takes longer than it may."""
    failed = False
    quickest: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "log.parquet"
        make = [sys.executable, __file__, "--make", folder, str(events)]  # else its memory would count as that of the jobs
        subprocess.run(make, check=True)  # noqa: S603  ourselves
        print(f"{events:,} events, {place.stat().st_size / 1e6:.0f} MB of Parquet")
        for what in ("scan", "sort", *AT_MOST, *AIMS):
            command = [sys.executable, __file__, "--measure", what, str(place)]
            rounds = [json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(ROUNDS)]  # noqa: S603  ourselves
            quickest[what] = min(found["seconds"] for found in rounds)
            line = f"{what:<12}{quickest[what]:7.2f} s {max(found['memory'] for found in rounds):6.0f} MiB"
            if what in AT_MOST or what in AIMS:
                beside, most = (AT_MOST | AIMS)[what]
                ratio = quickest[what] / quickest[beside]
                failed |= what in AT_MOST and ratio > most
                line += f"  {ratio:5.2f} times the {beside} ({'at most' if what in AT_MOST else 'the aim is'} {most:g})"
                line += "  beyond the bar" if what in AT_MOST and ratio > most else ""
            print(line, flush=True)
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        made(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(sys.argv[2], sys.argv[3])))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else SIZE))
