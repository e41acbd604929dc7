"""Two orders of the same things made one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journeymap.model.ordering import interleaved, merged_order, moved

ORDERS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def merged(base: str, ours: str, theirs: str, stay: str | None = None) -> str | None:
    order = merged_order(list(base), list(ours), list(theirs), stay=set(ours) | set(theirs) if stay is None else stay)
    return None if order is None else "".join(order)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ("abcd", "bacd", "abdc", "badc"),
        ("abcd", "bcda", "abcd", "bcda"),
        ("abcd", "abcd", "dabc", "dabc"),
        ("abc", "bac", "cab", "cba"),
        ("abcde", "bcdae", "eabcd", "ebcda"),
        ("abcd", "abxcd", "abcyd", "abxcyd"),
        ("abcd", "abxcd", "abycd", "abxycd"),
        ("abcd", "xabcd", "yabcd", "xyabcd"),
        ("abcd", "axbcd", "bacd", "baxcd"),
        ("abcd", "axbcd", "axbcd", "axbcd"),
        ("abcd", "axybcd", "axzybcd", "axzybcd"),
        ("ab", "abxy", "abyx", None),
        ("abcd", "axbcd", "abcxd", None),
        ("abcde", "eabcd", "abecd", None),
        ("abc", "bac", "acb", None),
        ("abcd", "cabd", "abdc", None),
        ("abcdef", "fedcba", "bcdefa", "fedcba"),
    ],
)
def test_what_each_side_moved_stands_where_that_side_put_it(base, ours, theirs, result) -> None:
    assert merged(base, ours, theirs) == result


def test_what_does_not_stay_leaves_no_gap() -> None:
    assert merged("abcd", "abxcd", "acd", stay="axcd") == "axcd"
    assert merged("abc", "abc", "abc", stay="") == ""


@given(ORDERS, ORDERS)
def test_one_side_alone_is_the_order(base, other) -> None:
    assert merged_order(base, base, other, stay=other) == other
    assert merged_order(base, other, base, stay=other) == other
    assert merged_order(base, other, other, stay=other) == other


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_sides_are_equal_and_nothing_is_lost(base, ours, theirs) -> None:
    one, other = merged("".join(base), "".join(ours), "".join(theirs)), merged("".join(base), "".join(theirs), "".join(ours))
    assert one == other
    assume(one is not None)
    assert sorted(one) == sorted(base)
    for still in set(base) - {*moved(base, ours), *moved(base, theirs)}:
        for item in set(moved(base, ours)) - set(moved(base, theirs)):
            assert (one.index(still) < one.index(item)) == (ours.index(still) < ours.index(item))
    for side in ("".join(ours), "".join(theirs)):
        for first, second in pairwise(side):
            assert base.index(first) < base.index(second) or one.index(first) < one.index(second)


def test_what_only_one_side_has_follows_its_neighbour() -> None:
    assert interleaved("ba", "axbz", "ayb") == list("bzaxy")


def test_two_great_reorderings_are_a_conflict_and_no_long_wait() -> None:
    base = list(range(5000))
    assert merged_order(base, base[::-1], base[2500:] + base[:2500][::-1], stay=base) is None
