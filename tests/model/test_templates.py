"""Maps to start from: each is a sound journey with a question in every stage."""

from __future__ import annotations

import pytest

from journeymap.errors import ModelError
from journeymap.model import Journey
from journeymap.model.templates import TEMPLATES


@pytest.mark.parametrize(
    ("name", "stages"),
    [
        ("aida", ["Attention", "Interest", "Desire", "Action"]),
        ("seven-stages", ["Awareness", "Consideration", "Decision", "Purchase", "Onboarding", "Retention", "Advocacy"]),
        ("five-stages", ["Awareness", "Consideration", "Decision", "Purchase", "Post-purchase"]),
        ("e-commerce", ["Discover", "Try", "Buy", "Use", "Seek support"]),
        ("subscription", ["Acquisition", "Activation", "Retention", "Referral", "Revenue"]),
    ],
)
def test_the_stage_models_of_the_field(name: str, stages: list[str]) -> None:
    assert [stage.name for stage in Journey.template(name).stages] == stages


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_stage_asks_its_mapper_something(name: str) -> None:
    journey = Journey.template(name)
    assert all(stage.notes.endswith("?") for stage in journey.stages)
    assert not journey.touchpoints


def test_kinds_that_differ() -> None:
    assert Journey.template("service-blueprint").kind == "service-blueprint"
    assert Journey.template("day-in-the-life").kind == "day-in-the-life"


def test_an_unknown_template_is_named_with_those_there_are() -> None:
    with pytest.raises(ModelError, match="no template None; there are: aida"):
        Journey.template(None)
    with pytest.raises(ModelError, match="no template 'adia'; did you mean 'aida'"):
        Journey.template("adia")
