import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model import Channel, Journey, PainPoint, Stage, Touchpoint
from journeymap.model.naming import LONGEST, slug, unique


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Uploads proof of income", "uploads-proof-of-income"),
        ("Post-purchase survey (NPS)", "post-purchase-survey-nps"),
        ("Zahlt über Straße", "zahlt-über-straße"),
        ("e\u0301tude", "\xe9tude"),  # a mark of its own and a letter with a mark are one name
        ("नमस्ते दुनिया", "नमस्ते-दुनिया"),  # vowel signs and viramas stay with their letters
        ("می\u200cخواهم", "میخواهم"),  # an invisible joiner ends no word
        ("你好，世界", "你好-世界"),
        ("٣ خطوات", "٣-خطوات"),
        ("½ price", "½-price"),
        ("❤\ufe0f love", "love"),  # the emoji leaves no invisible mark behind
        ("1\ufe0f\u20e3 step", "1-step"),
        ("--- 1 ---", "1"),
    ],
)
def test_readable_ids_in_many_scripts(name, wanted):
    assert slug(name) == wanted


@pytest.mark.parametrize("name", ["", "   ", "!!!", "❤\ufe0f", "\u3164", "\u0301", "👩🏽\u200d🚀"])
def test_names_without_letters_fall_back(name):
    assert slug(name, fallback="stage") == "stage"


def test_long_names_end_at_a_word():
    assert slug("word " * 100_000) == "-".join(["word"] * 12)
    assert slug("w" * 100_000) == "w" * LONGEST
    assert slug("w" * 100 + " x") == "w" * LONGEST


@given(st.text())
def test_any_text_gives_an_id_that_can_be_used_and_stays(name):
    made = slug(name)
    assert made
    assert len(made) <= LONGEST
    assert not any(c.isspace() for c in made)
    assert slug(made) == made
    assert Touchpoint("x", id=made).id == made


@given(st.lists(st.sampled_from(["pay", "pay-2", "x"])))
def test_unique_ids(wanted):
    taken: set[str] = set()
    for each in wanted:
        taken.add(unique(each, taken))
    assert len(taken) == len(wanted)


def test_ids_come_from_names_once():
    assert Stage("Buy a bike").id == "buy-a-bike"
    assert PainPoint("Five days of silence").id == "five-days-of-silence"
    assert Journey("Buy a bike", id="bike").id == "bike"
    assert Channel("🦜").id == "channel"
