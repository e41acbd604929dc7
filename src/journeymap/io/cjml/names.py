"""The words of CJML 2.0, and the keys under which a journey keeps what it has no field for."""

from __future__ import annotations

from journeymap.model import Scale

VERSION = "2.0"
RATING = Scale(1, 5)
"""How experience is rated here; what is no point of it is kept as it is written."""

KIND_KEY, ACTUAL = "cjml-journey", "actual"
"""``extra`` of a journey: one that really happened."""
FINDINGS_KEY = "cjml-findings"
"""``extra`` of a journey: what its document refers to and does not hold, a line each."""
PROVIDER_KEY = "cjml-provider:"
"""``extra`` of a journey: the name of a company, by this and its id."""
ACTOR_KEY = "cjml-actor"
"""``extra`` of a persona: the id of the actor, where it is no id here."""
INITIATOR_KEY, RECEIVER_KEY, LABEL_KEY = "cjml-initiator", "cjml-receiver", "cjml-other-label"
"""``extra`` of a touchpoint: the ids of the two actors, and what it is called on the other side."""
RATING_KEY, EXPERIENCE_KEY = "cjml-rating", "cjml-experience"
"""``extra`` of a touchpoint: a rating that is no point of the scale, and the words for it."""

LEAVES = {
    "message": "cjml-message",
    "compliance": "cjml-compliance",
    "category": "cjml-category",
    "deltaTime": "cjml-delta-time",
    "touchpointDuration": "cjml-duration",
}
TIMES = {
    "timeOriginated": "cjml-time-originated",
    "timeReceived": "cjml-time-received",
    "timeConsumed": "cjml-time-consumed",
    "timeStarted": "cjml-time-started",
    "timeCompleted": "cjml-time-completed",
}
"""Elements of a touchpoint, and of its time stamps, and the keys of ``extra`` that keep them."""

NO_PHASE = "(no phase)"
"""The name of the stage of touchpoints that belong to no phase."""
CUSTOMER, COMPANY = "customer", "company"
"""The ids of actors that have to be there though nobody named them; they have no name."""
