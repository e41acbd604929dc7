"""``journeymap discover``: a map made of an event log."""

from __future__ import annotations

import click

from journeymap.cli.documents import put


class _Bounds(click.ParamType[tuple[float, float]]):
    """The lowest and the highest number of a scale, with a comma between them."""

    name = "bounds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:
        try:
            low, high = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no scale; give its lowest and highest number, such as 1,5", param, ctx)
        return low, high


class _StageOf(click.ParamType[tuple[str, list[str]]]):
    """A stage with its activities: NAME=ACTIVITY,ACTIVITY."""

    name = "stage"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, list[str]]:
        name, equals, activities = str(value).partition("=")
        found = [activity.strip() for activity in activities.split(",") if activity.strip()]
        if not (equals and name.strip() and found):
            self.fail(f"{value!r} is no stage; give its name and its activities, such as 'Look=ad,site'", param, ctx)
        return name.strip(), found


@click.command
@click.argument("log", nargs=-1, required=True)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write the map, or - for stdout.")
@click.option("-f", "--format", metavar="NAME", help="What to write it in, if FILE does not tell; yaml on stdout.")
@click.option("--name", default="", help="What to call the map.")
@click.option("--case", metavar="COLUMN", help="Whose journey an event belongs to.")
@click.option("--activity", metavar="COLUMN", help="What happened.")
@click.option("--timestamp", metavar="COLUMN", help="When it happened.")
@click.option("--channel", metavar="COLUMN", help="By which channel.")
@click.option("--sequence", metavar="COLUMN", help="Whole numbers that order events of the same time.")
@click.option("--score", metavar="COLUMN", help="Numbers that customers gave; their mean is the emotion.")
@click.option("--scale", type=_Bounds(), metavar="LOW,HIGH", help="The scale of the scores, -2,2 unless given.")
@click.option("--tz", default="UTC", show_default=True, metavar="ZONE", help="The zone of times that have none.")
@click.option("--time-format", metavar="TEXT", help="How to read times that are not ISO 8601, such as '%d.%m.%Y %H:%M'.")
@click.option("--stage", "stages", multiple=True, type=_StageOf(), metavar="NAME=A,B", help="A stage and its activities; repeat it.")
@click.option("--goal", multiple=True, metavar="ACTIVITY", help="What the journey leads to.")
@click.option("--rare", type=float, default=0.2, show_default=True, help="The share of rare ways left out at each touchpoint.")
@click.option("--met-by", type=float, default=0.01, show_default=True, help="Leave out what a smaller share of customers meets.")
def discover(
    log: tuple[str, ...],
    output: str,
    format: str | None,
    name: str,
    case: str | None,
    activity: str | None,
    timestamp: str | None,
    channel: str | None,
    sequence: str | None,
    score: str | None,
    scale: tuple[float, float] | None,
    tz: str,
    time_format: str | None,
    stages: tuple[tuple[str, list[str]], ...],
    goal: tuple[str, ...],
    rare: float,
    met_by: float,
) -> None:
    """Make a map of the events in LOG: one or more files of Parquet, CSV, JSON lines or XES.

    Columns are found where they usually stand; what was found, and what was left out, is told.
    """
    from journeymap.discovery import EventLog
    from journeymap.discovery import discover as discovered
    from journeymap.io.files import format_of
    from journeymap.io.texts import to_bytes
    from journeymap.model import Scale

    language = format or ("yaml" if output == "-" else format_of(output))
    events = EventLog.read(
        list(log),
        case=case,
        activity=activity,
        timestamp=timestamp,
        channel=channel,
        sequence=sequence,
        score=score,
        tz=tz,
        time_format=time_format,
    )
    for role, column in events.columns.items():
        click.echo(f"{role}: {column}", err=True)
    journey = discovered(
        events,
        name=name,
        stages=dict(stages) or None,
        goal=goal,
        scale=None if scale is None else Scale(*scale),
        rare=rare,
        met_by=met_by,
    )
    put(to_bytes(journey, format=language), output)
    click.echo(journey.notes, err=True)
    if output != "-":
        count = len(journey.touchpoints)
        click.echo(f"{output}: {journey.name}, {count} touchpoint{'' if count == 1 else 's'}", err=True)
