"""Worked examples of the field, counted in a log."""

import pytest

import journeymap as jm
from journeymap.analysis import leaks


def log_of(paths):
    """A log of paths; the events are a second apart, all cases begin at once."""
    return jm.EventLog.read([(case, what, 1_767_225_600 + nr) for case, path in paths.items() for nr, what in enumerate(path)])


def test_transitions_of_three_users():
    """The counts and shares that retentioneering 5 prints for the paths of its own test."""
    matrix = log_of({"user_1": "ABCABCBBB", "user_2": "ABABCC", "user_3": "BBB"}).transitions().matrix
    counts = matrix.matrix("count")
    assert counts["path_start"] == {"path_start": 0, "A": 2, "B": 1, "C": 0, "path_end": 0}
    assert counts["A"] == {"path_start": 0, "A": 0, "B": 4, "C": 0, "path_end": 0}
    assert counts["B"] == {"path_start": 0, "A": 1, "B": 4, "C": 3, "path_end": 2}
    assert counts["C"] == {"path_start": 0, "A": 1, "B": 1, "C": 1, "path_end": 1}
    assert matrix.matrix("proba_out")["B"] == pytest.approx({"path_start": 0, "A": 0.1, "B": 0.4, "C": 0.3, "path_end": 0.2})
    assert [matrix.rows["path_start"]["A"].proba_in, matrix.rows["B"]["C"].proba_in] == pytest.approx([0.5, 0.75])
    assert matrix.n_transitions == 21


def test_a_closed_funnel_of_four_users():
    """The counts of retentioneering's funnel test: who enters at B without A is not counted at B."""
    found = log_of({"user_1": "ABC", "user_2": "AB", "user_3": "A", "user_4": "B"}).funnel(["A", "B", "C"])
    assert [step.reached for step in found.steps] == [3, 2, 1]
    assert [step.of_all for step in found.steps] == [0.75, 0.5, 0.25]
    assert [step.of_previous for step in found.steps] == pytest.approx([0.75, 2 / 3, 0.5])
    assert [step.drop_off for step in found.steps] == [1, 1, 1]
    second = found.steps[1].of_previous_interval
    assert (second.low, second.high) == pytest.approx((0.2076596008020477, 0.9385080552796037), abs=1e-9)
    assert (found.of_all, found.value) == pytest.approx((0.25, 1 / 3))


def test_the_leaks_of_a_shop():
    """Counts of a shop with the losses, a tenth of the size."""
    sizes = {"visit": 1200, "product": 540, "basket": 162, "checkout": 113, "paid": 68}
    steps = list(sizes)
    rows = [(f"{customer}", step, 1_767_225_600 + nr) for nr, step in enumerate(steps) for customer in range(sizes[step])]
    found = leaks(jm.EventLog.read(rows).funnel(steps))
    assert (found.largest_loss.source, found.lowest_rate.source) == ("visit", "product")
    assert [leak.lost for leak in sorted(found.leaks, key=lambda leak: steps.index(leak.source))] == [660, 378, 49, 45]


RUNNING = [
    # van der Aalst, Process Mining (2011): the running example.
    ("1", "register request", "2010-12-30T10:02:00+00:00"),
    ("1", "examine thoroughly", "2010-12-31T09:06:00+00:00"),
    ("1", "check ticket", "2011-01-05T14:12:00+00:00"),
    ("1", "decide", "2011-01-06T10:18:00+00:00"),
    ("1", "reject request", "2011-01-07T13:24:00+00:00"),
    ("2", "register request", "2010-12-30T10:32:00+00:00"),
    ("2", "check ticket", "2010-12-30T11:12:00+00:00"),
    ("2", "examine casually", "2010-12-30T13:16:00+00:00"),
    ("2", "decide", "2011-01-05T10:22:00+00:00"),
    ("2", "pay compensation", "2011-01-08T11:05:00+00:00"),
    ("3", "register request", "2010-12-30T13:32:00+00:00"),
    ("3", "examine casually", "2010-12-30T14:06:00+00:00"),
    ("3", "check ticket", "2010-12-30T15:34:00+00:00"),
    ("3", "decide", "2011-01-06T08:18:00+00:00"),
    ("3", "reinitiate request", "2011-01-06T11:18:00+00:00"),
    ("3", "examine thoroughly", "2011-01-06T12:06:00+00:00"),
    ("3", "check ticket", "2011-01-08T10:43:00+00:00"),
    ("3", "decide", "2011-01-09T08:55:00+00:00"),
    ("3", "pay compensation", "2011-01-15T09:45:00+00:00"),
    ("4", "register request", "2011-01-06T14:02:00+00:00"),
    ("4", "check ticket", "2011-01-07T11:06:00+00:00"),
    ("4", "examine thoroughly", "2011-01-08T13:43:00+00:00"),
    ("4", "decide", "2011-01-09T11:02:00+00:00"),
    ("4", "reject request", "2011-01-12T14:44:00+00:00"),
    ("5", "register request", "2011-01-06T08:02:00+00:00"),
    ("5", "examine casually", "2011-01-07T09:16:00+00:00"),
    ("5", "check ticket", "2011-01-08T10:22:00+00:00"),
    ("5", "decide", "2011-01-10T12:28:00+00:00"),
    ("5", "reinitiate request", "2011-01-11T15:18:00+00:00"),
    ("5", "check ticket", "2011-01-14T13:33:00+00:00"),
    ("5", "examine casually", "2011-01-16T14:50:00+00:00"),
    ("5", "decide", "2011-01-19T10:18:00+00:00"),
    ("5", "reinitiate request", "2011-01-20T11:48:00+00:00"),
    ("5", "examine casually", "2011-01-21T08:06:00+00:00"),
    ("5", "check ticket", "2011-01-21T10:34:00+00:00"),
    ("5", "decide", "2011-01-23T12:12:00+00:00"),
    ("5", "reject request", "2011-01-24T13:56:00+00:00"),
    ("6", "register request", "2011-01-06T14:02:00+00:00"),
    ("6", "examine casually", "2011-01-06T15:06:00+00:00"),
    ("6", "check ticket", "2011-01-07T15:22:00+00:00"),
    ("6", "decide", "2011-01-07T15:52:00+00:00"),
    ("6", "pay compensation", "2011-01-16T10:47:00+00:00"),
]


def test_the_running_example():
    found = jm.EventLog.read(RUNNING)
    transitions = found.transitions()
    assert (found.events, transitions.n, found.variants().distinct) == (42, 6, 6)
    assert sorted((move.source, move.target, move.count) for move in transitions.moves) == [
        ("check ticket", "decide", 6),
        ("check ticket", "examine casually", 2),
        ("check ticket", "examine thoroughly", 1),
        ("decide", "pay compensation", 3),
        ("decide", "reinitiate request", 3),
        ("decide", "reject request", 3),
        ("examine casually", "check ticket", 4),
        ("examine casually", "decide", 2),
        ("examine thoroughly", "check ticket", 2),
        ("examine thoroughly", "decide", 1),
        ("register request", "check ticket", 2),
        ("register request", "examine casually", 3),
        ("register request", "examine thoroughly", 1),
        ("reinitiate request", "check ticket", 1),
        ("reinitiate request", "examine casually", 1),
        ("reinitiate request", "examine thoroughly", 1),
    ]
    assert transitions.entries == {"register request": 6}
    assert transitions.exits == {"reject request": 3, "pay compensation": 3}
    again = {touch.activity: touch.again for touch in found.touchpoints().touches if touch.again}
    assert set(again) == {"check ticket", "decide", "examine casually", "reinitiate request"}


FINES = {
    # The first hundred cases of the Road Traffic Fine Management log (de Leoni & Mannhardt 2015, 4TU).
    ("Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Send for Credit Collection"): 36,
    ("Create Fine", "Payment"): 22,
    ("Create Fine", "Send Fine"): 16,
    ("Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Payment"): 10,
    ("Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Payment", "Payment"): 5,
    ("Create Fine", "Send Fine", "Insert Fine Notification", "Payment", "Add penalty", "Payment"): 4,
    ("Create Fine", "Send Fine", "Payment"): 4,
    ("Create Fine", "Payment", "Send Fine"): 1,
    (
        "Create Fine",
        "Send Fine",
        "Insert Fine Notification",
        "Insert Date Appeal to Prefecture",
        "Add penalty",
        "Send Appeal to Prefecture",
        "Receive Result Appeal from Prefecture",
        "Notify Result Appeal to Offender",
        "Payment",
    ): 1,
    ("Create Fine", "Send Fine", "Payment", "Insert Fine Notification", "Add penalty", "Payment"): 1,
}


def test_a_hundred_traffic_fines():
    log = log_of({f"{way} {nr}": steps for way, (steps, count) in enumerate(FINES.items()) for nr in range(count)})
    found = log.variants()
    assert (found.n, log.events, found.distinct, found.value) == (100, 390, 10, 4)
    assert found.entropy == pytest.approx(2.553319018922182, abs=1e-9)
    assert found.normalised_by_customers == pytest.approx(0.38431280659745265, abs=1e-9)
    assert found.normalised_by_variants == pytest.approx(0.7686256131949053, abs=1e-9)
    assert {variant.steps: variant.count for variant in found.variants} == FINES
    transitions = log.transitions()
    counts = {(move.source, move.target): move.count for move in transitions.moves}
    assert len(counts) == 18
    assert (counts["Create Fine", "Send Fine"], counts["Payment", "Payment"], counts["Add penalty", "Payment"]) == (77, 5, 20)
    assert transitions.entries == {"Create Fine": 100}
    assert transitions.exits == {"Payment": 47, "Send Fine": 17, "Send for Credit Collection": 36}
