"""Sample journeys: from nothing at all to a rich map, a long one, and one in six scripts."""

from __future__ import annotations

from datetime import date, timedelta

from journeymap.model import (
    LAYERS,
    Activity,
    Channel,
    Emotion,
    Journey,
    Metric,
    Opportunity,
    PainPoint,
    Persona,
    Scale,
    Source,
    Stage,
    Touchpoint,
    Transition,
)


def sample_journeys() -> tuple[Journey, ...]:
    """Every sample journey."""
    return empty(), one_step(), small(), rich(), wide(), scripts()


def empty() -> Journey:
    """A journey that has only a name yet."""
    return Journey("Yet to be mapped")


def one_step() -> Journey:
    """A single touchpoint, of which nothing is known but its name."""
    return Journey("Ask one question", [Stage("Ask", [Touchpoint("Asks the librarian")])])


def small() -> Journey:
    """Two stages, three steps, some emotions."""
    return Journey(
        "Borrow a book",
        [
            Stage(
                "Find", [Touchpoint("Searches the catalogue", channel="Website", emotion=1), Touchpoint("Looks along the shelf", emotion=0)]
            ),
            Stage("Take home", [Touchpoint("Scans the card", channel="Self-service", emotion=-1.5, moment=True)]),
        ],
    )


def rich() -> Journey:
    """Every lane and every kind of mark, with a stage that is known only as a whole."""
    search = Touchpoint(
        "Compares four providers in two evenings",
        channel="Website",
        emotion=Emotion(-0.5, label="unsure", n=14),
        actions=["Opens eleven tabs", "Writes a list by hand"],
        thoughts=["Which of these prices is the real one?"],
        pains=[PainPoint("Fees appear only on the last page", id="late-fees", severity=3, frequency=0.4, evidence=["diaries"])],
        opportunities=[Opportunity("Show the full price first", addresses=["late-fees"], impact=5, effort=2)],
        metrics=[Metric("leave here", value=62, unit="%", n=4180)],
        activities=[
            Activity("Price page", layer="frontstage-technology"),
            Activity("Pricing team updates the sheet", layer="backstage", manual=True),
            Activity("Product catalogue", layer="support", system="PIM"),
        ],
    )
    visit = Touchpoint(
        "Has the line installed",
        channel=Channel("Visit at home", kind="in-person"),
        emotion=2,
        emotions={"ruth-adler": -2},
        moment="fmot",
        goal=True,
        thoughts=["He even took his shoes off.", "And it works!"],
        duration=timedelta(hours=2),
        activities=[
            Activity("Technician explains the router", layer="frontstage-people", owner="Field service"),
            Activity("Router with a QR code", layer="physical-evidence"),
        ],
    )
    call = Touchpoint(
        "Calls about the first bill",
        channel="Phone",
        emotion=-2,
        moment="smot",
        pains=[PainPoint("Waits for nineteen minutes", severity=4), PainPoint("Has to tell it all again", severity=2)],
        opportunities=[Opportunity("Call back at a time that suits", impact=4, effort=3)],
        metrics=[Metric("to an answer", value=19, unit="min"), Metric("after the call", kind="nps", value=-31)],
    )
    ask = Touchpoint("Asks a neighbour", channel="Word of mouth", emotion=1)
    silence = PainPoint("Nobody says when", severity=3)
    return Journey(
        "Move house and keep the connection",
        [
            Stage("Choose", [search, ask], goal="No bad surprise", period="Week 1"),
            Stage("Wait", goal="Know the day", emotion=-1, thoughts=["Silence since Monday."], pains=[silence]),
            Stage("Connect", [visit], phase="In the new home", goal="Be online the same day", period="Week 3"),
            Stage("Pay", [call, Touchpoint("Gets the corrected bill", channel="Email")], phase="In the new home"),
        ],
        kind="current-state",
        organisation="Fernline",
        scenario="A family moves within the city and needs the internet for work on the first day.",
        scale=Scale(1, 5),
        personas=[
            Persona(
                "Jonas Weber",
                role="Works from home, 41",
                quote="I can lose a lamp, not the line.",
                goals=["Be online on day one"],
                needs=["A fixed date"],
                channels=["Website", "Phone"],
            ),
            Persona("Ruth Adler", role="Retired, 68"),
        ],
        sources=[Source("Diaries", kind="observation", n=14, date=date(2026, 3, 2)), Source("Exit survey", kind="survey", n=312)],
        metrics=[Metric("median duration", text="19 days"), Metric("relationship NPS", kind="nps", value=18)],
        opportunities=[Opportunity("One contact for the whole move", impact=5, effort=4)],
        transitions=[
            Transition("start", "compares-four-providers-in-two-evenings", count=4180),
            Transition("calls-about-the-first-bill", "end", probability=0.2),
        ],
        owner="Customer experience",
        version="3",
        updated=date(2026, 5, 12),
        status="validated",
    )


def wide(columns: int = 60) -> Journey:
    """Many steps in stages of uneven length: more than fit side by side."""
    verbs = ("Opens the letter", "Signs in", "Finds the form", "Uploads a document in the format that is asked for", "Waits", "Calls")
    channels = ("Post", "Website", "Phone")
    steps = [
        Touchpoint(
            f"{verbs[i % 6]}, round {i // 6 + 1}",
            id=f"step-{i + 1}",
            channel=channels[i % 3],
            emotion=(i * 7 % 9 - 4) / 2,
        )
        for i in range(columns)
    ]
    stages: list[Stage] = []
    while steps:
        length = 1 + len(stages) * 5 % 8
        stages.append(Stage(f"Part {len(stages) + 1}", steps[:length], id=f"part-{len(stages) + 1}"))
        steps = steps[length:]
    return Journey("Renew a residence permit", stages)


def scripts() -> Journey:
    """Steps in Latin, Greek, Cyrillic, Arabic, Hebrew and Chinese letters, with emoji and very long words."""
    return Journey(
        "Ein Konto eröffnen · فتح حساب · 开户",
        [
            Stage(
                "Rechtsschutzversicherungsgesellschaft",
                [
                    Touchpoint(
                        "Donaudampfschifffahrtsgesellschaftskapitän meldet sich an", channel="App", emotion=1, thoughts=["Schön – endlich!"]
                    ),
                    Touchpoint("Πληρώνει στο ταμείο του καταστήματος", channel="Κατάστημα", emotion=-1, thoughts=["Γιατί;"]),
                    Touchpoint("Оплачивает заказ наличными", emotion=0.5, pains=[PainPoint("Очередь слишком длинная", severity=2)]),
                ],
            ),
            Stage(
                "الدفع والاستلام",
                [
                    Touchpoint("يدفع في المتجر ببطاقة Visa رقم 4111", channel="متجر", emotion=2, thoughts=["ممتاز!"], moment=True),
                    Touchpoint("משלם באתר ומקבל אישור", emotion=-2, pains=[PainPoint("הקוד לא הגיע", severity=4)]),
                ],
            ),
            Stage(
                "在线付款",
                [
                    Touchpoint(
                        "在手机上扫描二维码并确认付款金额",
                        channel="微信",
                        emotion=1.5,
                        opportunities=[Opportunity("减少一个步骤", impact=3)],
                    ),
                    Touchpoint("Freut sich 👩🏽\u200d🚀 🇩🇪 über e\u0301clairs", emotion=2),
                ],
            ),
        ],
        language="mul",
    )


def overfull() -> Journey:
    """Cells that hold far too much beside cells that hold nothing, names of a whole sentence, words of 80 letters."""
    monster = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    much = Touchpoint(
        "Reads, in one sitting and without a single picture, all forty pages of the terms and conditions that apply to the contract",
        channel="Letter",
        emotion=-2,
        moment=True,
        thoughts=[f"Number {number}: {monster} is what it says, and I do not know what it means." for number in range(5)],
        pains=[PainPoint(f"Trouble {number} with {monster}", severity=number % 4 + 1, frequency=0.1 * number) for number in range(9)],
        opportunities=[Opportunity(f"Idea {number}: say {monster} in plain words", impact=number % 5 + 1, effort=2) for number in range(9)],
        metrics=[Metric(f"Metric {number} of the {monster}", value=1234567.891 * number, unit="pages") for number in range(4)],
        activities=[Activity(f"{layer} {number} {monster}", layer=layer) for layer in LAYERS for number in range(2)],
        owner=monster,
    )
    return Journey(
        f"Everything at once: {monster}",
        [
            Stage("Nothing", [Touchpoint("A"), Touchpoint("B")]),
            Stage(f"{monster} {monster}", [much, Touchpoint("C", emotion=2)], goal=f"Get through {monster} tonight", period="Week 1"),
            Stage("Empty"),
        ],
        scenario="Somebody signs what nobody reads. " * 6,
        personas=[Persona(f"Maximiliane {monster}", quote="Why? " * 30, goals=[monster, "To be left alone"], needs=["Air"])],
    )
