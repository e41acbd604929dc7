"""What users write, as it must type-check under ``mypy --strict``: every name is typed, every decorator keeps a function's type."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from attrs import evolve

import journeymap as jm
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.lane import Cell, Pen
from journeymap.scene.scene import Scene
from journeymap.scene.theme import LIGHT, Theme


def build() -> jm.Journey:
    pays = jm.Touchpoint("Pays", channel="website", emotion=-1, pains=[jm.PainPoint("The card is refused")], duration=timedelta(minutes=3))
    stages = [jm.Stage("Discover", [jm.Touchpoint("Sees an advert")]), jm.Stage("Buy", [pays])]
    return jm.Journey("Buy a bike", stages, personas=[jm.Persona("Jamie")], scale=jm.Scale(1, 5))


def read_values(journey: jm.Journey) -> tuple[str, float, list[str]]:
    stages: tuple[jm.Stage, ...] = journey.stages
    name: str = stages[0].touchpoints[0].name
    emotion: jm.Emotion | None = journey.touchpoints[0].emotion
    valence: float = emotion.valence if emotion is not None else 0.0
    nodes: list[str] = list(journey.graph.nodes)
    return name, valence, nodes


def keep(journey: jm.Journey, path: Path) -> str:
    jm.write(journey, path)
    jm.write(jm.read("bike.yaml"), "bike.json", format="json")
    again: jm.Journey = jm.loads(jm.dumps(journey, format="yaml"), format="yaml")
    return again.name


def draw(journey: jm.Journey) -> bytes:
    picture: jm.Picture = jm.render(journey, "swimlane", theme="dark", persona="jamie")
    picture.save(Path("map.svg"))
    picture.save("map.png", dpi=300)
    scenes: tuple[Scene, ...] = picture.scenes
    themed = jm.render(journey, bars, theme=evolve(LIGHT, accent="#00695C"))
    return themed.to("pdf") + picture.to("svg", font="system") + scenes[0].title.encode()


def bars(journey: jm.Journey, *, theme: Theme = LIGHT, rows: int = 3) -> Scene:
    return Scene(width=rows * 100.0, height=100, shapes=[], title=journey.name, paper=theme.paper)


def portfolio(ours: jm.Journey, theirs: jm.Journey) -> jm.Atlas:
    merged: jm.Merged[jm.Journey] = jm.merge(build(), ours, theirs, prefer="ours")
    together: jm.Journey = merged.result()
    atlas = jm.Atlas("Shop", [together, theirs.replace(id="other")], links=[jm.AtlasLink(together.id, "other", kind="exception")])
    both: jm.Atlas = jm.merge(atlas, atlas, atlas).result()
    names: list[str] = [match.touchpoint.name for match in jm.touchpoints(both).where(owner="Billing", emotion_below=0, moment=True)]
    changes: jm.Diff = jm.diff(ours, theirs)
    built: jm.Journey = jm.Journey.build("Buy").stage("Shop").touchpoint("Pays", emotion=-1).done()
    return atlas.with_journey(built.replace(notes=str(changes) + str(names)))


def extend() -> jm.Format:
    @jm.renderer("pages")
    def pages(journey: jm.Journey, *, first: int = 2) -> Sequence[Scene]:
        return [bars(journey, rows=first), bars(journey)]

    @jm.backend("txt")
    def txt(scenes: Sequence[Scene], *, width: int = 80) -> bytes:
        return "\n".join(scene.title[:width] for scene in scenes).encode()

    @jm.lane("owners-in-capitals")
    def owners(step: Step, pen: Pen) -> Cell | None:
        return pen.note(step.owner.upper()) if step.owner else None

    cell: Callable[[Step, Pen], Cell | None] = owners
    print_ready: bytes = txt(pages(build(), first=3), width=40)
    jm.renderer("bars")(bars)
    jm.theme("brand")(evolve(LIGHT, name="brand"))
    return jm.format("names")(jm.Format(summary=print_ready.decode() + str(cell), suffixes=[".names"], dumps=lambda journey: journey.name))


def look() -> Mapping[str, str]:
    version: str = jm.__version__
    lines: list[str] = [version, jm.backends()["svg"], jm.analysis.__name__]
    for listing in (jm.formats(), jm.themes(), jm.lanes()):
        lines.extend(listing.values())
    return {**jm.renderers(), "all": "\n".join(lines)}


def catch() -> tuple[jm.Problem, ...]:
    try:
        jm.read("bike.yaml")
    except jm.DocumentError as error:
        return error.problems
    except (jm.ModelError, jm.RenderError, jm.UnknownName, jm.PluginError, jm.MissingExtra, jm.FileError, jm.JourneyMapError):
        return ()
    return ()
