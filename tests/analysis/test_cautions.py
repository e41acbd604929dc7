"""The codes are stable, and each comes with words."""

from __future__ import annotations

from typing import get_args

import pytest

from journeymap.analysis.cautions import DANGERS, Code, caution, merged


def test_every_code_has_words():
    assert set(DANGERS) == set(get_args(Code))


@pytest.mark.parametrize("code", DANGERS)
def test_the_words_read_on_in_a_sentence(code):
    danger = DANGERS[code]
    for words in danger:
        assert words
        assert words[0].islower()
        assert not words.endswith(".")
    assert len(danger.short) <= 50


def test_a_caution_says_what_set_it_off_what_it_means_and_what_to_do():
    found = caution("SMALL_N", "there are 12 answers")
    assert str(found).startswith("SMALL_N: there are 12 answers; there are fewer than 30")
    assert found.short == "few answers"
    assert "interval" in found.remedy


def test_merging_keeps_the_order_and_drops_repeats():
    one, two, other = caution("SMALL_N", "a"), caution("SMALL_N", "b"), caution("TRAP")
    assert merged([one, other, one]) == (one, other)
    assert [found.code for found in merged([other, one, two])] == ["TRAP", "SMALL_N"]
