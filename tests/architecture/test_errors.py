"""Every error can cross a process, and says what is wrong in its own words."""

import builtins
import inspect
import pickle

import pytest

import journeymap as jm
from journeymap import errors

EXAMPLES = [
    errors.JourneyMapError("something"),
    errors.ModelError("7 is too much"),
    errors.ModelError([errors.Problem("stages[0].name", "'' is empty"), errors.Problem("", "two things", line=3)]),
    errors.DocumentError("bike.yaml", [errors.Problem("$.nam", "unknown key 'nam'; did you mean 'name'?", line=2)]),
    errors.MergeConflict([jm.Conflict("both-changed", jm.model.Ref("touchpoint", "pay"), "owner", "", "Sales", "Billing")]),
    errors.RenderError("no persona 'maya'"),
    errors.AnalysisError("an empty journey has no peak", "EMPTY"),
    errors.NotEnoughData("peak_end", "1 touchpoint with an emotion", "at least 2", "FEW"),
    errors.ScaleMismatch("1 to 5 and 0 to 10 are mixed"),
    errors.DoubtfulAnswer("nps", [("SMALL_N", "only 7 answers")]),
    errors.UnknownName("renderer", "swimlan", ("emotion-curve", "swimlane")),
    errors.PluginError("the renderer 'x' does not load"),
    errors.FileError("bike.yaml", "there is no such file"),
    errors.MissingExtra("reading events", "events"),
]
CLASSES = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, Exception)]


def test_every_error_has_an_example():
    assert {type(example) for example in EXAMPLES} == set(CLASSES)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_survive_pickle(error, protocol):
    again = pickle.loads(pickle.dumps(error, protocol))
    assert type(again) is type(error)
    assert (str(again), vars(again), again.args) == (str(error), vars(error), error.args)


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if cls is not errors.JourneyMapError])
def test_errors_are_of_one_tree_and_of_a_builtin_kind(cls):
    assert issubclass(cls, errors.JourneyMapError)
    kinds = [base for base in cls.__mro__ if base.__module__ == "builtins" and base not in (Exception, BaseException, object)]
    assert kinds, f"{cls.__name__} can be caught by no built-in name"
    assert all(getattr(builtins, kind.__name__) is kind for kind in kinds)


def test_the_tree_in_the_docstring_is_the_tree():
    assert [cls.__name__ for cls in CLASSES if cls.__name__ not in (errors.__doc__ or "")] == []


@pytest.mark.parametrize("cls", CLASSES)
def test_errors_are_public(cls):
    assert getattr(jm, cls.__name__) is cls


def test_messages_stay_short_enough_to_read():
    many = errors.DocumentError("big.yaml", [errors.Problem(f"$.a[{i}]", "x" * 5000, line=i) for i in range(10_000)])
    assert len(str(many)) < 3 * errors.MESSAGE_LENGTH
    assert str(many).startswith("big.yaml: 10000 problems\n")
    assert str(many).splitlines()[-1].startswith("  ... and ")
