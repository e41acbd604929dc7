"""How long it takes to draw journeys of 100, 1,000 and 10,000 touchpoints, and whether that grows in a straight line.

Run it as it is, or with sizes of your own: ``python benchmarks/draw.py 50 500``.
"""

from __future__ import annotations

import sys
import time

import journeymap as jm

TARGETS = {1_000: 2.0, 10_000: 20.0}
"""Seconds that a whole drawing may take. What is measured is CPU time, so that a busy machine does not matter."""


def journey(size: int) -> jm.Journey:
    """A journey of so many touchpoints, ten a stage, with something in every usual lane."""
    channels = ("Website", "Mobile app", "Phone", "E-mail", "Branch")
    verbs = (
        "Compares the offers",
        "Uploads proof of income and identity documents",
        "Calls with questions",
        "Waits for the decision",
        "Signs",
    )
    steps = [
        jm.Touchpoint(
            f"{verbs[i % 5]} ({i + 1})",
            channel=channels[i * 3 % 5],
            emotion=(i * 7 % 9 - 4) / 2,
            thoughts=["I have uploaded this three times."] if i % 3 == 0 else (),
            pains=[jm.PainPoint("Nobody says how long it takes", id=f"pain-{i}", severity=i % 4 + 1)] if i % 4 == 0 else (),
            opportunities=[jm.Opportunity("Show a progress tracker", id=f"idea-{i}", impact=i % 5 + 1)] if i % 5 == 0 else (),
            metrics=[jm.Metric("abandon here", id=f"metric-{i}", value=i % 100, unit="%")] if i % 6 == 0 else (),
            activities=[jm.Activity("Underwriter scores the case", id=f"work-{i}", layer="backstage")] if i % 7 == 0 else (),
            moment=i % 11 == 0,
        )
        for i in range(size)
    ]
    stages = [jm.Stage(f"Stage {i // 10 + 1}", steps[i : i + 10], goal="Get it done") for i in range(0, size, 10)]
    return jm.Journey(f"{size:,} touchpoints", stages)


def measure(size: int) -> tuple[float, float, int]:
    """Seconds of CPU for the layout, for the svg, and its bytes."""
    drawn = journey(size)
    begin = time.process_time()
    picture = jm.render(drawn, "swimlane")
    laid_out = time.process_time()
    data = picture.to("svg")
    return laid_out - begin, time.process_time() - laid_out, len(data)


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    measure(10)  # what is loaded once is not counted
    print(f"{'touchpoints':>12} {'layout s':>9} {'svg s':>8} {'total s':>8} {'ms each':>8} {'MB':>7}")
    for size in sizes:
        layout, backend, length = measure(size)
        total = layout + backend
        target = TARGETS.get(size)
        verdict = "" if target is None else f"   {'within' if total < target else 'OVER'} {target:g} s"
        print(f"{size:>12,} {layout:>9.2f} {backend:>8.2f} {total:>8.2f} {1000 * total / size:>8.2f} {length / 1e6:>7.1f}{verdict}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 1_000, 10_000])
