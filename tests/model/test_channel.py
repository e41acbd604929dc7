from typing import get_args

import pytest

from journeymap.model import Channel, ChannelKind, Journey, Stage, Touchpoint
from journeymap.model.channel import kind_of


@pytest.mark.parametrize("kind", get_args(ChannelKind))
def test_a_kind_is_its_own_name(kind):
    assert kind_of(kind) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Website chat", "chat"),
        ("Chat on the website", "chat"),
        ("WhatsApp", "chat"),
        ("Text message", "sms"),
        ("E-mails", "email"),
        ("Newsletter", "email"),
        ("Online shop", "website"),
        ("Home page", "website"),
        ("Mobile website", "website"),
        ("Landing page", "website"),
        ("Mobile phone", "phone"),
        ("Call centre", "phone"),
        ("Phone app", "app"),
        ("App Store", "app"),
        ("Mobile", "app"),
        ("Delivery app", "app"),
        ("Home delivery", "post"),
        ("Post office", "post"),
        ("Instagram post", "social"),
        ("Branches", "in-store"),
        ("Ticket machine", "self-service"),
        ("Home visit", "in-person"),
        ("Travel agent", "partner"),
        ("Post-purchase survey", "other"),
        ("Blog-post", "social"),
        ("Airport terminal", "other"),
        ("Salesperson", "other"),
        ("Apprentice", "other"),
        ("Carrier pigeon", "other"),
        ("Почта", "other"),
    ],
)
def test_the_kind_that_a_name_speaks_of(name, kind):
    assert kind_of(name) == Channel(name).kind == kind


def test_channels_are_compared_by_id():
    assert Channel("Phone", id="line") == Channel("The phone line", id="line", kind="other")
    assert len({Channel("Phone"), Channel("phone"), Channel("Website")}) == 2


def test_a_given_kind_wins():
    step = Touchpoint("Reads it", channel=Channel("Blog", kind="website"))
    assert Journey("x", [Stage("y", [step])]).touchpoints[0].channel.kind == "website"
