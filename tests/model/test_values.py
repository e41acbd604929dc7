"""What every value of the model promises: it cannot change, and it survives copying, pickling and use as a key."""

import copy
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap import model
from journeymap.model import FrozenMap, Journey, Range, Span, Stage, Touchpoint
from journeymap.testing import edits, strategies

VALUES = st.one_of(
    strategies.journeys(max_stages=2, max_touchpoints=2),
    strategies.stages(max_touchpoints=1),
    strategies.touchpoints(),
    strategies.personas(),
    strategies.transitions(),
    strategies.scales(),
    strategies.channels(),
    strategies.atlases(max_journeys=2),
)


@st.composite
def comparisons(draw):
    """What comes of comparing and merging what two people made of one map."""
    base = draw(strategies.journeys(max_stages=2, max_touchpoints=2))
    ours, theirs = draw(edits.edited(base)), draw(edits.edited(base))
    merged = model.merge(base, ours, theirs)
    return draw(st.sampled_from([merged, *merged.conflicts, model.diff(ours, theirs), model.touchpoints(ours)]))


@given(comparisons(), st.integers(2, 5))
def test_comparisons_are_values_too(value, protocol):
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value, protocol))):
        assert (again, hash(again), type(again)) == (value, hash(value), type(value))
    with pytest.raises(AttributeError):
        value.surprise = 1


def test_an_atlas_keeps_its_promises_after_its_graphs_were_made():
    atlas = model.Atlas(
        "Shop", [Journey("Buy", [Stage("Buy", [Touchpoint("Pays")])]), Journey("Sell", [Stage("Sell", [Touchpoint("Pays")])])]
    )
    assert list(atlas.joined) == ["pays"]
    assert list(atlas.graph) == ["buy", "sell"]
    for protocol in range(2, 6):
        assert pickle.loads(pickle.dumps(atlas, protocol)) == copy.deepcopy(atlas) == atlas


def test_threads_share_a_journey_and_its_graph():
    steps = [Touchpoint(f"Step {i}") for i in range(200)]
    journey = Journey("Long", [Stage("All", steps)])
    start = threading.Barrier(8)

    def edges(_):
        start.wait()
        return list(journey.graph.edges)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(edges, range(8)))
    assert found == [list(journey.graph.edges)] * 8


@given(VALUES, st.integers(2, 5))
def test_copies_and_pickles_are_equal(value, protocol):
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value, protocol))):
        assert again == value
        assert hash(again) == hash(value)
        assert type(again) is type(value)


@given(VALUES)
def test_no_field_can_change(value):
    for field in attrs.fields(type(value)):
        with pytest.raises(AttributeError):
            setattr(value, field.name, None)
        with pytest.raises(AttributeError):
            delattr(value, field.name)
    with pytest.raises(AttributeError):
        value.surprise = 1


@given(VALUES)
def test_a_value_made_again_from_its_fields_is_the_same(value):
    assert attrs.evolve(value) == value


def test_copy_replace_changes_fields():
    replace = getattr(copy, "replace", attrs.evolve)  # Python 3.13 asks __replace__, which attrs makes of evolve
    assert replace(Touchpoint("Pays"), name="Pays at the till") == Touchpoint("Pays at the till", id="pays")


def test_a_journey_keeps_its_promises_after_its_graph_was_made():
    journey = Journey("Buy a bike", [Stage("Buy", [Touchpoint("Test ride"), Touchpoint("Pays")])])
    assert journey.graph is journey.graph
    assert pickle.loads(pickle.dumps(journey)) == copy.deepcopy(journey) == journey
    with pytest.raises(AttributeError):
        journey.graph = None


def test_every_public_class_is_a_frozen_value():
    classes = [value for name in model.__all__ if attrs.has(value := getattr(model, name))]
    assert {c.__name__ for c in classes} >= {"Journey", "Stage", "Touchpoint", "Emotion", "Scale", "Range", "Span", "Link"}
    for cls in classes:
        assert cls.__setattr__ is not object.__setattr__, cls
        assert "__slots__" in vars(cls), cls
        assert cls.__hash__ is not None, cls


def test_frozen_maps():
    given = {"city": "Leeds", "age": "34"}
    held = FrozenMap(given)
    given["city"] = "York"
    assert held == {"city": "Leeds", "age": "34"}
    assert list(held) == ["city", "age"]
    assert held == FrozenMap({"age": "34", "city": "Leeds"})
    assert hash(held) == hash(FrozenMap({"age": "34", "city": "Leeds"}))
    assert repr(held) == "{'city': 'Leeds', 'age': '34'}"
    assert FrozenMap() == {}
    for change in (lambda: setattr(held, "_items", {}), lambda: delattr(held, "_items"), lambda: setattr(held, "new", 1)):
        with pytest.raises(AttributeError, match="cannot change"):
            change()
    with pytest.raises(TypeError):
        held["city"] = "York"


@given(st.dictionaries(st.text(), st.text()))
def test_frozen_maps_copy_and_pickle(items):
    held = FrozenMap(items)
    assert copy.copy(held) == copy.deepcopy(held) == pickle.loads(pickle.dumps(held)) == held == items
    assert hash(copy.deepcopy(held)) == hash(held)


def test_the_likeliest_stands_in_the_middle():
    hour = timedelta(hours=1)
    assert Range(1, 2, 4).mid == 2
    assert Span(hour, 2 * hour, 3 * hour).mid == 2 * hour
    assert Range(1, 1, 1).low == Range(1, 1, 1).high
