"""`onair simulate`: what campaigns would have saved on a team's own traffic, and at which cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import click

from onair.cli import given, inputs, options, plotting, scalars, scenes, sweeps, times
from onair.cli.simulated import lines
from onair.cli.tracing import read_trace, trace_option
from onair.model.quantities import duration, quantity
from onair.model.status import stamp
from onair.preview.announced import announce
from onair.preview.windows import cut
from onair.simulation.reports import report
from onair.simulation.settings import NODE_WAIT, START_UP
from onair.simulation.simulating import Scene
from onair.simulation.simulating import simulate as simulated
from onair.simulation.sweep import sweep as swept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from onair.cli.manifests import Manifests
    from onair.documents import Document
    from onair.model.targets import TargetSetSpec
    from onair.preview.announced import Announced
    from onair.preview.windows import Window
    from onair.simulation.settings import Settings
    from onair.simulation.sweep import Setting

_LENGTH = Annotated[timedelta, duration("0s", "1h")]


@click.command()
@inputs.files(required=True)
@trace_option
@click.option(
    "--time-zone",
    "where",
    metavar="ZONE",
    callback=times.said_zone,
    help="Of the trace's times that name none, and of what is said and shown.",
)
@click.option(
    "--from",
    "since",
    metavar="TIME",
    callback=times.said_date,
    help="Where the simulation begins; with the trace if absent. What is before is history.",
)
@click.option(
    "--until",
    metavar="TIME",
    callback=times.said_date,
    help="Where it ends, a date included; with the trace if absent.",
)
@click.option(
    "--speed",
    type=click.IntRange(1, 1000),
    default=1,
    show_default=True,
    help="How many times as fast the crowd comes; pods, nodes and leads take as long as ever.",
)
@click.option("--target", metavar="NAME", help="The workload, where campaigns aim at several.")
@click.option(
    "--capacity",
    metavar="NUMBER",
    callback=scalars.said(Annotated[Fraction, quantity("1", "1G")]),
    help="Requests/s at which a replica is full; perReplica / 70 % if absent.",
)
@click.option(
    "--start-up",
    metavar="DURATION",
    callback=scalars.said(_LENGTH),
    help=f"From a pod's place on a node until it is Ready; {START_UP:g}s if absent.",
)
@click.option(
    "--node-wait",
    metavar="DURATION",
    callback=scalars.said(_LENGTH),
    help=f"Until there is a node where there is no room; {NODE_WAIT:g}s if absent.",
)
@click.option(
    "--hpa",
    type=click.Choice(("cpu", "rate")),
    help="What the HPA beneath a floor looks at; as its manifest says, else cpu.",
)
@click.option(
    "--cron",
    metavar="REPLICAS",
    type=click.IntRange(1, 100_000),
    help="The size of the cron job to compare with; the campaigns' highest floor if absent.",
)
@click.option(
    "--sweep",
    metavar="headroom=0..100%|lead=0..20m",
    callback=sweeps.said_sweep,
    help="Try OnAir at several settings, and say which to choose.",
)
@click.option(
    "--plot",
    metavar="FILE",
    callback=plotting.said_plot,
    help="Draw it, too: FILE.svg or FILE.png.",
)
@options.max_replicas_per_target
@click.option(
    "-n",
    "--namespace",
    metavar="NAME",
    default="default",
    show_default=True,
    callback=options.said_namespace,
    help="The namespace of what names none.",
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="json as docs/reference/simulation-schema.json says.",
)
def simulate(**told: Any) -> None:  # noqa: ANN401 - the options are the fields of _Told
    """Show what campaigns would have saved on past traffic, and at which cost.

    The trace is requests over time: CSV with a header, or what query_range of Prometheus answers.
    The files have campaigns, their TargetSets and, if you like, the target's HPA.

    Exits with 1 if a manifest is refused, with 2 if an option is wrong or a file cannot be read.

    \b
    Examples:
      onair simulate shop.yaml --trace november.csv
      onair simulate shop.yaml hpa.yaml --trace november.csv --speed 10 --plot november.svg
      onair simulate shop.yaml --trace november.csv --sweep headroom=0..100%
    """  # noqa: D301 - click's mark for lines to leave alone
    said = _Told(**told)
    posed = _posed(said)
    found = simulated(posed.scene)
    sweep = swept(posed.scene, said.sweep) if said.sweep else None
    made = report(posed.scene, found, posed.hpa_known_from, sweep)
    if said.plot:
        plotting.plot(said.plot, found, made, posed.where)
    if said.output == "json":
        click.echo(made.model_dump_json(by_alias=True, indent=2).encode())
        return
    for line in lines(made, posed.where, get_terminal_size().columns):
        click.echo(line)


@dataclass(frozen=True, slots=True)
class _Told:
    """The options."""

    files: tuple[str, ...]
    trace: str
    where: ZoneInfo | None
    since: date | datetime | None
    until: date | datetime | None
    speed: int
    target: str | None
    capacity: Fraction | None
    start_up: timedelta | None
    node_wait: timedelta | None
    hpa: Literal["cpu", "rate"] | None
    cron: int | None
    sweep: list[Setting] | None
    plot: Path | None
    max_replicas_per_target: int
    namespace: str
    output: str


class _Posed(NamedTuple):
    """What is to be simulated, who knows its HPA, and the zone in which it is shown."""

    scene: Scene
    hpa_known_from: Literal["manifest", "default"]
    where: ZoneInfo


def _posed(said: _Told) -> _Posed:
    """Return what files and options pose, with notes on stderr."""
    if said.trace == "-" and "-" in said.files:
        raise click.UsageError("standard input can be the trace or a manifest, not both")
    announced, documents = _announced(said)
    aims = scenes.aims_of(announced, said.target)
    if said.sweep:
        sweeps.check(said.sweep, aims)
    document = scenes.hpa_of(documents, aims[0].key, said.namespace)
    cluster = scenes.Cluster(said.capacity, said.start_up, said.node_wait, said.hpa)
    settings = scenes.settings_of(aims, cluster, document)
    read = read_trace(said.trace, said.where)
    where = said.where or given.zone_of(announced)
    since = times.first_of(said.since, where) if said.since else None
    until = times.last_of(said.until, where) if said.until else None
    window = scenes.window_of(read.trace, since, until, announced)
    for note in (*read.notes, *_left_out(announced, window), *_unscaled(settings)):
        click.echo(f"note: {note}", err=True)
    span = (window.after, window.before)
    most = said.max_replicas_per_target
    scene = Scene(read.trace, *span, aims, most, settings, said.speed, said.cron)
    return _Posed(scene, "manifest" if document else "default", where)


def _announced(said: _Told) -> tuple[list[Announced], list[Document]]:
    """Return the campaigns of the files with what they aim at, and all objects of the files."""
    files = inputs.read_files(said.files)
    known = given.checked(files, said.namespace)
    if not known.campaigns:
        raise click.UsageError("there is no campaign in what was given")
    find = partial(_target_set, known)
    announced, refused = announce(known.campaigns, find)
    given.refuse(refused, known, find, looked=None)
    return announced, [document for file in files for document in file.documents]


def _target_set(known: Manifests, namespace: str, name: str) -> TargetSetSpec | None:
    return known.target_sets.get((namespace, name))


def _unscaled(settings: Settings) -> Iterator[str]:
    """Yield that an HPA on CPU cannot scale up, where a full replica shows too little."""
    hpa = settings.hpa
    if settings.capacity <= hpa.target * (1 + hpa.tolerance):
        yield (
            f"a full replica, at {settings.capacity:g} requests/s, shows no more CPU than the HPA"
            f" tolerates at its target of {hpa.target:g}: on CPU it never scales up"
        )


def _left_out(announced: Sequence[Announced], window: Window) -> Iterator[str]:
    """Yield what to tell a person about campaigns that are not, or not wholly, simulated."""
    if not scenes.airs(announced, window):
        span = f"{stamp(window.after)} to {stamp(window.before)}"
        yield f"no campaign airs from {span}, so OnAir holds nothing"
    for each in announced:
        if each.spec.suspend:
            yield f"{each.named.campaign} is suspended, so nothing is raised for it"
        if beyond := cut(each, window):
            yield (
                f"{each.named.campaign}: its airings from {stamp(beyond)} on are not simulated, as"
                " they are too many; simulate less with --until"
            )
